import { addDays, type DateRange, overlaps, wholeWeeks } from '../../../fixtures/data/dates.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as blocks from '../../operations/blocks.ts';
import * as drafts from '../../operations/drafts.ts';

/** Drafts that are neither published nor discarded, newest first as the target gives them. */
export async function pendingDrafts(api: HttpJourneyTools['api'], cleanup = false): Promise<drafts.Draft[]> {
  const query = { page: 1, page_size: 100, status: 'draft' };
  const { data } = await api.request(drafts.list, { query, cleanup });
  return data.items;
}

export function draftRange(draft: drafts.Draft): DateRange {
  return { start: draft.target_start_date, end: draft.target_end_date };
}

/**
 * Whole weeks ahead, one after another, that have their blocks, no pending draft, and no other session of this run, from the
 * session's own place in the calendar onwards: the target refuses a range that has a pending draft. They are kept until the
 * journey has undone what it did. undefined: there are none.
 */
export async function claimWeeks(
  { api, data, claimAll }: Pick<HttpJourneyTools, 'api' | 'data' | 'claimAll'>,
  pending: readonly drafts.Draft[],
  howMany = 1,
): Promise<DateRange | undefined> {
  const { data: known } = await api.request(blocks.list, { query: { start_date: addDays(data.today, 1) } });
  const weeks = wholeWeeks(
    known.items.map(({ date }) => date),
    data.today,
  );
  const isFree = (week: DateRange) => !pending.some((draft) => overlaps(week, draftRange(draft)));
  for (const { start } of data.inTurn(weeks)) {
    const end = addDays(start, 7 * howMany - 1);
    const own = weeks.filter((week) => week.start >= start && week.end <= end && isFree(week));
    const mondays = own.map((week) => week.start);
    if (own.length === howMany && claimAll('drafts', mondays)) return { start, end };
  }
  return undefined;
}
