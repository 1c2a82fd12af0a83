import { spawnSync } from 'node:child_process';
import os from 'node:os';

/** The target has the first core, the generator the last: neither takes the other's time. */
const CORES = { target: 0, generator: os.cpus().length - 1 };

/** Whether a process can be tied to a core here (`taskset`, util-linux). */
export const canPin = os.cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Ties a process, and all threads and processes that it starts from now on, to its core. */
export function pinned(pid: number, who: keyof typeof CORES): void {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(CORES[who]), String(pid)]);
}

/** The command that starts a program on the generator's core. */
export function onGeneratorCore(command: string, words: string[]): [command: string, words: string[]] {
  return canPin ? ['taskset', ['--cpu-list', String(CORES.generator), command, ...words]] : [command, words];
}
