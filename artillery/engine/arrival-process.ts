import { EventEmitter } from 'node:events';

/** Something that is to happen in a phase. */
export interface Moment {
  /** From the phase's begin. */
  ms: number;
  happen(): void;
}

/** Artillery's library of arrival processes, as far as it is replaced. */
export interface ArrivalsLibrary {
  uniform: { process(interval: number, duration: number): unknown };
}

/**
 * What Artillery's phaser gets instead of a uniform process of the package `arrivals` (artillery 2.0.34,
 * lib/core/phases.ts, `createArrivalCount`): it starts a user at each `arrival`, whatever its time, and goes on to the next
 * phase at `finished`. So Artillery starts and counts every user, and the suite says when.
 */
export class ArrivalProcess extends EventEmitter {
  readonly #moments: readonly Moment[];
  readonly #duration: number;
  readonly #ended: () => void;
  #next = 0;

  /** @param duration of the phase, ms */
  constructor(moments: readonly Moment[], duration: number, ended: () => void) {
    super();
    this.#moments = [...moments].sort((a, b) => a.ms - b.ms);
    this.#duration = duration;
    this.#ended = ended;
  }

  start(): this {
    const begun = performance.now();
    const goOn = (): void => {
      const now = performance.now() - begun;
      for (let moment = this.#moments[this.#next]; moment && moment.ms <= now; ) {
        this.#next += 1;
        moment.happen();
        moment = this.#moments[this.#next];
      }
      const upcoming = this.#moments[this.#next]?.ms ?? this.#duration;
      if (upcoming > now) {
        setTimeout(goOn, Math.ceil(upcoming - now));
        return;
      }
      this.#ended();
      this.emit('finished');
    };
    goOn();
    return this;
  }

  /** Has Artillery start a user. */
  arrive(): void {
    this.emit('arrival');
  }
}

/** From now on each process that Artillery asks for is made by `make`. */
export function replaceProcesses(library: ArrivalsLibrary, make: () => ArrivalProcess): void {
  library.uniform.process = make;
}
