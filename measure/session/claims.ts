import type { MutationKind } from '../../config/changes.ts';
import { Interruption } from '../steps/failure.ts';

/** What sessions of this process are changing right now, and who waits for it. */
const taken = new Map<string, Array<() => void>>();

/**
 * Keeps two sessions of a process from changing the same thing at a time: each would take the other's change for the
 * state to restore. One of these a session; what it has is held until its journey has undone what it did. Other machines
 * that load the same target know nothing of it.
 */
export class Claims {
  readonly #own = new Set<string>();
  readonly #had = new Set<string>();
  readonly #signal: AbortSignal | undefined;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * The first of these that nobody else has, e.g. days; undefined when all are taken. One that this session has not had
   * before, if there is any: of the others its page may know all already, and ask for nothing.
   */
  first = (what: MutationKind, candidates: readonly string[]): string | undefined => {
    const free = candidates.filter((name) => !taken.has(keyOf(what, name)));
    const first = free.find((name) => !this.#had.has(keyOf(what, name))) ?? free[0];
    if (first === undefined) return undefined;
    this.#take(keyOf(what, first));
    this.#had.add(keyOf(what, first));
    return first;
  };

  /**
   * Waits until nobody else has it: for what there is one of.
   * @throws {Interruption} when the run is being ended
   */
  turn = async (what: MutationKind): Promise<void> => {
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

function keyOf(what: MutationKind, name: string): string {
  return `${what} ${name}`;
}
