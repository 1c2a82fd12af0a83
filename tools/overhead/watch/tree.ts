import { TICKS_PER_SECOND } from '../../../measure/health/machine/process-tree.ts';
import { familyOf, processes } from '../../../measure/health/machine/processes.ts';
import { PROC, procFile, procStat } from '../../../measure/run/proc-file.ts';

interface Process {
  pid: number;
  parent: number;
  ticks: number;
}

/** A process and all under it, as they are now. */
export interface Tree {
  pids: number[];
  /**
   * CPU seconds used so far by those that live and by those that ended and were waited for: a page's process is waited
   * for by the browser's zygote, which lives as long as the browser. So the difference of two looks misses nothing, as
   * long as the browser lives on between them.
   */
  cpuSeconds: number;
}

/** @throws Error where there is no proc(5): without it nothing of this can be measured */
export function treeOf(root: number): Tree {
  const all = new Map(
    processes()
      .flatMap((pid) => processOf(pid) ?? [])
      .map((one) => [one.pid, one]),
  );
  if (!all.has(root))
    throw new Error(`process ${root} is not to be seen under ${PROC}: this bench needs Linux`);
  const pids = familyOf(root, all);
  const ticks = pids.reduce((sum, pid) => sum + (all.get(pid)?.ticks ?? 0), 0);
  return { pids, cpuSeconds: ticks / TICKS_PER_SECOND };
}

/** Proportional set size, MiB: a page that processes share is counted once. A process that has ended has none. */
export function memoryMiB(pids: readonly number[]): number {
  const kib = pids.map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(procFile(PROC, `${pid}/smaps_rollup`) ?? '')?.[1] ?? 0),
  );
  return kib.reduce((sum, one) => sum + one, 0) / 1024;
}

function processOf(pid: number): Process | undefined {
  const fields = procStat(PROC, pid)?.fields;
  if (fields === undefined) return undefined;
  // User and system time, its own and that of those it waited for.
  const ticks = fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0);
  return { pid, parent: Number(fields[1]), ticks };
}
