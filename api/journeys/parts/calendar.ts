import { addDays, type DateRange, spanOf } from '../../../fixtures/data/dates.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as blocks from '../../operations/blocks.ts';

const WEEKS = 26;

/** The days to come that the target has a calendar of; undefined when it has none. */
export async function calendar({
  api,
  data,
}: Pick<HttpJourneyTools, 'api' | 'data'>): Promise<DateRange | undefined> {
  const query = { start_date: data.today, end_date: addDays(data.today, WEEKS * 7) };
  const { data: known } = await api.request(blocks.list, { query });
  return spanOf(known.items.map(({ date }) => date));
}
