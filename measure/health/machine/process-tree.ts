import { PROC, procStat } from '../../run/proc-file.ts';
import { ProcessMemory } from './process-memory.ts';
import { familyOf, processes } from './processes.ts';

/** Linux counts CPU time in ticks of 1/100 s on every architecture that Node runs on (sysconf _SC_CLK_TCK). */
export const TICKS_PER_SECOND = 100;

/** Memory is looked at once in this many looks: enough to draw a line. */
const MEMORY_EVERY = 5;

interface Process {
  parent: number;
  /** Name of its program while somebody has stopped it (SIGSTOP, a debugger). */
  stopped?: string;
  ticks: number;
}

/** What a process and all under it have used since the last look. */
export interface TreeUse {
  /** CPU seconds, over all cores. */
  cpuSeconds: number;
  /** Proportional set size: a page that processes share is counted once. */
  memoryMiB: number;
  /** Programs of those that are stopped right now: what waits for them waits for nobody's target. */
  stopped: string[];
}

/** Watches a process and all under it, without the tree of one that is not theirs. Linux only. */
export class ProcessTree {
  readonly #root: number;
  readonly #without: number | undefined;
  readonly #proc: string;
  readonly #memory: ProcessMemory;
  #ticks = new Map<number, number>();
  #looks = 0;
  #memoryMiB = 0;
  /** Processes that are no part of the tree: they never come into it, so they are looked at once. */
  #strangers = new Set<number>();

  /** What was used before now is not counted. */
  constructor(root: number, { without, proc = PROC }: { without?: number; proc?: string } = {}) {
    this.#root = root;
    this.#without = without;
    this.#proc = proc;
    this.#memory = new ProcessMemory(proc);
    for (const [pid, { ticks }] of this.#look(processes(proc))) this.#ticks.set(pid, ticks);
  }

  /**
   * Undefined where nothing of the tree can be seen: it has ended, or this is not Linux.
   * @param pids all processes of the machine: to list them costs as much as the rest
   */
  take(pids = processes(this.#proc)): TreeUse | undefined {
    const tree = this.#look(pids);
    if (tree.size === 0) return undefined;
    let ticks = 0;
    for (const [pid, process] of tree) ticks += process.ticks - (this.#ticks.get(pid) ?? 0);
    this.#ticks = new Map([...tree].map(([pid, process]) => [pid, process.ticks]));
    if (this.#looks++ % MEMORY_EVERY === 0) this.#memoryMiB = this.#memory.of(tree.keys());
    const stopped = [...tree.values()].flatMap((process) => process.stopped ?? []);
    return { cpuSeconds: ticks / TICKS_PER_SECOND, memoryMiB: this.#memoryMiB, stopped };
  }

  #look(pids: readonly number[]): Map<number, Process> {
    const strangers = new Set<number>();
    const seen = new Map<number, Process>();
    for (const pid of pids) {
      if (this.#strangers.has(pid)) {
        strangers.add(pid);
        continue;
      }
      const process = processOf(this.#proc, pid);
      if (!process) continue; // it ended between the two looks
      seen.set(pid, process);
    }
    const tree = new Map<number, Process>();
    for (const pid of familyOf(this.#root, seen, this.#without)) tree.set(pid, seen.get(pid) as Process);
    for (const pid of seen.keys()) if (!tree.has(pid)) strangers.add(pid);
    this.#strangers = strangers; // without those that ended: their numbers may come again
    return tree;
  }
}

function processOf(proc: string, pid: number): Process | undefined {
  const stat = procStat(proc, pid);
  if (stat === undefined) return undefined;
  const { name, fields } = stat;
  const [state] = fields;
  return {
    stopped: state === 'T' || state === 't' ? name : undefined,
    parent: Number(fields[1]),
    ticks: Number(fields[11]) + Number(fields[12]), // user, system
  };
}
