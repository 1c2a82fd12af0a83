import { addDays, type DateRange } from '../../fixtures/data/dates.ts';
import type { TestData } from '../../fixtures/data/generate.ts';
import type { Operation } from '../operation.ts';
import * as absences from '../operations/absences.ts';
import * as admin from '../operations/admin.ts';
import * as assignments from '../operations/assignments.ts';
import * as blocks from '../operations/blocks.ts';
import * as calls from '../operations/call-assignments.ts';
import * as drafts from '../operations/drafts.ts';
import * as halfDays from '../operations/half-days.ts';
import * as people from '../operations/people.ts';
import * as portal from '../operations/portal.ts';
import * as rotations from '../operations/rotation-templates.ts';
import * as schedule from '../operations/schedule.ts';
import * as swaps from '../operations/swaps.ts';
import type { Caller } from './caller.ts';

type Answer<O> = O extends Operation<string, unknown, infer R> ? R : never;
type Items<O> = Answer<O> extends { items: infer I } ? I : never;

/** What the target's lists hold; empty where a list could not be read. */
export interface Known {
  /** Four weeks from today: what has a range is asked for these. */
  range: DateRange;
  residents: Items<typeof people.residents>;
  faculty: Items<typeof people.faculty>;
  blocks: Items<typeof blocks.list>;
  assignments: Items<typeof assignments.list>;
  templates: Items<typeof rotations.list>;
  absences: Items<typeof absences.list>;
  calls: Items<typeof calls.list>;
  drafts: Items<typeof drafts.list>;
  swaps: Items<typeof swaps.history>;
  runs: Answer<typeof schedule.runs>['runs'];
  halfDays: Answer<typeof halfDays.list>['assignments'];
  /** Of the signed-in faculty member. */
  mine?: Answer<typeof portal.mySchedule>;
  settings?: Answer<typeof admin.settings>;
}

/** Reads the lists; the other chapters call with what is in them. */
export async function readKnown(caller: Caller, data: TestData): Promise<Known> {
  const range = data.range(28);
  const query = { start_date: range.start, end_date: range.end };
  const items = async <R>(answer: Promise<{ items: R[] } | undefined>): Promise<R[]> =>
    (await answer)?.items ?? [];
  return {
    range,
    residents: await items(caller.call(people.residents)),
    faculty: await items(caller.call(people.faculty)),
    blocks: await items(caller.call(blocks.list, { query: { start_date: addDays(data.today, 1) } })),
    assignments: await items(caller.call(assignments.list, { query: { ...query, page_size: 500 } })),
    templates: await items(caller.call(rotations.list)),
    absences: await items(caller.call(absences.list, { query: { start_date: data.today, page_size: 500 } })),
    calls: await items(caller.call(calls.list)),
    drafts: await items(caller.call(drafts.list, { query: { page: 1, page_size: 100 } })),
    swaps: await items(caller.call(swaps.history)),
    runs: (await caller.call(schedule.runs))?.runs ?? [],
    halfDays: (await caller.call(halfDays.list, { query }))?.assignments ?? [],
    mine: await caller.call(portal.mySchedule),
    settings: await caller.call(admin.settings),
  };
}
