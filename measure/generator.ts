import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { LoopDelay } from './loop-delay.ts';
import type { Recorder } from './recorder.ts';

/** Linux counts CPU time in ticks of 1/100 s on every architecture that Node runs on (sysconf _SC_CLK_TCK). */
const TICKS_PER_SECOND = 100;
/** Reading a browser's memory costs it milliseconds: every so many samples is enough to draw a line. */
const MEMORY_EVERY = 5;

export interface Presence {
  users: number;
  browserUsers: number;
  apiUsers: number;
}

/**
 * Writes a `generator` sample each second: CPU and memory of the process tree under `root` without the target's,
 * and the worst delay of the event loops that time things. Where /proc is missing (not Linux) only the loop is watched.
 */
export class GeneratorHealth {
  readonly #recorder: Recorder;
  readonly #root: number;
  readonly #without: ReadonlySet<number>;
  readonly #presence: () => Presence;
  readonly #loop = new LoopDelay();
  readonly #otherLoop: () => number;
  readonly #timer: NodeJS.Timeout;
  #ticks = new Map<number, number>();
  #last = performance.now();
  #count = 0;
  #memoryMiB = 0;

  constructor(
    recorder: Recorder,
    options: {
      root?: number;
      without?: readonly number[];
      presence: () => Presence;
      /** The delay of a further thread's loop since it was last asked, ms. */
      otherLoop?: () => number;
    },
  ) {
    this.#recorder = recorder;
    this.#root = options.root ?? process.pid;
    this.#without = new Set(options.without ?? []);
    this.#presence = options.presence;
    this.#otherLoop = options.otherLoop ?? (() => 0);
    this.#measureTree(false); // what was used before is not this run's
    this.#timer = setInterval(() => this.#sample(), 1000).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#loop.stop();
  }

  #sample(): void {
    const now = performance.now();
    const seconds = (now - this.#last) / 1000;
    this.#last = now;
    const { ticks, memoryMiB } = this.#measureTree(this.#count++ % MEMORY_EVERY === 0);
    const cpu = ticks / TICKS_PER_SECOND / seconds / os.availableParallelism();
    const loopDelay = Math.max(this.#loop.take(), this.#otherLoop());
    this.#recorder.write({
      t: Date.now(),
      kind: 'generator',
      name: 'generator',
      cpu: Math.round(Math.min(cpu, 1) * 1000) / 1000,
      loopDelay: Math.round(loopDelay * 10) / 10,
      memoryMiB,
      ...this.#presence(),
    });
  }

  /** CPU ticks used since the last call, and proportional set size (shared pages counted once), MiB. */
  #measureTree(withMemory: boolean): { ticks: number; memoryMiB: number } {
    const seen = new Map<number, number>();
    let ticks = 0;
    let kib = 0;
    for (const pid of processTree(this.#root, this.#without)) {
      const used = cpuTicks(pid);
      if (used === undefined) continue;
      seen.set(pid, used);
      ticks += used - (this.#ticks.get(pid) ?? 0);
      if (withMemory) kib += proportionalKib(pid);
    }
    this.#ticks = seen;
    if (withMemory) this.#memoryMiB = Math.round(kib / 1024);
    return { ticks, memoryMiB: this.#memoryMiB };
  }
}

/** All processes under `root`, itself included, without the trees under `without`. */
function processTree(root: number, without: ReadonlySet<number>): number[] {
  const children = new Map<number, number[]>();
  for (const name of listProc()) {
    const pid = Number(name);
    const parent = statFields(pid)?.[1];
    if (parent === undefined) continue;
    const siblings = children.get(Number(parent)) ?? [];
    siblings.push(pid);
    children.set(Number(parent), siblings);
  }
  const tree: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (without.has(pid)) continue;
    tree.push(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return tree;
}

function listProc(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Fields of /proc/<pid>/stat from the state on (proc(5)): [0] state, [1] parent, [11] utime, [12] stime. */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // it ended between the two looks
  }
}

function cpuTicks(pid: number): number | undefined {
  const fields = statFields(pid);
  return fields && Number(fields[11]) + Number(fields[12]);
}

function proportionalKib(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // gone, or not ours to read
  }
}
