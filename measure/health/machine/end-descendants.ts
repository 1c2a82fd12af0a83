import { PROC, procStat } from '../../run/proc-file.ts';
import { processes } from './process-tree.ts';

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
  const parents = new Map(
    processes(PROC).map((pid) => {
      const [state, parent] = procStat(PROC, pid)?.fields ?? [];
      return [pid, state === 'Z' ? undefined : Number(parent)] as const;
    }),
  );
  const found: number[] = [];
  for (let open = [root]; open.length > 0; ) {
    open = [...parents]
      .filter(([, parent]) => parent !== undefined && open.includes(parent))
      .map(([pid]) => pid);
    found.push(...open);
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended by itself
  }
}
