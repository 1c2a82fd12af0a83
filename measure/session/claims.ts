import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { MutationKind } from '../../config/changes.ts';
import { Interruption } from '../steps/failure.ts';

/** In a run's directory while it goes on: an empty file for each thing that is being changed. */
const FOLDER = 'claims';
/** How often a session looks whether another thread or process has given back what it waits for, ms. */
const LOOK_EVERY_MS = 100;

/** Files that sessions of this thread have made, and who waits for each. */
const here = new Map<string, Array<() => void>>();

/**
 * Keeps two sessions of a run from changing the same thing at a time: each would take the other's change for the state to
 * restore. Sessions of all its threads and processes, in browsers and over HTTP, have one registry, a folder of the run: a
 * file is made by one of them alone (O_EXCL, https://man7.org/linux/man-pages/man2/open.2.html). One of these a session; what
 * it has is kept until its journey has undone what it did. Other machines that load the same target know nothing of it.
 */
export class Claims {
  readonly #folder: string;
  readonly #own = new Set<string>();
  readonly #had = new Set<string>();
  readonly #signal: AbortSignal | undefined;

  constructor(runDir: string, signal?: AbortSignal) {
    this.#folder = join(runDir, FOLDER);
    this.#signal = signal;
  }

  /**
   * The first of these that nobody else has, e.g. days; undefined when all are taken. One that this session has not had
   * before, if there is any: of the others its page may know all already, and ask for nothing.
   */
  first = (what: MutationKind, candidates: readonly string[]): string | undefined => {
    const isKnown = (name: string) => this.#had.has(this.#fileOf(what, name));
    const inOrder = [...candidates.filter((name) => !isKnown(name)), ...candidates.filter(isKnown)];
    const first = inOrder.find((name) => this.#take(this.#fileOf(what, name)));
    if (first !== undefined) this.#had.add(this.#fileOf(what, first));
    return first;
  };

  /** Takes all of these, or none where another session has one of them. Says whether it has them. */
  all = (what: MutationKind, names: readonly string[]): boolean => {
    const taken: string[] = [];
    for (const name of names) {
      const file = this.#fileOf(what, name);
      if (this.#own.has(file)) continue;
      if (!this.#take(file)) {
        for (const one of taken) this.#giveBack(one);
        return false;
      }
      taken.push(file);
    }
    return true;
  };

  /**
   * Waits until nobody else has it: for what there is one of.
   * @throws {Interruption} when the run is being ended
   */
  turn = async (what: MutationKind): Promise<void> => {
    const file = this.#fileOf(what, '');
    if (this.#own.has(file)) return;
    while (!this.#take(file)) await this.#released(file);
  };

  /** Gives everything back. */
  release(): void {
    for (const file of this.#own) this.#giveBack(file);
  }

  #fileOf(what: MutationKind, name: string): string {
    return join(this.#folder, encodeURIComponent(`${what} ${name}`));
  }

  #take(file: string): boolean {
    mkdirSync(this.#folder, { recursive: true });
    try {
      closeSync(openSync(file, 'wx'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    here.set(file, []);
    this.#own.add(file);
    return true;
  }

  #giveBack(file: string): void {
    const waiting = here.get(file) ?? [];
    here.delete(file);
    this.#own.delete(file);
    rmSync(file, { force: true });
    for (const wake of waiting) wake();
  }

  /** Of another thread nothing says when it gives something back. */
  async #released(file: string): Promise<void> {
    const signal = this.#signal;
    const waiting = here.get(file);
    try {
      if (signal?.aborted) throw new Interruption();
      if (!waiting) return await delay(LOOK_EVERY_MS, undefined, { signal });
    } catch {
      throw new Interruption();
    }
    return new Promise((wake, fail) => {
      const stop = () => fail(new Interruption());
      signal?.addEventListener('abort', stop, { once: true });
      waiting.push(() => {
        signal?.removeEventListener('abort', stop);
        wake();
      });
    });
  }
}

/** At the end of a run nobody changes anything any more. */
export function removeClaims(runDir: string): void {
  rmSync(join(runDir, FOLDER), { recursive: true, force: true });
}
