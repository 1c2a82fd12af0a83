/** How far live figures look back, ms. */
export const WINDOW_MS = 60_000;

/** Values of the last minute. */
export class Values {
  #values: Array<{ t: number; value: number }> = [];

  add(t: number, value: number): void {
    this.#values.push({ t, value });
  }

  /** In rising order; those before the window are forgotten. */
  inWindow(now: number): number[] {
    this.#values = this.#values.filter(({ t }) => t > now - WINDOW_MS);
    return this.#values.map(({ value }) => value).sort((a, b) => a - b);
  }
}
