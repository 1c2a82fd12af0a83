import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadRun } from '../../analysis/read/read-run.ts';
import { identityText } from '../../compare/history.ts';

/** Run directories with a report, by `identityText`. Without the link `latest`, which is one of them, and those that cannot be read. */
export function reportsIn(reportsDir: string): Map<string, string> {
  const found = new Map<string, string>();
  const entries = existsSync(reportsDir) ? readdirSync(reportsDir, { withFileTypes: true }) : [];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const directory = join(reportsDir, name);
    if (!existsSync(join(directory, 'index.html'))) continue;
    try {
      found.set(identityText(loadRun(directory)), directory);
    } catch {
      // `npx loadtest report` says what is wrong with it
    }
  }
  return found;
}
