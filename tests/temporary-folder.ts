/** Folders for files that a test writes, for functions that know no test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** An empty folder that is gone when this process has ended. */
export function temporaryFolder(): string {
  if (made.length === 0)
    process.once('exit', () =>
      made.forEach((folder) => void rmSync(folder, { recursive: true, force: true })),
    );
  const folder = mkdtempSync(join(tmpdir(), 'test-'));
  made.push(folder);
  return folder;
}
