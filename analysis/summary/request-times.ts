/** When each request was sent and ended, how long it took and whether it failed: for figures of parts of a run. */
import type { EventSample, RequestSample } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import { isAttempt } from './attempt.ts';
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
  /** ms; of a failure: infinite. Of what is neither served nor an error (429, refused as expected): NaN. */
  const values: number[] = [];
  /** ms, of failures too. */
  const durations: number[] = [];
  /** Requests that never ended: how long each had been under way when it was interrupted, ms. */
  const unended: Array<{ sent: number; t: number }> = [];
  /** Requests that their own page took back: under way until then, and in no figure. */
  const cancelled: typeof unended = [];
  let longest = 0;
  let order: Uint32Array | undefined;
  let sendingOrder: Uint32Array | undefined;

  const sorted = (): Uint32Array => {
    order ??= Uint32Array.from(times.keys()).sort((a, b) => (times[a] as number) - (times[b] as number));
    return order;
  };
  /** How many ended before t. */
  const before = (t: number): number => firstFrom(sorted(), (index) => times[index] as number, t);

  const sentAt = (index: number): number => (times[index] as number) - (durations[index] as number);
  const sortedBySending = (): Uint32Array => {
    sendingOrder ??= Uint32Array.from(times.keys()).sort((a, b) => sentAt(a) - sentAt(b));
    return sendingOrder;
  };

  const add = (t: number, value: number, ok: boolean, isError: boolean): void => {
    times.push(t);
    durations.push(value);
    longest = Math.max(longest, value);
    values.push(ok ? value : isError ? Number.POSITIVE_INFINITY : Number.NaN);
    order = undefined;
    sendingOrder = undefined;
  };

  return {
    samples: {
      request(sample: RequestSample, { isError }: About) {
        const { t, value } = sample;
        if (isAttempt(sample)) add(t, value, isServed(sample), isError);
        else cancelled.push({ sent: t - value, t });
      },
    },
    events: {
      'request-interrupted': ({ t, data: { ms } }: EventSample<'request-interrupted'>) => {
        if (ms !== undefined) unended.push({ sent: t - ms, t });
      },
    },
    add,
    /** Of requests that ended from `from` to just before `to`, in order of time; failures are infinite. */
    within(from: number, to: number): number[] {
      return Array.from(sorted().subarray(before(from), before(to)), (index) => values[index] as number);
    },
    /**
     * Of requests sent from `from` to just before `to`, and of those that were in flight at `from`: these with their age at
     * `to`, or at their end where that is sooner. Failures are infinite; what never ended has its age when it was interrupted.
     */
    sentWithin(from: number, to: number): number[] {
      const all = sortedBySending();
      const part = all.subarray(firstFrom(all, sentAt, from - longest), firstFrom(all, sentAt, to));
      const ages = unended
        .filter(({ sent, t }) => sent < to && t > from)
        .map(({ sent, t }) => (sent >= from ? t : Math.min(t, to)) - sent);
      const own = Array.from(part).flatMap((index) => {
        const [sent, ended, value] = [sentAt(index), times[index] as number, values[index] as number];
        if (sent >= from) return [value];
        return ended > from ? [Math.min(value, to - sent)] : [];
      });
      return [...own, ...ages];
    },
    /** How many were under way in one of these spans of time, or in several. */
    underWayIn(spans: ReadonlyArray<{ from: number; to: number }>): number {
      const all = sortedBySending();
      const found = new Set<number>();
      for (const { from, to } of spans) {
        const part = all.subarray(firstFrom(all, sentAt, from - longest), firstFrom(all, sentAt, to + 1));
        for (const index of part) if ((times[index] as number) >= from) found.add(index);
      }
      const isIn = ({ sent, t }: (typeof unended)[number]) =>
        spans.some(({ from, to }) => sent <= to && t >= from);
      return found.size + [...unended, ...cancelled].filter(isIn).length;
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

/** Position of the first of these sorted indexes whose time is not before t. */
function firstFrom(all: Uint32Array, timeOf: (index: number) => number, t: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(all[middle] as number) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
