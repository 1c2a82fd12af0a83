/** How far live figures look back, ms. */
export const WINDOW_MS = 60_000;

/** Values of the last minute. */
export class Values {
  #values: Array<{ t: number; value: number }> = [];

  #forgotten = 0;

  /** Forgets what is before the window from time to time, also where nobody ever asks. */
  add(t: number, value: number): void {
    this.#values.push({ t, value });
    if (t - this.#forgotten < WINDOW_MS) return;
    this.#forgotten = t;
    this.#forget(t);
  }

  /** In rising order. */
  inWindow(now: number): number[] {
    this.#forget(now);
    return this.#values.map(({ value }) => value).sort((a, b) => a - b);
  }

  #forget(now: number): void {
    this.#values = this.#values.filter(({ t }) => t > now - WINDOW_MS);
  }
}
