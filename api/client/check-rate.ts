/** Which answers are compared with their schema: that costs CPU, which under load belongs to sending. */
import type { CheckRateSetting } from '../../config/check-rate.ts';
import type { Operation } from '../operation.ts';
import type { ApiAnswer } from './answer.ts';
import { shapeProblem } from './sample.ts';

/** Answers a second that `auto` checks at most, about. */
const CHECKS_A_SECOND = 50;
/** The first answers of each operation are checked whatever the rate: one that is always wrong is never missed. */
const FIRST = 3;

export interface Look {
  /** Whether it was checked; absent where there is no schema to check it by. */
  checked?: boolean;
  /** Where and how it departs from its schema. */
  misfit?: string;
}

const NO_SCHEMA: Look = {};
const PASSED_OVER: Look = { checked: false };

/**
 * Chooses by counting, not by chance: in the same order of answers the same ones are checked. One for all clients of a
 * thread.
 */
export class CheckRate {
  readonly #setting: CheckRateSetting;
  readonly #now: () => number;
  readonly #seen = new Map<string, number>();
  /** What of a check has come together since the last one. */
  #owed = 0;
  /** The second that is being counted, its answers so far, and those of the one before. */
  #second = 0;
  #answers = 0;
  #before = 0;

  /**
   * @param setting share of answers, 0 to 1; `auto`: each while there are no more than 50 a second, about 50 of them above
   * @param now ms, of a clock that never steps
   */
  constructor(setting: CheckRateSetting = 'auto', now: () => number = () => performance.now()) {
    this.#setting = setting;
    this.#now = now;
  }

  /** Looks at an expected answer, or passes it over. That it is no JSON where it must be is always seen, of an answer that is not packed. */
  look(
    operation: Pick<Operation, 'name' | 'response'>,
    answer: Pick<ApiAnswer, 'status' | 'json' | 'seemsJson'>,
  ): Look {
    if (!operation.response || answer.status >= 300) return NO_SCHEMA;
    if (!this.takes(operation.name) && answer.seemsJson) return PASSED_OVER;
    return { checked: true, misfit: shapeProblem(operation, answer.status, answer.json) };
  }

  /** Whether the next answer of this operation is checked; to be asked once an answer. */
  takes(operation: string): boolean {
    const isDue = this.#isDue(this.#setting === 'auto' ? this.#share() : this.#setting);
    const seen = this.#seen.get(operation) ?? 0;
    if (seen >= FIRST) return isDue;
    this.#seen.set(operation, seen + 1);
    return true;
  }

  #isDue(share: number): boolean {
    this.#owed += share;
    // Of 0.1 ten make 0.9999…: what is missing is rounding.
    if (this.#owed < 1 - 1e-9) return false;
    this.#owed -= 1;
    return true;
  }

  /** All while this second and the one before had no more than 50 answers, else what makes about 50 checks of them. */
  #share(): number {
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second) {
      this.#before = second === this.#second + 1 ? this.#answers : 0;
      this.#answers = 0;
      this.#second = second;
    }
    this.#answers += 1;
    return Math.min(1, CHECKS_A_SECOND / Math.max(this.#before, this.#answers));
  }
}
