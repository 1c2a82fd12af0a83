import { DATA_COUNTS } from '../../measure/run/data-size.ts';
import { canGo, thingsOf } from '../summary/changes.ts';
import type { Observations } from '../summary/observations.ts';
import type { Note } from '../summary/reason.ts';

/** What the target has more of than before the run; half-days of a week are made by generating, and counted in drafts. */
export function dataGrowth({ run, leftovers }: Pick<Observations, 'run' | 'leftovers'>): Note[] {
  const { before, after } = run.dataSize ?? {};
  const grown = DATA_COUNTS.flatMap((what) => {
    const by = (after?.counts[what] ?? 0) - (before?.counts[what] ?? 0);
    const isKnown = before?.counts[what] !== undefined && after?.counts[what] !== undefined;
    return isKnown && by > 0 ? [{ what, by }] : [];
  });
  if (grown.length === 0 || run.target.kind === 'embedded') return [];
  const things = thingsOf(leftovers);
  return [{ code: 'data-grew', grown, left: things.length, removable: things.filter(canGo).length }];
}
