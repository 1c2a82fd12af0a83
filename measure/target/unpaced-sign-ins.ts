/**
 * When the suite last signed in to a target without a pace (a check of accounts, a benchmark, `seed`): for a minute the target still counts that,
 * and a paced run that begins meanwhile would be refused.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'sign-ins';
/** A minute that begins at a whole second (docs/contract/api.md §2.1). */
const COUNTED_MS = 61_000;

/** @param cacheDir where commands of this machine leave it for one another (CACHE_DIR) */
export function noteSignIn(apiUrl: string, cacheDir: string): void {
  try {
    mkdirSync(join(cacheDir, FOLDER), { recursive: true });
    writeFileSync(fileOf(apiUrl, cacheDir), '');
  } catch {
    // A folder that may only be read: then a run that comes within a minute is refused once, as it says.
  }
}

/** How long the target still counts them, ms. */
export function countedFor(apiUrl: string, cacheDir: string, now = Date.now()): number {
  try {
    return Math.max(0, Math.ceil(statSync(fileOf(apiUrl, cacheDir)).mtimeMs) + COUNTED_MS - now);
  } catch {
    return 0;
  }
}

function fileOf(apiUrl: string, cacheDir: string): string {
  return join(cacheDir, FOLDER, createHash('sha256').update(apiUrl).digest('hex').slice(0, 16));
}
