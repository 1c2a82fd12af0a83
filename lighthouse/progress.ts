import { duration } from '../analysis/format.ts';

/** A line for each audit that is over, with the time that the others need if they take as long. */
export class Progress {
  readonly #all: number;
  readonly #begun = performance.now();
  #done = 0;

  /** @param all audits, each repeat counted */
  constructor(all: number) {
    this.#all = all;
  }

  done(what: string): void {
    this.#done += 1;
    const left = this.#all - this.#done;
    const seconds = ((performance.now() - this.#begun) / 1000 / this.#done) * left;
    console.log(
      `[${this.#done}/${this.#all}] ${what}${left > 0 ? ` (about ${duration(seconds)} left)` : ''}`,
    );
  }
}
