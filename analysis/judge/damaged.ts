/** What of the run's file could not be read: told, and too much of it makes the numbers meaningless. */
import { percent, plural, thousands } from '../format.ts';
import { DUPLICATE_SESSION } from '../read/read-samples.ts';
import type { Observations } from '../summary/summarize.ts';
import type { Validity } from './validity.ts';

/** Of all lines. What is missing may be what was slow; up to here no percentile can have moved by more than one rank in a hundred. */
const MAX_LOST_SHARE = 0.01;
/** A kill leaves one torn line for each process that wrote; that alone is no damage. */
const TORN_BY_A_KILL = 1;
const MAX_KINDS = 5;

export function damaged({ counts, damage, brokenOff, run }: Observations): Validity {
  const invalid: string[] = [];
  const warn: string[] = [];
  if (brokenOff !== undefined) {
    invalid.push(
      `the file of samples ${brokenOff}: ${plural(counts.samples, 'sample')} read, how much is lost is not known`,
    );
  }
  const twice = damage.find(({ what }) => what === DUPLICATE_SESSION);
  if (twice)
    invalid.push(
      `${plural(twice.count, 'session')} ended twice: parts of the file of samples are there twice, and all counts are wrong`,
    );
  const lost = counts.torn + counts.unusable;
  const found = damage
    .slice(0, MAX_KINDS)
    .map(({ what, count }) => `${what} ${thousands(count)}`)
    .join(', ');
  const more = damage.length > MAX_KINDS ? ', and others' : '';
  const expected = run.ended === 'finished' ? 0 : TORN_BY_A_KILL;
  if (counts.unusable > 0 || counts.torn > expected || (damage.length > 0 && lost === 0)) {
    const all = lost + counts.samples;
    const what =
      lost > 0
        ? `${thousands(lost)} of ${plural(all, 'line')} of samples could not be used`
        : 'fields of samples could not be used';
    const text = `${what} (${found}${more})`;
    if (lost > MAX_LOST_SHARE * all)
      invalid.push(`${text}, ${percent(lost / all)}, limit ${percent(MAX_LOST_SHARE)}`);
    else warn.push(text);
  }
  return { invalid, warn };
}
