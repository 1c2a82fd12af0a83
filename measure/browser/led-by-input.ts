/** What a page does of itself, by a timer or a poll, is hardly ever this close to what an input set going. */
const PAUSE_MS = 500;

/**
 * What the last input set going: the page went on from it, with requests and changes of route, without a pause. A change of route
 * in it is one that the input led to, however long the answers took; one after a pause is the page's own, as far as one
 * can know from outside. Times are ms since the epoch.
 */
export class LedByInput<Request> {
  #last = Number.NEGATIVE_INFINITY;
  /** Those begun in it, and not ended. */
  readonly #underWay = new Set<Request>();

  includes(t: number): boolean {
    return this.#underWay.size > 0 || t <= this.#last + PAUSE_MS;
  }

  /** An input, or a change of route that it led to. */
  goesOn(t: number): void {
    this.#last = Math.max(this.#last, t);
  }

  asked(request: Request, t: number): void {
    if (this.includes(t)) this.#underWay.add(request);
  }

  answered(request: Request, t: number): void {
    if (this.#underWay.delete(request)) this.goesOn(t);
  }

  /** Another document knows nothing of it. */
  forget(): void {
    this.#last = Number.NEGATIVE_INFINITY;
    this.#underWay.clear();
  }
}
