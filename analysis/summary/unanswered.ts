/** Requests that were without an answer for too long when their user left, or when their session ended. */
import type { RequestSample, Sample } from '../../measure/run/samples.ts';

/** A user who leaves earlier (of a generation: in good time) shows nothing about the target; ms. */
const PATIENCE = 10_000;
const PATIENCE_FOR_GENERATION = 60_000;

interface Unanswered extends RequestSample {
  unanswered: true;
}

/** Its time is what it had waited at least: limits on percentiles count it. */
export function isUnanswered(sample: RequestSample): sample is Unanswered {
  return 'unanswered' in sample;
}

/**
 * A request without an answer for so long is a failure of its operation, even where its user left in the end: else a
 * target that answers nobody has no failure as long as everybody goes away. Gives it as a failed sample; anything else as it is.
 */
export function asUnanswered(sample: Sample): Sample {
  if (sample.kind === 'request') {
    const { ok, status, via, errorKind, value } = sample;
    const isTakenBack = !ok && status === 0 && via === 'browser' && errorKind === 'aborted';
    return isTakenBack && isTooOld(sample.class, value) ? failed(sample) : sample;
  }
  if (sample.kind !== 'event' || sample.name !== 'request-interrupted') return sample;
  const { data, ...about } = sample;
  const { operation, class: ofClass, ms } = data;
  if (operation === undefined || ofClass === undefined || ms === undefined || !isTooOld(ofClass, ms))
    return sample;
  return failed({
    ...about,
    kind: 'request',
    name: operation,
    class: ofClass,
    method: '',
    status: 0,
    value: ms,
    unit: 'ms',
    ok: false,
    // It was due when it was sent, or before: runs of an older suite say no more.
    fromDue: sample.via === 'http' ? Math.max(ms, data.fromDue ?? 0) : undefined,
  });
}

function isTooOld(ofClass: RequestSample['class'], ms: number): boolean {
  return ms >= (ofClass === 'generation' ? PATIENCE_FOR_GENERATION : PATIENCE);
}

function failed(sample: RequestSample): Unanswered {
  const error = `not answered after ${Math.round(sample.value / 1000)} s, when its user left`;
  return { ...sample, ok: false, errorKind: 'timeout', error, unanswered: true };
}
