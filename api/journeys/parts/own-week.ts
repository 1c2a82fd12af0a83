import { addDays, type DateRange, overlaps, wholeWeeks } from '../../../fixtures/data/dates.ts';
import type { ApiJourneyTools } from '../../journey.ts';
import * as blocks from '../../operations/blocks.ts';
import * as drafts from '../../operations/drafts.ts';

/** Weeks that sessions of this thread are generating: the target refuses a range that has a pending draft. */
const claimed = new Set<string>();

/** Drafts that are neither published nor discarded, newest first as the target gives them. */
export async function pendingDrafts(api: ApiJourneyTools['api'], cleanup = false): Promise<drafts.Draft[]> {
  const query = { page: 1, page_size: 100, status: 'draft' };
  const { data } = await api.request(drafts.list, { query, cleanup });
  return data.items;
}

export function draftRange(draft: drafts.Draft): DateRange {
  return { start: draft.target_start_date, end: draft.target_end_date };
}

/**
 * A whole week ahead that has its blocks, no pending draft, and nobody else of this thread, from the session's own
 * place in the calendar onwards. Release it when the draft is gone. undefined: no such week.
 */
export async function claimWeek(
  { api, data }: ApiJourneyTools,
  pending: readonly drafts.Draft[],
): Promise<{ week: DateRange; release(): void } | undefined> {
  const { data: known } = await api.request(blocks.list, { query: { start_date: addDays(data.today, 1) } });
  const dates = known.items.map(({ date }) => date);
  const weeks = wholeWeeks(dates, data.today);
  const week = data
    .inTurn(weeks)
    .find(
      ({ start, end }) =>
        !claimed.has(start) && !pending.some((draft) => overlaps({ start, end }, draftRange(draft))),
    );
  if (!week) return undefined;
  claimed.add(week.start);
  return { week, release: () => claimed.delete(week.start) };
}
