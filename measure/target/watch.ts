/** Watches the target while a run goes on: whether it is there, and whether it answers. */
import { ClassifiedError, factsOf } from '../errors/classified-error.ts';
import { isOfGenerator } from '../run/error-kind.ts';
import { ask } from './probe.ts';

/** How often the target is asked, and how long an answer may take. Both ms. */
export interface ProbeTimes {
  every: number;
  limit: number;
}

const PROBE_TIMES: ProbeTimes = { every: 1000, limit: 5000 };
/** Probes in a row without a connection after which the target is dead (docs/measuring.md, "A target that does not answer"). */
const DEAD_AFTER = 3;
/**
 * The time for an answer is cut into slices. What cannot run while the generator stands still uses up one slice at
 * most, so that an answer that came meanwhile is still read.
 */
const SLICES = 10;

/** A time in which the target took connections and answered no probe. */
export interface Silence {
  /** When the first probe without an answer was sent, ms since the epoch. */
  since: number;
  /** How long it has lasted, ms. */
  ms: number;
  /** A probe was answered, or the watch has ended. */
  isOver: boolean;
}

/** What was asked in all. */
export interface Watched {
  probes: number;
  unanswered: number;
}

export interface TargetListener {
  /** Called once: its process has ended, or its connections are refused or reset. Nothing is asked any more. */
  died(how: string): void;
  /** Called after each probe without an answer in time, and once more when the silence is over. */
  silent(silence: Silence): void;
}

/** Asks the target's health each second, on a connection of its own. Any answer is a sign of life, a 500 too. */
export class TargetWatch {
  readonly #url: string;
  readonly #listener: TargetListener;
  readonly #times: ProbeTimes;
  readonly #insecureTls: boolean;
  readonly #watched: Watched = { probes: 0, unanswered: 0 };
  readonly #ending = new AbortController();
  #refused = 0;
  #silence: { since: number; from: number } | undefined;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    baseUrl: string,
    apiUrl: string,
    listener: TargetListener,
    times: ProbeTimes = PROBE_TIMES,
    insecureTls = false,
  ) {
    this.#insecureTls = insecureTls;
    this.#url = `${apiUrl || baseUrl}/health/live`;
    this.#listener = listener;
    this.#times = times;
    this.#plan();
  }

  /** Ends the watch, and a silence with it. May be called again. */
  stop(): Watched {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#endSilence();
    this.#ending.abort();
    return this.#watched;
  }

  /** The target is gone, by this watch or by the starter of its process. */
  died(how: string): void {
    if (this.#isStopped) return;
    this.stop();
    this.#listener.died(how);
  }

  #plan(): void {
    this.#timer = setTimeout(() => void this.#probe(), this.#times.every).unref();
  }

  async #probe(): Promise<void> {
    const sent = { since: Date.now(), from: performance.now() };
    const patience = new Patience(this.#times.limit);
    const answer = ask(this.#url, { insecureTls: this.#insecureTls, signal: this.#ending.signal });
    try {
      await Promise.race([answer, patience.over]);
      if (!this.#isStopped) this.#answered();
    } catch (error) {
      if (!this.#isStopped) this.#unanswered(error, sent);
    } finally {
      patience.end();
    }
    // One that is late is not given up: it tells to the moment when the target answers again.
    answer.then(
      () => this.#endSilence(),
      () => undefined,
    );
    if (!this.#isStopped) this.#plan();
  }

  #answered(): void {
    this.#watched.probes += 1;
    this.#refused = 0;
    this.#endSilence();
  }

  #unanswered(error: unknown, sent: { since: number; from: number }): void {
    const facts = factsOf(error);
    if (isOfGenerator(facts)) return; // it never left, and says nothing of the target
    this.#watched.probes += 1;
    this.#watched.unanswered += 1;
    if (facts.errorKind !== 'timeout') {
      this.#refused += 1;
      const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      if (this.#refused >= DEAD_AFTER)
        this.died(`${DEAD_AFTER} health probes in a row were refused (${why})`);
      return;
    }
    this.#refused = 0;
    this.#silence ??= sent;
    const { since, from } = this.#silence;
    this.#listener.silent({ since, ms: Math.round(performance.now() - from), isOver: false });
  }

  #endSilence(): void {
    if (!this.#silence) return;
    const { since, from } = this.#silence;
    this.#silence = undefined;
    this.#listener.silent({ since, ms: Math.round(performance.now() - from), isOver: true });
  }
}

/** Ends a wait after a time in which this process was able to look for the answer. */
class Patience {
  /** Rejects when it is over. */
  readonly over: Promise<never>;
  #timer: NodeJS.Timeout | undefined;

  /** @param limit ms */
  constructor(limit: number) {
    let left = SLICES;
    this.over = new Promise((_, fail) => {
      this.#timer = setInterval(() => {
        left -= 1;
        if (left === 0) fail(new ClassifiedError('timeout', 'no answer in time'));
      }, limit / SLICES).unref();
    });
    this.over.catch(() => undefined);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
