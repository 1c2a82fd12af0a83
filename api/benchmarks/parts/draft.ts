import { isSomebodyAbsentThroughout } from '../../../fixtures/data/absent-throughout.ts';
import { addDays, type DateRange, overlaps, spanOf, wholeWeeks } from '../../../fixtures/data/dates.ts';
import type { BenchmarkTools, BenchmarkWork } from '../../benchmark.ts';
import { draftRange, leaveOfResidents, pendingDrafts } from '../../journeys/parts/own-week.ts';
import * as blocks from '../../operations/blocks.ts';
import * as drafts from '../../operations/drafts.ts';
import * as schedule from '../../operations/schedule.ts';

const SOLVER_SECONDS = 60;

/** Generates a draft of a number of weeks that have no pending one, round after round, and discards it each time. */
export async function draftOfWeeks(tools: BenchmarkTools, weeks: number): Promise<BenchmarkWork | string> {
  const { api, data, change } = tools;
  const before = await pendingDrafts(api);
  const range = await freeWeeks(tools, weeks, before);
  if (!range)
    return `no ${weeks} weeks on end to come have blocks, no pending draft, and all residents on some day`;
  const own = async () =>
    (await pendingDrafts(api, true)).filter(
      (draft) => !before.some(({ id }) => id === draft.id) && draftRange(draft).start === range.start,
    );
  const discard = async () => {
    for (const { id } of await own()) await api.request(drafts.discard, { params: { id }, cleanup: true });
  };
  change({ what: 'drafts', name: `draft of ${range.start} to ${range.end}`, undo: discard });
  return {
    run: () =>
      api.request(schedule.generate, {
        headers: { 'idempotency-key': data.unique('generate') },
        body: {
          start_date: range.start,
          end_date: range.end,
          algorithm: 'cp_sat',
          timeout_seconds: SOLVER_SECONDS,
          create_draft: true,
        },
      }),
    after: discard,
  };
}

async function freeWeeks(
  { api, data }: BenchmarkTools,
  count: number,
  pending: readonly drafts.Draft[],
): Promise<DateRange | undefined> {
  const { data: known } = await api.request(blocks.list, { query: { start_date: addDays(data.today, 1) } });
  const weeks = wholeWeeks(
    known.items.map(({ date }) => date),
    data.today,
  );
  const leave = await leaveOfResidents(api, spanOf(weeks.flatMap(({ start, end }) => [start, end])));
  const starts = new Set(weeks.map(({ start }) => start));
  return weeks
    .map(({ start }) => ({ start, end: addDays(start, 7 * count - 1) }))
    .find(
      (range) =>
        Array.from({ length: count }, (_, week) => addDays(range.start, 7 * week)).every((monday) =>
          starts.has(monday),
        ) &&
        !pending.some((draft) => overlaps(range, draftRange(draft))) &&
        !isSomebodyAbsentThroughout(range, leave),
    );
}
