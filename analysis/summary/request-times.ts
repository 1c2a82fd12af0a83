/** When each request ended, how long it took and whether it failed: for figures of parts of a run. */
import type { RequestSample } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import type { About } from './collector.ts';
import { isServed } from './request-counts.ts';

export interface PartFigures {
  /** Requests that ended, and those of them that failed. */
  requests: number;
  errors: number;
  /** Successes. */
  n: number;
  p50: number | null;
  p95: number | null;
}

export type RequestTimes = ReturnType<typeof collectRequestTimes>;

/** Samples come as threads wrote them, not in order of time: sorted when first asked. */
export function collectRequestTimes() {
  const times: number[] = [];
  /** ms; of a failure: infinite. Of what is neither served nor an error (429, refused as expected, cancelled): NaN. */
  const values: number[] = [];
  let order: Uint32Array | undefined;

  const sorted = (): Uint32Array => {
    order ??= Uint32Array.from(times.keys()).sort((a, b) => (times[a] as number) - (times[b] as number));
    return order;
  };
  /** How many ended before t. */
  const before = (t: number): number => {
    const all = sorted();
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[all[middle] as number] as number) < t) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const add = (t: number, value: number, ok: boolean, isError: boolean): void => {
    times.push(t);
    values.push(ok ? value : isError ? Number.POSITIVE_INFINITY : Number.NaN);
    order = undefined;
  };

  return {
    samples: {
      request(sample: RequestSample, { isError }: About) {
        add(sample.t, sample.value, isServed(sample), isError);
      },
    },
    add,
    /** Of requests that ended from `from` to just before `to`, in order of time; failures are infinite. */
    within(from: number, to: number): number[] {
      return Array.from(sorted().subarray(before(from), before(to)), (index) => values[index] as number);
    },
    figures(from: number, to: number): PartFigures {
      const part = this.within(from, to);
      const good = ascending(part.filter(Number.isFinite));
      return {
        requests: part.length,
        errors: part.filter((value) => value === Number.POSITIVE_INFINITY).length,
        n: good.length,
        p50: percentile(good, 0.5),
        p95: percentile(good, 0.95),
      };
    },
  };
}
