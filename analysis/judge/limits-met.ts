/** Limits of the target that made the load another than the one that was meant. */

import type { Observations } from '../summary/observations.ts';
import type { Reason, ReasonFacts } from '../summary/reason.ts';

/** Above these shares of 429 most of the load did not take place; what got through is no measure of the rest. */
const MAX_RATE_LIMITED = 0.1;
const MAX_RATE_LIMITED_OF_OPERATION = 0.5;
/** Of an operation with fewer requests a refusal or two are half. */
const MIN_REQUESTS_OF_OPERATION = 20;

export function limitsMet(seen: Observations): Reason[] {
  const { counts, operations, pacing } = seen;
  const reasons: Reason[] = [];
  const { rateLimited, n, cancelled } = counts.requests;
  if (rateLimited > 0) {
    const refused = operations
      .map(({ name, rateLimited: ofIt = 0 }) => ({ name, n: ofIt }))
      .filter((one) => one.n > 0)
      .sort((a, b) => b.n - a.n);
    const about = { code: 'rate-limited', n: rateLimited, of: n - cancelled, operations: refused } as const;
    const beyond = beyondShare(seen);
    reasons.push(beyond ? { verdict: 'fail', ...about, beyond } : { verdict: 'warn', ...about });
  }
  if (pacing.held > 0) {
    const { held, signIns, longest } = pacing;
    reasons.push({ verdict: 'warn', code: 'sign-ins-paced', n: held, of: signIns, longestMs: longest });
  }
  return reasons;
}

/** What was refused too often for its figures to count: the run as a whole, else its worst operation. */
function beyondShare({ shares, operations }: Observations): ReasonFacts['rate-limited']['beyond'] {
  const whole = shares['requests.rateLimited']?.value ?? 0;
  if (whole > MAX_RATE_LIMITED) return { share: whole, limit: MAX_RATE_LIMITED };
  const [worst] = operations
    .filter(({ attempts }) => attempts >= MIN_REQUESTS_OF_OPERATION)
    .map(({ name, attempts, rateLimited = 0 }) => ({ operation: name, share: rateLimited / attempts }))
    .sort((a, b) => b.share - a.share);
  if (!worst || worst.share <= MAX_RATE_LIMITED_OF_OPERATION) return undefined;
  return { ...worst, limit: MAX_RATE_LIMITED_OF_OPERATION };
}
