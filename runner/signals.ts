/** What a signal ends, in one place: SIGINT (Ctrl+C) and SIGTERM (`docker stop`, the end of a pod) alike. */
import { INTERRUPTED } from '../config/exit-codes.ts';
import { endDescendants } from '../measure/health/machine/end-descendants.ts';

/** npx hands on a Ctrl+C that the terminal has sent to its child too: two within this time are one; ms. */
const SAME_MS = 500;
const HEARD = ['SIGINT', 'SIGTERM'] as const;

export interface OnSignal {
  /** At the first signal: begins an end in order. What registered it comes to its own end, and exits with 130. */
  first(signal: NodeJS.Signals): void;
  /** At the second: writes what can be written in a moment. All processes below are killed after it. */
  second?(): void | Promise<void>;
}

interface Host {
  source: Pick<NodeJS.Process, 'on' | 'off'>;
  /** Ends all processes below this one, and this one. */
  exit(): void;
}

const THIS_PROCESS: Host = {
  source: process,
  exit: () => {
    endDescendants();
    process.exit(INTERRUPTED);
  },
};

export class Signals {
  readonly #host: Host;
  readonly #registered: OnSignal[] = [];
  #isListening = false;
  #isGuarded = false;
  #firstAt: number | undefined;
  #isStopping = false;

  constructor(host: Host = THIS_PROCESS) {
    this.#host = host;
  }

  /** Gives the function that takes it back. */
  register(onSignal: OnSignal): () => void {
    this.#registered.push(onSignal);
    this.#listen();
    return () => {
      const at = this.#registered.indexOf(onSignal);
      if (at >= 0) this.#registered.splice(at, 1);
      if (this.#registered.length === 0 && !this.#isGuarded) this.#ignore();
    };
  }

  /** From now on a signal that finds nothing to end exits at once, with the code of an interruption. */
  guard(): void {
    this.#isGuarded = true;
    this.#listen();
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    for (const name of HEARD) this.#host.source.on(name, this.#hear);
  }

  #ignore(): void {
    this.#isListening = false;
    this.#firstAt = undefined;
    for (const name of HEARD) this.#host.source.off(name, this.#hear);
  }

  #hear = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (this.#firstAt === undefined) {
      this.#firstAt = now;
      if (this.#registered.length === 0) this.#host.exit();
      for (const { first } of this.#latestFirst()) first(signal);
    } else if (now - this.#firstAt > SAME_MS && !this.#isStopping) {
      this.#isStopping = true;
      void this.#stopAtOnce();
    }
  };

  async #stopAtOnce(): Promise<void> {
    for (const { second } of this.#latestFirst()) {
      try {
        await second?.();
      } catch (error) {
        console.error(error);
      }
    }
    this.#host.exit();
  }

  #latestFirst(): OnSignal[] {
    return [...this.#registered].reverse();
  }
}

/** Those of this process. */
export const signals = new Signals();

/** Does work whose signal is aborted by the first SIGINT or SIGTERM. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const unregister = signals.register({ first: () => stopping.abort() });
  try {
    return await work(stopping.signal);
  } finally {
    unregister();
  }
}
