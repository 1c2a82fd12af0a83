import { parseFindingKey } from '../../config/run-figure.ts';
import { percent, plural, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';

/** Users that the target carried against those that are expected at its peak; nothing where nobody said how many those are. */
export function headroomSection({ deployment, findings, counts }: Summary): Part | '' {
  const expected = deployment?.expectedPeak;
  if (expected === undefined) return '';
  const carried = Object.entries(findings).flatMap(([text, { value }]) => {
    const key = parseFindingKey(text);
    return key?.kind === 'capacity' && value !== null ? [{ of: key.of, users: value }] : [];
  });
  const lines = carried.map(({ of, users }) => {
    const whose = of === 'users' ? '' : ` (${of})`;
    const spare = users / expected - 1;
    const room = spare >= 0 ? `${percent(round(spare))} more than` : `${percent(round(-spare))} fewer than`;
    return `The target carried ${plural(users, 'user')}${whose}: ${room} the ${thousands(expected)} expected at its peak.`;
  });
  const looked = `At most ${plural(counts.peakUsers, 'user')} were there at once, ${percent(round(counts.peakUsers / expected))} of the ${thousands(expected)} expected at the peak. This run did not look for the limit.`;
  return part(
    'headroom',
    'Headroom',
    html`${(lines.length > 0 ? lines : [looked]).map((line) => html`<p>${line}</p>`)}`,
  );
}

/** Users are counted in whole ones: more digits would say nothing. */
function round(share: number): number {
  return Math.round(share * 100) / 100;
}
