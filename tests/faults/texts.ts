import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readZip } from '../../measure/evidence/zip.ts';

/** Every file below a folder, archives unpacked: its name and its text. */
export function* texts(folder: string): Generator<[name: string, text: string]> {
  for (const file of globSync('**/*', { cwd: folder })) {
    const path = join(folder, file);
    if (!statSync(path).isFile()) continue;
    const content = readFileSync(path);
    if (file.endsWith('.gz')) yield [file, gunzipSync(content).toString('latin1')];
    else if (!file.endsWith('.zip')) yield [file, content.toString('latin1')];
    else
      for (const entry of readZip(content)) yield [`${file}/${entry.name}`, entry.content.toString('latin1')];
  }
}
