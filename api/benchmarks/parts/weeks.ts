import { addDays, type DateRange, spanOf } from '../../../fixtures/data/dates.ts';
import type { BenchmarkTools } from '../../benchmark.ts';
import * as blocks from '../../operations/blocks.ts';

/** Every seven days on end of the calendar to come, from the first on; none overlaps by more than six days. */
export async function sevenDays({ api, data }: Pick<BenchmarkTools, 'api' | 'data'>): Promise<DateRange[]> {
  const { data: calendar } = await api.request(blocks.list, { query: { start_date: data.today } });
  const span = spanOf(calendar.items.map(({ date }) => date));
  const weeks: DateRange[] = [];
  for (
    let start = span?.start ?? data.today;
    span && addDays(start, 6) <= span.end;
    start = addDays(start, 1)
  )
    weeks.push({ start, end: addDays(start, 6) });
  return weeks;
}
