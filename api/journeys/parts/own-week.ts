import { addDays, type DateRange, overlaps, wholeWeeks } from '../../../fixtures/data/dates.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as blocks from '../../operations/blocks.ts';
import * as drafts from '../../operations/drafts.ts';

/** Weeks that sessions of this thread are generating: the target refuses a range that has a pending draft. */
const claimed = new Set<string>();

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
 * So many whole weeks ahead, one after another, that have their blocks, no pending draft, and nobody else of this thread,
 * from the session's own place in the calendar onwards. Release them when the draft is gone. undefined: there are none.
 */
export async function claimWeeks(
  { api, data }: HttpJourneyTools,
  pending: readonly drafts.Draft[],
  howMany = 1,
): Promise<{ range: DateRange; release(): void } | undefined> {
  const { data: known } = await api.request(blocks.list, { query: { start_date: addDays(data.today, 1) } });
  const weeks = wholeWeeks(
    known.items.map(({ date }) => date),
    data.today,
  );
  const isFree = (week: DateRange) =>
    !claimed.has(week.start) && !pending.some((draft) => overlaps(week, draftRange(draft)));
  for (const { start } of data.inTurn(weeks)) {
    const end = addDays(start, 7 * howMany - 1);
    const own = weeks.filter((week) => week.start >= start && week.end <= end && isFree(week));
    if (own.length < howMany) continue;
    for (const week of own) claimed.add(week.start);
    return { range: { start, end }, release: () => own.forEach((week) => void claimed.delete(week.start)) };
  }
  return undefined;
}
