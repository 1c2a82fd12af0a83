/** What of the run's file could not be read; too much of it makes the numbers meaningless. */
import { DUPLICATE_SESSION } from '../read/read-samples.ts';
import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';

/** Of all lines. What is missing may be what was slow; up to here no percentile can have moved by more than one rank in a hundred. */
const MAX_LOST_SHARE = 0.01;
/** A kill leaves one torn line for each process that wrote; that alone is no damage. */
const TORN_BY_A_KILL = 1;
const MAX_KINDS = 5;

export function damaged({ counts, damage, brokenOff, run }: Observations): Reason[] {
  const reasons: Reason[] = [];
  if (brokenOff !== undefined)
    reasons.push({ verdict: 'invalid', code: 'samples-cut-off', how: brokenOff, samples: counts.samples });
  const twice = damage.find(({ what }) => what === DUPLICATE_SESSION);
  if (twice) reasons.push({ verdict: 'invalid', code: 'sessions-recorded-twice', count: twice.count });
  const { missing = 0 } = counts;
  const lost = counts.torn + counts.unusable + missing;
  const expected = run.ended === 'finished' ? 0 : TORN_BY_A_KILL;
  if (missing > 0 || counts.unusable > 0 || counts.torn > expected || (damage.length > 0 && lost === 0)) {
    const lines = lost + counts.samples;
    const isTooMuch = lost > MAX_LOST_SHARE * lines;
    reasons.push({
      verdict: isTooMuch ? 'invalid' : 'warn',
      code: 'samples-damaged',
      lost,
      lines,
      kinds: damage.slice(0, MAX_KINDS),
      moreKinds: damage.length > MAX_KINDS,
      ...(isTooMuch && { limit: MAX_LOST_SHARE }),
    });
  }
  return reasons;
}
