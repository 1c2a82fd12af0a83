import type { Change } from '../config/changes.ts';
import { Interruption } from '../measure/steps/failure.ts';

/** What sessions of this process are changing right now, and who waits for it. */
const taken = new Map<string, Array<() => void>>();

/**
 * Keeps two sessions of a process from changing the same thing at a time: each would take the other's change for the
 * state to restore. Held until the journey has undone what it did. Other machines that load the same target know
 * nothing of it.
 */
export class Claims {
  readonly #own = new Set<string>();
  readonly #signal: AbortSignal | undefined;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** The first of these that nobody else has, e.g. days; undefined when all are taken. */
  first = (what: Change, candidates: readonly string[]): string | undefined => {
    const free = candidates.find((name) => !taken.has(keyOf(what, name)));
    if (free !== undefined) this.#take(keyOf(what, free));
    return free;
  };

  /**
   * Waits until nobody else has it: for what there is one of.
   * @throws {Interruption} when the run is being ended
   */
  turn = async (what: Change): Promise<void> => {
    const key = keyOf(what, '');
    if (this.#own.has(key)) return;
    while (taken.has(key)) await this.#released(key);
    this.#take(key);
  };

  /** Gives everything back. */
  release(): void {
    for (const key of this.#own) {
      const waiting = taken.get(key) ?? [];
      taken.delete(key);
      for (const wake of waiting) wake();
    }
    this.#own.clear();
  }

  #take(key: string): void {
    taken.set(key, []);
    this.#own.add(key);
  }

  #released(key: string): Promise<void> {
    const signal = this.#signal;
    return new Promise((wake, fail) => {
      const stop = () => fail(new Interruption());
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      taken.get(key)?.push(() => {
        signal?.removeEventListener('abort', stop);
        wake();
      });
    });
  }
}

function keyOf(what: Change, name: string): string {
  return `${what} ${name}`;
}
