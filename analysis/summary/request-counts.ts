/** How many requests there were, and how they ended. */
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import type { RequestSample } from '../../measure/run/samples.ts';
import type { About } from './collector.ts';
import type { Summary } from './summary.ts';

/** Failed for a reason of its own: not excused, not a 429, not cancelled by its own page. */
export function isRequestError(sample: RequestSample, excused: boolean): boolean {
  return !sample.ok && !excused && sample.status !== TOO_MANY_REQUESTS && !isCancelled(sample);
}

/**
 * Refused, as the journey expected (`expected` in the sample): an answer as it should be, whose time says nothing of the
 * operation's, since a refusal is done before the work begins.
 */
export function isRefusal({ ok, status }: Pick<RequestSample, 'ok' | 'status'>): boolean {
  return ok && status >= 400;
}

/** Its time counts as the operation's: answered as it should, and no refusal. */
export function isServed(sample: Pick<RequestSample, 'ok' | 'status'>): boolean {
  return sample.ok && !isRefusal(sample);
}

/** Its page was left, or took it back, before an answer came. */
export function isCancelled(sample: RequestSample): boolean {
  return !sample.ok && sample.status === 0 && sample.via === 'browser' && sample.errorKind === 'aborted';
}

export function countRequests() {
  const counts: Summary['counts']['requests'] = {
    n: 0,
    failed: 0,
    excused: 0,
    rateLimited: 0,
    cancelled: 0,
    interrupted: 0,
  };
  const shapes = { n: 0, checked: 0 };
  /** What gates see. */
  const outsideWarmup = {
    requests: { n: 0, failed: 0 },
    rateLimited: 0,
    resent: 0,
    availability: { n: 0, down: 0, excused: 0 },
  };

  return {
    counts,
    shapes,
    outsideWarmup,
    add(sample: RequestSample, { isError, excused }: Pick<About, 'isError' | 'excused'>): void {
      const rateLimited = sample.status === TOO_MANY_REQUESTS && !sample.expected;
      const cancelled = isCancelled(sample);
      counts.n += 1;
      if (isRefusal(sample)) counts.refused = (counts.refused ?? 0) + 1;
      if (sample.resent) counts.resent = (counts.resent ?? 0) + 1;
      if (sample.redirects) counts.redirects = (counts.redirects ?? 0) + sample.redirects;
      if (isError) counts.failed += 1;
      else if (rateLimited) counts.rateLimited += 1;
      else if (cancelled) counts.cancelled += 1;
      else if (!sample.ok) counts.excused += 1;
      if (sample.checked !== undefined) shapes.n += 1;
      if (sample.checked) shapes.checked += 1;
      const isDown = (isError || excused) && (sample.status === 0 || sample.status >= 500);
      if (sample.warmup) return;
      if (cancelled) return;
      addAvailability(outsideWarmup.availability, isDown, excused);
      outsideWarmup.requests.n += 1;
      if (isError) outsideWarmup.requests.failed += 1;
      if (rateLimited) outsideWarmup.rateLimited += 1;
      if (sample.resent) outsideWarmup.resent += 1;
    },
    /** Never sent to the target, so in no other count. */
    addFromCache(): void {
      counts.fromCache = (counts.fromCache ?? 0) + 1;
    },
    /** Under way when its session ended: neither answered nor failed, so in no other count. */
    addInterrupted(): void {
      counts.interrupted += 1;
    },
  };
}

function addAvailability(
  tally: { n: number; down: number; excused: number },
  isDown: boolean,
  excused: boolean,
): void {
  tally.n += 1;
  if (isDown) tally[excused ? 'excused' : 'down'] += 1;
}
