/** What makes the generator's own numbers wrong without its samples looking so: written as events. */

import type { RunEvent } from '../run/events.ts';
import type { EventSample } from '../run/samples.ts';
import { ClockJumps } from './clock-jumps.ts';
import { TemporaryFolder } from './temporary-folder.ts';

/** Delayed for this long at once, every time that was being taken is wrong by as much. */
const STOOD_STILL_FROM_MS = 1000;

/** One look at the generator, about a second after the last. */
export interface Look {
  /** Since the last look, ms, by the monotonic clock. */
  elapsed: number;
  /** Worst delay of an event loop since then, ms. */
  loopDelay: number;
  /** Programs under the generator that are stopped. */
  stopped: readonly string[];
}

export class Disturbances {
  readonly #jumps: ClockJumps;
  readonly #temporary: TemporaryFolder;
  #cpu = process.cpuUsage();
  #suspended: { ms: number; programs: Set<string> } | undefined;

  constructor(wall?: () => number, temporary = new TemporaryFolder()) {
    this.#jumps = new ClockJumps(wall);
    this.#temporary = temporary;
  }

  /** What must be reported after this look. */
  take({ elapsed, loopDelay, stopped }: Look): EventSample[] {
    const told: EventSample[] = [];
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    const jump = this.#jumps.take();
    if (jump !== undefined) told.push(event({ name: 'clock-jumped', data: { ms: jump } }));
    if (loopDelay >= STOOD_STILL_FROM_MS) {
      const cpuMs = Math.round((user + system) / 1000);
      told.push(event({ name: 'stood-still', data: { ms: Math.round(loopDelay), cpuMs } }));
    }
    const full = this.#temporary.take();
    if (full !== undefined) told.push(event({ name: 'temporary-folder-full', data: { why: full } }));
    if (stopped.length === 0) return [...told, ...this.end()];
    this.#suspended ??= { ms: 0, programs: new Set() };
    this.#suspended.ms += elapsed;
    for (const program of stopped) this.#suspended.programs.add(program);
    return told;
  }

  /** A suspension is reported when it is over, or the run is. */
  end(): EventSample[] {
    if (!this.#suspended) return [];
    const { ms, programs } = this.#suspended;
    this.#suspended = undefined;
    return [event({ name: 'suspended', data: { ms: Math.round(ms), programs: [...programs].join(', ') } })];
  }
}

function event(happened: RunEvent): EventSample {
  return { t: Date.now(), kind: 'event', ...happened };
}
