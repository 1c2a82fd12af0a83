/** Removes what the prefix recognises: first what refers to something, then that. */
import { inBatches } from '../../api/client/batches.ts';
import { allOf } from '../../api/client/pages.ts';
import type { Operation } from '../../api/operation.ts';
import * as absences from '../../api/operations/absences.ts';
import * as admin from '../../api/operations/admin.ts';
import * as assignments from '../../api/operations/assignments.ts';
import * as auth from '../../api/operations/auth.ts';
import * as batch from '../../api/operations/batch.ts';
import * as blocks from '../../api/operations/blocks.ts';
import * as people from '../../api/operations/people.ts';
import * as templates from '../../api/operations/rotation-templates.ts';
import type { DateRange } from '../../fixtures/data/dates.ts';
import { reasonOf } from '../accounts/work.ts';
import { AT_A_TIME, type Progress } from './fill.ts';
import { FMIT, type Marks } from './marks.ts';
import type { Client } from './patient-client.ts';
import { ABSENCES_PAGE, ASSIGNMENTS_PAGE } from './plan.ts';

/** The target has other users too. */
const REQUESTS_AT_A_TIME = 4;

/** What is there of the prefix. */
export interface Seeded {
  assignments: Named[];
  absences: Named[];
  people: Named[];
  users: Named[];
  blocks: Array<Named & { isUsed: boolean }>;
  rotations: Named[];
}

interface Named {
  id: string;
  name: string;
}

export interface Undone {
  /** User names of accounts that are gone. */
  users: string[];
  /** A line for each kind: how many of it are gone. */
  removed: Map<string, number>;
  /** A line each: what is left, and why. */
  left: string[];
}

type Removal = Operation<'/{id}', never, unknown>;

export async function seededOn(api: Client, marks: Marks): Promise<Seeded> {
  const rotations = (await api.request(templates.list, { query: { include_archived: true } })).data.items;
  const calendars = rotations.flatMap(({ name }) => marks.daysIn(name) ?? []);
  const noted: Seeded['assignments'] = [];
  const usedByOthers = new Set<string>();
  for await (const { id, notes, block_id } of allOf(api, assignments.list, { size: ASSIGNMENTS_PAGE }))
    if (notes === marks.assignment) noted.push({ id, name: id });
    else usedByOthers.add(block_id);
  const away: Named[] = [];
  for await (const { id, notes, start_date } of allOf(api, absences.list, { size: ABSENCES_PAGE }))
    if (notes === marks.absence) away.push({ id, name: `from ${start_date}` });
  const persons = (await api.request(people.list)).data.items.filter(({ email }) => marks.isAccount(email));
  const users = (await api.request(auth.users)).data.filter(({ username }) => marks.isAccount(username));
  return {
    assignments: noted,
    absences: away,
    people: persons.map(({ id, name }) => ({ id, name })),
    users: users.map(({ id, username }) => ({ id, name: username })),
    blocks: (await blocksIn(api, calendars)).map((one) => ({ ...one, isUsed: usedByOthers.has(one.id) })),
    rotations: rotations
      .filter(
        ({ name, abbreviation }) => name === marks.clinic || (name === FMIT && abbreviation === marks.fmit),
      )
      .concat(rotations.filter(({ name }) => marks.daysIn(name)))
      .map(({ id, name }) => ({ id, name })),
  };
}

async function blocksIn(api: Client, calendars: readonly DateRange[]): Promise<Named[]> {
  const found: Named[] = [];
  for (const { start, end } of calendars) {
    const { items } = (await api.request(blocks.list, { query: { start_date: start, end_date: end } })).data;
    found.push(...items.map(({ id, date, time_of_day }) => ({ id, name: `${date} ${time_of_day}` })));
  }
  return found;
}

/**
 * Writes into `undone` what is gone as soon as it is, so that an interruption loses none of it.
 * @throws {NotMade} when a list cannot be read, {Interruption}
 */
export async function undo(
  api: Client,
  seeded: Seeded,
  { marks, progress, undone }: { marks: Marks; progress: Progress; undone: Undone },
): Promise<void> {
  const removeAll = async (what: string, operation: unknown, all: readonly Named[]) => {
    let done = 0;
    const remove = async ({ id, name }: Named) => {
      const options = { params: { id }, mayFail: true };
      const { ok, status, json } = await api.request(operation as Removal, options);
      done += 1;
      if (ok || status === 404) count(undone, what, 1);
      else undone.left.push(`${what} ${name}: ${reasonOf(status, json)}`);
      if ((ok || status === 404) && what === 'users') undone.users.push(name);
      progress(what, done, all.length);
    };
    await inBatches(all, remove, { atATime: REQUESTS_AT_A_TIME, stopAtFailure: true });
  };
  await removeAssignments(api, seeded.assignments, undone, progress);
  await removeAll('absences', absences.remove, seeded.absences);
  await removeAll('people', people.remove, seeded.people);
  await removeAll('users', admin.removeUser, seeded.users);
  const areGone = await removeBlocks(api, seeded.blocks, undone, progress);
  // The one that says which blocks were made stays as long as one of them does.
  const isNeeded = ({ name }: Named) => !areGone && marks.daysIn(name) !== undefined;
  for (const { name } of seeded.rotations.filter(isNeeded))
    undone.left.push(`rotations ${name}: says which blocks were made, and some are left`);
  await removeAll(
    'rotations',
    templates.remove,
    seeded.rotations.filter((one) => !isNeeded(one)),
  );
}

async function removeAssignments(
  api: Client,
  all: readonly Named[],
  undone: Undone,
  progress: Progress,
): Promise<void> {
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    const part = all.slice(from, from + AT_A_TIME);
    const body = { assignments: part.map(({ id }) => ({ assignment_id: id })) };
    const { ok, status, json } = await api.request(batch.remove, { body, mayFail: true });
    if (ok) count(undone, 'assignments', part.length);
    else undone.left.push(`assignments (${part.length}): ${reasonOf(status, json)}`);
    progress('assignments', from + part.length, all.length);
  }
}

/**
 * Whether all of them are gone. The target answers 500 after it removed one (docs/contract/api.md §5.5): only its list says
 * what is gone.
 */
async function removeBlocks(
  api: Client,
  all: Seeded['blocks'],
  undone: Undone,
  progress: Progress,
): Promise<boolean> {
  let done = 0;
  const free = all.filter(({ isUsed }) => !isUsed);
  const used = all.length - free.length;
  const remove = async ({ id }: Named) => {
    await api.request(blocks.remove, { params: { id }, mayFail: true });
    done += 1;
    progress('blocks', done, free.length);
  };
  await inBatches(free, remove, { atATime: REQUESTS_AT_A_TIME, stopAtFailure: true });
  if (used > 0) undone.left.push(`blocks (${used}): assignments of others are in them`);
  if (free.length === 0) return used === 0;
  const there = new Set((await api.request(blocks.list)).data.items.map(({ id }) => id));
  const left = free.filter(({ id }) => there.has(id));
  for (const { name } of left) undone.left.push(`blocks ${name}: the target lists it still`);
  count(undone, 'blocks', free.length - left.length);
  return used === 0 && left.length === 0;
}

function count({ removed }: Undone, what: string, number: number): void {
  removed.set(what, (removed.get(what) ?? 0) + number);
}
