import { randomUUID } from 'node:crypto';
import type { MutationKind } from '../../config/changes.ts';
import { factsOf } from '../errors/classified-error.ts';
import { firstLine } from '../errors/foreign-texts.ts';
import type { RunEvent } from '../run/events.ts';
import type { Sample } from '../run/samples.ts';

/** Something that a journey is about to create or alter on the target. */
export interface PlannedChange {
  what: MutationKind;
  /** Finds it again by hand: holds the run's prefix where the application lets a text be entered. */
  name: string;
  /** Takes it back. Must do so also when the change was never made, or is gone already. */
  undo?: () => Promise<void>;
  /** Why it cannot be taken back; needed where there is no `undo`. */
  why?: string;
}

export interface MadeChange {
  /** Where the API has it, e.g. `/absences/<id>`: `loadtest clean` removes it there. */
  at(path: string): void;
  /** The journey itself has taken it back: nothing is left to undo. */
  undone(): void;
}

/**
 * What one journey changes. Each change is written down before it is made, so that a run that was killed still
 * knows what it may have left (leftovers.json), and is taken back when the journey ends, however it ends.
 */
export class Changes {
  readonly #write: (sample: Sample) => void;
  readonly #open: Array<{ id: string; planned: PlannedChange }> = [];

  constructor(write: (sample: Sample) => void) {
    this.#write = write;
  }

  note = (planned: PlannedChange): MadeChange => {
    const { what, name, why } = planned;
    if (!planned.undo && !why) throw new Error(`change "${name}": say how it is undone, or why it cannot be`);
    const id = randomUUID().slice(0, 8);
    const entry = { id, planned };
    this.#open.push(entry);
    this.#event({ name: 'change-planned', data: { id, what, name, why } });
    return {
      at: (path) => this.#event({ name: 'change-made', data: { id, path } }),
      undone: () => this.#close(entry),
    };
  };

  /** Takes back what is still there, the latest first. A failure is written down and does not end it. */
  async undoAll(): Promise<void> {
    for (const entry of [...this.#open].reverse()) {
      const { undo } = entry.planned;
      if (!undo) continue;
      try {
        await undo();
        this.#close(entry);
      } catch (error) {
        const why = firstLine(error);
        this.#event({ name: 'change-not-undone', data: { id: entry.id, why } });
        this.#write({ t: Date.now(), kind: 'error', name: 'clean-up failed', error: why, ...factsOf(error) });
      }
    }
  }

  #close(entry: { id: string; planned: PlannedChange }): void {
    const at = this.#open.indexOf(entry);
    if (at < 0) return;
    this.#open.splice(at, 1);
    this.#event({ name: 'change-undone', data: { id: entry.id } });
  }

  #event(event: RunEvent): void {
    this.#write({ t: Date.now(), kind: 'event', ...event });
  }
}
