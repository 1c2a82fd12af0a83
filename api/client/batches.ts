/** Many requests, a number of them at a time. */

export interface BatchOptions {
  atATime: number;
  /** Default: what fails keeps nobody else from being tried. */
  stopAtFailure?: boolean;
}

/**
 * Does the work for each, in order, and gives what came of each, in order.
 * @throws with `stopAtFailure`: the first failure, once what was under way has ended; nothing is begun after it
 */
export async function inBatches<T, R>(
  all: Iterable<T>,
  work: (one: T, index: number) => Promise<R>,
  { atATime, stopAtFailure = false }: BatchOptions,
): Promise<Array<PromiseSettledResult<R>>> {
  if (!Number.isInteger(atATime) || atATime < 1)
    throw new RangeError(`atATime: ${atATime}: give a whole number of 1 or more`);
  const results: Array<PromiseSettledResult<R>> = [];
  const waiting = [...all].entries();
  let failure: { reason: unknown } | undefined;
  const worker = async () => {
    // One iterator for all: each takes the next that nobody has.
    for (const [index, one] of waiting) {
      try {
        results[index] = { status: 'fulfilled', value: await work(one, index) };
      } catch (reason) {
        results[index] = { status: 'rejected', reason };
        failure ??= { reason };
      }
      if (failure && stopAtFailure) return;
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  if (failure && stopAtFailure) throw failure.reason;
  return results;
}
