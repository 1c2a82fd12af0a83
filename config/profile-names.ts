/** Names of the profiles that the suite has: those of the scripts in `artillery/`, and of its other ways to run. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './root.ts';

const ENDING = '.yml';
export const PROFILES_FOLDER = join(ROOT, 'artillery');
/** Browser tests, benchmarks and audits have no script. */
const WITHOUT_SCRIPT = ['perf', 'bench', 'audit'] as const;

/** Names of the Artillery scripts in a folder, sorted. */
export function profileNames(folder = PROFILES_FOLDER): string[] {
  return globSync(`*${ENDING}`, { cwd: folder })
    .map((file) => basename(file, ENDING))
    .sort();
}

/** All that a run of the suite can be called. */
export function allProfileNames(): string[] {
  return [...profileNames(), ...WITHOUT_SCRIPT];
}
