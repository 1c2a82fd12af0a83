/** What a target has of the data already, and what is missing. */
import { allOf } from '../../api/client/pages.ts';
import * as absences from '../../api/operations/absences.ts';
import * as assignments from '../../api/operations/assignments.ts';
import * as blocks from '../../api/operations/blocks.ts';
import * as people from '../../api/operations/people.ts';
import * as templates from '../../api/operations/rotation-templates.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { DateRange } from '../../fixtures/data/dates.ts';
import { emailOf } from '../accounts/new-account.ts';
import { type Work, workFor } from '../accounts/work.ts';
import { FMIT, type Marks } from './marks.ts';
import type { Client } from './patient-client.ts';
import { type Away, absencesOf, calendarOf, daysOf, rangesOf, type Slot, slotsOf } from './schedule.ts';
import type { Size } from './size.ts';

/** Of which there are more rows than of anything else; the contract's most. */
export const ASSIGNMENTS_PAGE = 5000;
export const ABSENCES_PAGE = 500;

/** Ids by what the data are known by. */
export interface Present {
  /** By address. */
  people: Map<string, string>;
  clinic: string | undefined;
  fmit: string | undefined;
  /** By date and half. */
  blocks: Map<string, string>;
  /** Days that blocks were made for, and whether the rotation that says so is archived. */
  records: Array<{ days: DateRange; id: string; isArchived: boolean }>;
  /** `<person> <block>` of each assignment. */
  assigned: Set<string>;
  /** Persons with an absence of the prefix that is not over. */
  away: Set<string>;
}

export interface Plan {
  accounts: Work[];
  needsClinic: boolean;
  needsFmit: boolean;
  /** Days without any block, and what says for which days blocks are made already. */
  days: DateRange[];
  records: Present['records'];
  slots: Slot[];
  absences: Away[];
}

export interface Wanted {
  size: Size;
  marks: Marks;
  /** Accounts of the prefix that are in the file. */
  known: readonly Account[];
  today: string;
}

export async function presentOn(
  api: Client,
  { marks, today }: Pick<Wanted, 'marks' | 'today'>,
): Promise<Present> {
  const days = calendarOf(today);
  const range = { start_date: days.start, end_date: days.end };
  const persons = (await api.request(people.list)).data.items;
  const rotations = (await api.request(templates.list, { query: { include_archived: true } })).data.items;
  const { items } = (await api.request(blocks.list, { query: range })).data;
  const assigned = new Set<string>();
  for await (const one of allOf(api, assignments.list, { size: ASSIGNMENTS_PAGE, query: range }))
    assigned.add(`${one.person_id} ${one.block_id}`);
  const away = new Set<string>();
  for await (const one of allOf(api, absences.list, { size: ABSENCES_PAGE, query: { start_date: today } }))
    if (one.notes === marks.absence) away.add(one.person_id);
  return {
    people: new Map(persons.flatMap(({ id, email }) => (email ? [[email.toLowerCase(), id]] : []))),
    clinic: rotations.find(({ name }) => name === marks.clinic)?.id,
    fmit: rotations.find(({ name }) => name === FMIT)?.id,
    blocks: new Map(items.map(({ id, date, time_of_day }) => [date + time_of_day, id])),
    records: rotations.flatMap(({ id, name, is_archived }) => {
      const made = marks.daysIn(name);
      return made ? [{ days: made, id, isArchived: is_archived }] : [];
    }),
    assigned,
    away,
  };
}

/** Compares what is wanted with the target; changes nothing. */
export async function planFor(api: Client, wanted: Wanted): Promise<Plan> {
  const { size, marks, known, today } = wanted;
  const accounts = await workFor(api, known, size.accounts, marks.prefix);
  const present = await presentOn(api, wanted);
  const names = (role: Account['role']) =>
    [...known, ...accounts.filter(({ isNew }) => isNew).map(({ account }) => account)]
      .filter((account) => account.role === role)
      .map(({ username }) => username);
  const residents = names('resident').slice(0, size.accounts.get('resident'));
  const faculty = names('faculty').slice(0, size.accounts.get('faculty'));
  const calendar = calendarOf(today);
  const filled = new Set([...present.blocks.keys()].map((key) => key.slice(0, 10)));
  const empty = daysOf(calendar).filter((day) => !filled.has(day));
  const emptyDays = new Set(empty);
  return {
    accounts,
    needsClinic: present.clinic === undefined,
    needsFmit: present.fmit === undefined,
    days: rangesOf(empty),
    records: present.records,
    slots: slotsOf(residents, faculty, calendar).filter((slot) => isMissing(slot, present, emptyDays)),
    absences: absencesOf(residents, size.absences, today).filter(({ username }) => {
      const person = present.people.get(emailOf({ username }));
      return person === undefined || !present.away.has(person);
    }),
  };
}

/** Not there, and with a block that is there or will be made. */
function isMissing(
  { username, date, half }: Slot,
  present: Present,
  emptyDays: ReadonlySet<string>,
): boolean {
  const block = present.blocks.get(date + half);
  if (block === undefined) return emptyDays.has(date);
  const person = present.people.get(emailOf({ username }));
  return person === undefined || !present.assigned.has(`${person} ${block}`);
}

export function isEmpty({ accounts, needsClinic, needsFmit, days, slots, absences: away }: Plan): boolean {
  return ![accounts, days, slots, away].some(({ length }) => length > 0) && !needsClinic && !needsFmit;
}
