import os from 'node:os';
import { PROC } from '../run/proc-file.ts';
import type { Recorder } from '../run/recorder.ts';
import { Disturbances } from './disturbances.ts';
import { LoopDelay, type LoopLook } from './loop-delay.ts';
import { HostLoad } from './machine/host-load.ts';
import { ProcessTree, type TreeUse } from './machine/process-tree.ts';
import { processes } from './machine/processes.ts';

export interface Presence {
  users: number;
  browserUsers: number;
  httpUsers: number;
}

/** Sessions that were to start and that did, since the run began. */
export interface ArrivalsSoFar {
  planned: number;
  started: number;
  /** How long after its time the latest of those began that started since this was last asked, ms. */
  late?: number;
  /** Looping users that should be there now, and those of them that could not begin. Absent: none. */
  held?: number;
  heldMissing?: number;
}

export interface Watched {
  /** The generator's first process; default: this one. */
  root?: number;
  /** The target's first process, where this run started it: watched apart, and no part of the generator. */
  target?: number;
  presence: () => Presence;
  arrivals?: () => ArrivalsSoFar;
  /** How the loop of the thread that times HTTP requests was delayed since it was last asked. */
  httpLoop?: () => LoopLook | undefined;
  /** Of a run of several profiles: the one whose process this is. */
  profile?: string;
  /** Where to find proc(5). */
  proc?: string;
  /** The wall clock, ms since the epoch. */
  clock?: () => number;
}

/**
 * Writes a `generator` sample each second: CPU and memory of the generator's process tree, the worst delay of the event
 * loops that time things, and how busy the whole machine is; a `target` sample of a target that this run started; and
 * an event for what makes the numbers themselves wrong (measure/health/disturbances.ts).
 * Where /proc is missing (not Linux) only the loop and the users are watched.
 */
export class GeneratorHealth {
  readonly #recorder: Recorder;
  readonly #watched: Watched;
  readonly #loop = new LoopDelay();
  readonly #tree: ProcessTree;
  readonly #target: ProcessTree | undefined;
  readonly #host: HostLoad;
  readonly #disturbances: Disturbances;
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();

  constructor(recorder: Recorder, watched: Watched) {
    const { root = process.pid, target, proc = PROC, clock } = watched;
    this.#recorder = recorder;
    this.#watched = watched;
    this.#tree = new ProcessTree(root, { without: target, proc });
    this.#target = target === undefined ? undefined : new ProcessTree(target, { proc });
    this.#host = new HostLoad(proc);
    this.#disturbances = new Disturbances(clock);
    this.#timer = setInterval(() => this.#sample(), 1000).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#loop.stop();
    for (const event of this.#disturbances.end()) this.#recorder.write(event);
  }

  #sample(): void {
    const now = performance.now();
    const elapsed = now - this.#last;
    const seconds = elapsed / 1000;
    this.#last = now;
    const t = Date.now();
    const { presence, arrivals, httpLoop, profile, proc } = this.#watched;
    const pids = processes(proc);
    const http = httpLoop?.();
    const loopDelay = Math.max(this.#loop.take().worst, http?.worst ?? 0);
    const tree = this.#tree.take(pids);
    const stopped = tree?.stopped ?? [];
    this.#recorder.write({
      t,
      kind: 'generator',
      name: 'generator',
      profile,
      ...used(tree, seconds),
      loopDelay: Math.round(loopDelay * 10) / 10,
      ...(http && {
        loopWait: Math.round(http.wait * 100) / 100,
        loopUse: Math.round(http.use * 1000) / 1000,
      }),
      ...this.#host.take(),
      ...presence(),
      ...arrivals?.(),
      stopped: stopped.length || undefined,
    });
    for (const event of this.#disturbances.take({ elapsed, loopDelay, stopped })) this.#recorder.write(event);
    const target = used(this.#target?.take(pids), seconds);
    if (target) this.#recorder.write({ t, kind: 'target', name: 'process', ...target });
  }
}

/** CPU as a share of all cores, 0–1. */
function used(tree: TreeUse | undefined, seconds: number): { cpu: number; memoryMiB: number } | undefined {
  if (!tree) return undefined;
  const cpu = tree.cpuSeconds / seconds / os.availableParallelism();
  return { cpu: Math.round(Math.min(cpu, 1) * 1000) / 1000, memoryMiB: tree.memoryMiB };
}
