import { PROC, procStat } from '../../run/proc-file.ts';
import { familyOf, processes } from './processes.ts';

/** A process may start another while its parent is being ended. */
const PASSES = 3;

/** Kills all processes under one, at once. Linux only: elsewhere they end when their pipe to this process does. */
export function endDescendants(root = process.pid): void {
  for (let pass = 0; pass < PASSES; pass += 1) {
    const found = descendantsOf(root);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
  }
}

function descendantsOf(root: number): number[] {
  const alive = new Map<number, { parent: number }>();
  for (const pid of processes()) {
    const [state, parent] = procStat(PROC, pid)?.fields ?? [];
    if (state !== undefined && state !== 'Z') alive.set(pid, { parent: Number(parent) });
  }
  return familyOf(root, alive).slice(1);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended by itself
  }
}
