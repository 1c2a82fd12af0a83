import type { RequestSample } from '../../measure/run/samples.ts';

/** When what happened to one request, by `performance.now()`, ms. What did not happen is absent. */
export interface Moments {
  /** It was handed to the pool of connections. */
  called: number;
  /** The opening of the connection that it waited for began; absent when one was free, or became free. */
  opening?: number;
  /** A connection was free for it: its head is written next. */
  sent?: number;
  /** The first byte of the answer. */
  firstByte?: number;
  /** The last byte of the answer, or the moment of failing or giving up. */
  ended: number;
}

export type RequestTimings = Pick<RequestSample, 'value' | 'blocked' | 'connect' | 'ttfb' | 'download'>;

/**
 * Durations between the moments, ms to a microsecond (what follows is noise and makes the file longer). The moments are
 * rounded, not their differences, so that the parts add up to `value`. Only the wait for a first byte that never came is
 * in no part. Parts of nothing are left out.
 */
export function requestTimings({ called, opening, sent, firstByte, ended }: Moments): RequestTimings {
  const microseconds = (moment: number) => Math.round((moment - called) * 1000);
  const ms = (from: number, to: number) => (to - from) / 1000;
  const end = microseconds(ended);
  const waited = sent === undefined ? end : microseconds(sent);
  // It may have been begun for another request, which was given up since.
  const free = opening === undefined ? waited : microseconds(Math.max(called, opening));
  const first = firstByte === undefined ? undefined : microseconds(firstByte);
  return {
    value: ms(0, end),
    blocked: ms(0, free) || undefined,
    connect: ms(free, waited) || undefined,
    ttfb: first === undefined ? undefined : ms(waited, first),
    download: first === undefined ? undefined : ms(first, end) || undefined,
  };
}
