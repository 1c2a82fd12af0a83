export interface Stoppable {
  stop(): void;
}

const waiting = new WeakMap<AbortSignal, Set<Stoppable>>();

/**
 * What is stopped when the signal is aborted: those that are in the set by then. One listener for all of them, because
 * to add one to a signal, and to take it off again, costs more than the rest of a request's book-keeping.
 */
export function stoppedBy(signal: AbortSignal): Set<Stoppable> {
  let stoppable = waiting.get(signal);
  if (!stoppable) {
    const all = new Set<Stoppable>();
    stoppable = all;
    waiting.set(signal, all);
    const stopAll = () => {
      for (const one of [...all]) one.stop();
    };
    signal.addEventListener('abort', stopAll, { once: true });
  }
  return stoppable;
}
