import { isSomebodyAbsentThroughout, type Leave } from '../../../fixtures/data/absent-throughout.ts';
import { addDays, type DateRange, overlaps, spanOf, wholeWeeks } from '../../../fixtures/data/dates.ts';
import type { CutShort } from '../../../measure/run/samples.ts';
import { allOf } from '../../client/pages.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as absences from '../../operations/absences.ts';
import * as blocks from '../../operations/blocks.ts';
import * as drafts from '../../operations/drafts.ts';
import * as people from '../../operations/people.ts';

/** The most that a list of absences gives at a time. */
const PAGE_SIZE = 500;

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
 * session's own place in the calendar onwards: the target refuses a range that has a pending draft, and one throughout which a
 * resident is absent. They are kept until the journey has undone what it did.
 * @returns why there are none, where there are none
 */
export async function claimWeeks(
  { api, data, claimAll }: Pick<HttpJourneyTools, 'api' | 'data' | 'claimAll'>,
  pending: readonly drafts.Draft[],
  howMany = 1,
): Promise<DateRange | CutShort> {
  const { data: known } = await api.request(blocks.list, { query: { start_date: addDays(data.today, 1) } });
  const weeks = wholeWeeks(
    known.items.map(({ date }) => date),
    data.today,
  );
  const isFree = (week: DateRange) => !pending.some((draft) => overlaps(week, draftRange(draft)));
  const leave = await leaveOfResidents(api, spanOf(weeks.flatMap(({ start, end }) => [start, end])));
  let absent = 0;
  for (const { start } of data.inTurn(weeks)) {
    const end = addDays(start, 7 * howMany - 1);
    const own = weeks.filter((week) => week.start >= start && week.end <= end && isFree(week));
    const mondays = own.map((week) => week.start);
    if (own.length !== howMany) continue;
    if (isSomebodyAbsentThroughout({ start, end }, leave)) absent += 1;
    else if (claimAll('drafts', mondays)) return { start, end };
  }
  if (absent > 0) return RESIDENT_ABSENT;
  const some = howMany === 1 ? 'no week to come has' : `no ${howMany} weeks to come have`;
  return { code: 'no-week-without-draft', text: `${some} blocks and no pending draft` };
}

export const RESIDENT_ABSENT: CutShort = {
  code: 'resident-absent',
  text: 'a resident is absent throughout each range that could be generated (422)',
};

/** Absences of residents on these days; none without days. */
export async function leaveOfResidents(
  api: HttpJourneyTools['api'],
  days: DateRange | undefined,
): Promise<Leave[]> {
  if (!days) return [];
  const { data: residents } = await api.request(people.residents);
  const ids = new Set(residents.items.map(({ id }) => id));
  const query = { start_date: days.start, end_date: days.end };
  const leave: Leave[] = [];
  for await (const one of allOf(api, absences.list, { size: PAGE_SIZE, query }))
    if (ids.has(one.person_id)) leave.push(one);
  return leave;
}
