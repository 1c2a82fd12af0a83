/** Values by their series, and whether a server that keeps series in the order of time has them. */
import { type Row, type Value, valuesOf } from './row.ts';
import { isPassing, Refused } from './server.ts';

/** Prometheus, Mimir and Thanos of a value that is older than the newest of its series, whichever way it came. */
const OUT_OF_ORDER = /out.of.order/i;

/** Values of each series in the order of time. */
export function bySeries(rows: readonly Row[]): Value[][] {
  const all = Map.groupBy(valuesOf(rows), ({ metric, labels }) => `${metric} ${JSON.stringify(labels)}`);
  return [...all.values()].map((values) => values.sort((a, b) => a.t - b.t));
}

/**
 * Without an out-of-order window a server refuses values before the newest of their series, also where it has them, and takes a
 * request whole or not at all. The newest value itself it takes a second time where it is the same, and refuses any other.
 * @param refused what it said to rows that were sent before
 * @param send takes the newest value of each series
 * @throws {Refused} it does not say now, and may later
 */
export async function hasNewest(
  { status, message }: Refused,
  rows: readonly Row[],
  send: (series: Value[][]) => Promise<unknown>,
): Promise<boolean> {
  if (status !== 400 || !OUT_OF_ORDER.test(message)) return false;
  try {
    await send(bySeries(rows).map((values) => values.slice(-1)));
    return true;
  } catch (error) {
    if (error instanceof Refused && !isPassing(error)) return false;
    throw error;
  }
}
