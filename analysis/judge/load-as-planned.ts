/** Whether the load was the one that was asked for: as many users as planned, and in time. */

import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';

/** Of the planned users at least this share must have come: else the load was another than the one asked for. */
const MIN_ARRIVED_SHARE = 0.99;
/** Of the time of concurrent users at most this share may be missing: who could not begin made no load. */
const MAX_MISSING_SHARE = 0.01;
/** The generator, not the target, delays a user who begins later than this after the planned time. */
const MAX_LATENESS_MS = 1000;

export function loadAsPlanned(seen: Observations): Reason[] {
  const { arrivals, held, lateness, run, endedEarly } = seen;
  // Sessions of concurrent users are not planned one by one, and must not stand in for those that are.
  const promised = arrivals.filter((row) => row.planned > 0);
  const planned = promised.reduce((sum, row) => sum + row.planned, 0);
  const started = promised.reduce((sum, row) => sum + row.started, 0);
  // A run that was cut short could not start them all; it is judged on what is there.
  const isWhole = run.ended === 'finished' && !endedEarly;
  const reasons: Reason[] = [];
  if (planned > 0 && isWhole && started < MIN_ARRIVED_SHARE * planned)
    reasons.push({ verdict: 'invalid', code: 'users-missing', started, planned });
  if (isWhole) reasons.push(...unended(seen));
  if (held && held.missing > MAX_MISSING_SHARE)
    reasons.push({ verdict: 'invalid', code: 'concurrent-users-missing', ...held });
  if (lateness.p95 !== null && lateness.p95 > MAX_LATENESS_MS)
    reasons.push({ verdict: 'invalid', code: 'users-late', p95: lateness.p95, limit: MAX_LATENESS_MS });
  return reasons;
}

/** What the rest of them would have shown is missing, and may be what was slow or failed. */
function unended({ counts }: Observations): Reason[] {
  const { interrupted, started } = counts.sessions;
  // A line that could not be read may have been the end of one, and is reported as damage.
  const count = interrupted - counts.torn - counts.unusable;
  return count > 0 ? [{ verdict: 'invalid', code: 'sessions-unended', count, started }] : [];
}
