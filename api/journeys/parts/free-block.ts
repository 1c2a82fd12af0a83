import { FROZEN_DAYS } from '../../../fixtures/data/dates.ts';
import type { CutShort } from '../../../measure/run/samples.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as assignments from '../../operations/assignments.ts';
import * as batch from '../../operations/batch.ts';
import * as blocks from '../../operations/blocks.ts';
import * as people from '../../operations/people.ts';

const DAYS = 56;

/** A half-day ahead, beyond what is frozen, that a resident has not been planned for. */
export interface FreeBlock {
  personId: string;
  blockId: string;
  /** Days in which it was looked for. */
  range: { start_date: string; end_date: string };
}

/** @returns why there is none, when there is none */
export async function freeBlock({
  api,
  data,
}: Pick<HttpJourneyTools, 'api' | 'data'>): Promise<FreeBlock | CutShort> {
  const residents = await api.request(people.residents);
  const person = data.own(residents.data.items);
  if (!person) return { code: 'no-resident', text: 'the target has no resident' };
  const days = data.range(DAYS, FROZEN_DAYS);
  const range = { start_date: days.start, end_date: days.end };
  const calendar = await api.request(blocks.list, { query: range });
  const busy = new Set((await plannedFor(api, person.id, range)).map(({ block_id }) => block_id));
  const block = data.own(calendar.data.items.filter(({ id }) => !busy.has(id)));
  if (!block)
    return { code: 'resident-planned', text: `the resident is planned for every block until ${days.end}` };
  return { personId: person.id, blockId: block.id, range };
}

export async function plannedFor(
  api: HttpJourneyTools['api'],
  personId: string,
  range: FreeBlock['range'],
  cleanup = false,
) {
  const query = { ...range, person_id: personId, page_size: 500 };
  const { data } = await api.request(assignments.list, { query, cleanup });
  return data.items;
}

type Planned = Awaited<ReturnType<typeof plannedFor>>[number];

/** Clean-up. @throws where the target acknowledges the removal and does not carry it out */
export async function removePlanned(
  api: HttpJourneyTools['api'],
  { personId, range }: Omit<FreeBlock, 'blockId'>,
  isOwn: (one: Planned) => boolean,
): Promise<void> {
  const own = async () => (await plannedFor(api, personId, range, true)).filter(isOwn);
  const found = await own();
  if (found.length === 0) return;
  const body = { assignments: found.map(({ id }) => ({ assignment_id: id })) };
  await api.request(batch.remove, { body, cleanup: true });
  const left = (await own()).length;
  if (left > 0) throw new Error(`clean-up: ${left} assignments are still there after their removal`);
}
