import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadRun } from '../../analysis/read/read-run.ts';

/**
 * Run directories with a report, by `<id> <start>`: two machines may begin runs of one id. Without the link `latest`, which is one
 * of them, and those that cannot be read.
 */
export function reportsIn(reportsDir: string): Map<string, string> {
  const found = new Map<string, string>();
  const entries = existsSync(reportsDir) ? readdirSync(reportsDir, { withFileTypes: true }) : [];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const directory = join(reportsDir, name);
    if (!existsSync(join(directory, 'index.html'))) continue;
    try {
      const { id, start } = loadRun(directory);
      found.set(`${id} ${start}`, directory);
    } catch {
      // `npx loadtest report` says what is wrong with it
    }
  }
  return found;
}
