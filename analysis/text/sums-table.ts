/** How the counts of a report add up, as a table. */
import { plural, thousands } from '../format.ts';
import type { Ended, Summary } from '../summary/summary.ts';

/** The one definition of each; docs/measuring.md, "Counts that add up", has the same. */
export const STARTED =
  'Started = ok + failed + excused + refused with 429 + cancelled + interrupted, of sessions, journeys, steps, requests and checks alike. What there was none of is left out.';
export const ATTEMPTS =
  'Attempts are all that started but the cancelled and the interrupted: judged + warm-up. Shares of failures are of those judged.';

export const DRAIN =
  'What was begun after the last phase counts with its failures. Its times are left out, unless there are no others: such a row says “after the last phase”.';

export interface SumsColumn {
  heading: string;
  title: string;
  of: (row: Ended) => number;
}

const COLUMNS: SumsColumn[] = [
  { heading: 'started', title: 'All of the columns to “interrupted”', of: ({ started }) => started },
  { heading: 'ok', title: 'Those that were cut short included', of: ({ ok }) => ok },
  {
    heading: 'failed',
    title: 'Of steps and requests: for a reason that nothing excuses',
    of: ({ failed }) => failed,
  },
  { heading: 'excused', title: 'Failed by a known defect', of: ({ excused }) => excused },
  { heading: '429', title: 'Refused by a limit of the target', of: ({ rateLimited }) => rateLimited },
  { heading: 'cancelled', title: 'By a page that was left', of: ({ cancelled }) => cancelled },
  { heading: 'interrupted', title: 'Cut off: it has no end', of: ({ interrupted }) => interrupted },
  { heading: 'warm-up', title: 'Attempts in a warm-up: in no gate', of: ({ warmup }) => warmup },
  {
    heading: 'judged',
    title: 'All other attempts, neither cancelled nor interrupted: shares of failures are of these',
    of: ({ judged }) => judged,
  },
  {
    heading: 'after the last phase',
    title: 'Of those judged: their failures count; their times only for what was met at no other time',
    of: ({ drain }) => drain,
  },
  {
    heading: 'cut short',
    title: 'Of those that are ok: no time in any figure',
    of: ({ cutShort }) => cutShort,
  },
];
const ALWAYS = ['started', 'ok', 'failed', 'interrupted', 'judged'];

/** Rows of what there was, and columns that are not all zero. */
export function sumsTable({ ended }: Summary['sums']): {
  rows: Array<[string, Ended]>;
  columns: SumsColumn[];
} {
  const rows = Object.entries(ended).filter(([, { started }]) => started > 0);
  const columns = COLUMNS.filter(
    ({ heading, of }) => ALWAYS.includes(heading) || rows.some(([, row]) => of(row) > 0),
  );
  return { rows, columns };
}

/** Clicks that were no page views, in a sentence. */
export function ledBackText(unpainted: number): string {
  return `${plural(unpainted, 'click')} led back to the page that was shown, and the browser painted nothing: ${unpainted === 1 ? 'it is' : 'they are'} not counted as page ${unpainted === 1 ? 'view' : 'views'}.`;
}

/** What became of the page views, in a sentence; empty where there were none. */
export function viewsText({ views }: Summary['sums']): string {
  const { all, measurable, unmeasured, withoutInput, cut } = views;
  if (all === 0) return '';
  const parts = [
    `${thousands(measurable)} measurable`,
    unmeasured > 0 && `${thousands(unmeasured)} of a kind that this browser does not measure`,
    withoutInput > 0 && `${thousands(withoutInput)} that no input led to`,
    cut > 0 && `${thousands(cut)} of sessions that were cut off`,
  ];
  return `${plural(all, 'page view')}: ${parts.filter(Boolean).join(', ')}.`;
}
