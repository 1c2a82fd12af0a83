/**
 * A thread or process that does not answer for that long is lost. A stop of the generator of 2 s makes a run invalid by itself
 * (analysis/judge/disturbed.ts), and a saturated loop still answers each second: this is no load.
 */
export const LOST_AFTER_MS = 15_000;
const LOOK_EVERY_MS = 1000;

/**
 * Notices that a thread or a process has stopped answering. Time is counted in looks of this thread's own loop: while all of
 * them stand still together (a machine that sleeps, a suspended process) nobody is lost.
 */
export class Heartbeat {
  #silentMs = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #lost: (silentMs: number) => void;
  readonly #after: number;

  /** @param after lost after this silence, ms */
  constructor(lost: (silentMs: number) => void, after = LOST_AFTER_MS) {
    this.#lost = lost;
    this.#after = after;
  }

  /** It answers, or is expected to from now on. */
  beat(): void {
    this.#silentMs = 0;
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  /** It is no longer expected to answer. */
  stop(): void {
    clearInterval(this.#timer);
    this.beat = () => undefined;
  }

  #look(): void {
    this.#silentMs += LOOK_EVERY_MS;
    if (this.#silentMs < this.#after) return;
    this.stop();
    this.#lost(this.#silentMs);
  }
}
