import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { SAMPLES_FILE } from '../../measure/run/recorder.ts';
import type { Sample } from '../../measure/run/samples.ts';

/** An empty folder that is gone after the test. */
export function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What the samples file holds right now. */
export function written(folder: string): string {
  return readFileSync(join(folder, SAMPLES_FILE), 'utf8');
}

/** All samples written so far, without the recorder's own count of them. Throws for a line that is not whole. */
export function samplesIn(folder: string): Sample[] {
  const text = written(folder);
  if (text !== '' && !text.endsWith('\n')) throw new Error(`torn: …${text.slice(-80)}`);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Sample)
    .filter(({ name }) => name !== 'lines-written');
}
