/** Makes what a plan lists, in the order in which one thing needs another. */
import * as absences from '../../api/operations/absences.ts';
import * as batch from '../../api/operations/batch.ts';
import * as blocks from '../../api/operations/blocks.ts';
import * as templates from '../../api/operations/rotation-templates.ts';
import { addDays, type DateRange } from '../../fixtures/data/dates.ts';
import { emailOf } from '../accounts/new-account.ts';
import { type Making, make, NotMade } from '../accounts/work.ts';
import { FMIT, type Marks } from './marks.ts';
import { type Client, patientClient } from './patient-client.ts';
import { type Plan, type Present, presentOn, type Wanted } from './plan.ts';

/** A request of a thousand could take a stock target longer than the client waits for. */
export const AT_A_TIME = 500;
/** A year in one request is thousands of statements (docs/contract/api.md §5.5). */
const DAYS_AT_A_TIME = 28;

export type Progress = (what: string, done: number, of: number) => void;

export interface Filling extends Omit<Making, 'mayMakePeople'> {
  progress: Progress;
}

/** @throws {NotMade} in one line, {Interruption}; what was made until then stays, and the next plan leaves it out */
export async function fill(plan: Plan, wanted: Wanted, filling: Filling): Promise<void> {
  const { marks } = wanted;
  const { progress } = filling;
  const api = patientClient(filling.api, filling);
  for (const [index, work] of plan.accounts.entries()) {
    await make(work, { ...filling, mayMakePeople: true });
    progress('accounts', index + 1, plan.accounts.length);
  }
  if (plan.needsClinic) await makeRotation(api, { name: marks.clinic, rotation_type: 'outpatient' });
  if (plan.needsFmit)
    await makeRotation(api, { name: FMIT, rotation_type: 'inpatient', abbreviation: marks.fmit });
  await makeBlocks(api, plan, marks, progress);
  const present = await presentOn(api, wanted);
  await makeAssignments(api, plan, present, marks, progress);
  for (const [index, { username, start, end }] of plan.absences.entries()) {
    const person_id = idOf(present.people, emailOf({ username }));
    const days = { start_date: start, end_date: end };
    await api.request(absences.create, {
      body: { person_id, ...days, absence_type: 'vacation', notes: marks.absence },
    });
    progress('absences', index + 1, plan.absences.length);
  }
}

async function makeRotation(
  api: Client,
  body: { name: string; rotation_type: 'inpatient' | 'outpatient'; abbreviation?: string },
): Promise<string> {
  return (await api.request(templates.create, { body })).data.id;
}

/** Notes the days before their blocks are made: nothing else says afterwards whose they are. */
async function makeBlocks(
  api: Client,
  { days, records: known }: Plan,
  marks: Marks,
  progress: Progress,
): Promise<void> {
  const records = [...known];
  const isNoted = ({ start, end }: DateRange) =>
    records.some((record) => record.days.start <= start && end <= record.days.end);
  for (const range of days.filter((one) => !isNoted(one))) {
    const id = await makeRotation(api, { name: marks.blocks(range), rotation_type: 'outpatient' });
    records.push({ days: range, id, isArchived: false });
  }
  for (const { id } of records.filter(({ isArchived }) => !isArchived))
    await api.request(templates.archive, { params: { id } });
  const parts = days.flatMap(partsOf);
  for (const [index, { start, end }] of parts.entries()) {
    await api.request(blocks.generate, { query: { start_date: start, end_date: end } });
    progress('parts of the calendar', index + 1, parts.length);
  }
}

function partsOf({ start, end }: DateRange): DateRange[] {
  const parts: DateRange[] = [];
  for (let from = start; from <= end; from = addDays(from, DAYS_AT_A_TIME)) {
    const to = addDays(from, DAYS_AT_A_TIME - 1);
    parts.push({ start: from, end: to < end ? to : end });
  }
  return parts;
}

async function makeAssignments(
  api: Client,
  { slots }: Plan,
  { people, blocks: known, clinic, fmit }: Present,
  marks: Marks,
  progress: Progress,
): Promise<void> {
  const rows = slots.map(({ username, date, half, rotation }) => ({
    person_id: idOf(people, emailOf({ username })),
    block_id: idOf(known, date + half),
    rotation_template_id: rotation === 'fmit' ? fmit : clinic,
    role: rotation === 'fmit' ? ('supervising' as const) : ('primary' as const),
    notes: marks.assignment,
  }));
  for (let from = 0; from < rows.length; from += AT_A_TIME) {
    const part = rows.slice(from, from + AT_A_TIME);
    const { data } = await api.request(batch.create, { body: { assignments: part, validate_acgme: false } });
    if (data.failed > 0) throw new NotMade(`${data.failed} of ${part.length} assignments were not made`);
    progress('assignments', from + part.length, rows.length);
  }
}

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new NotMade(`${key}: made, and the target does not list it`);
  return id;
}
