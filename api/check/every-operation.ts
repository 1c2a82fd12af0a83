/** Calls each operation once and tells what became of it. Takes back what it changed. */
import type { MayChange } from '../../config/changes.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { TestData } from '../../fixtures/data/generate.ts';
import type { Sample } from '../../measure/run/samples.ts';
import type { Operation } from '../operation.ts';
import * as auth from '../operations/auth.ts';
import * as calls from '../operations/call-assignments.ts';
import * as drafts from '../operations/drafts.ts';
import * as health from '../operations/health.ts';
import * as me from '../operations/me.ts';
import * as ops from '../operations/ops.ts';
import { operations } from '../operations/registry.ts';
import * as resilience from '../operations/resilience.ts';
import * as swaps from '../operations/swaps.ts';
import { Caller, type NewClient } from './caller.ts';
import { type Chapter, runChapter } from './chapter.ts';
import { absences } from './chapters/absences.ts';
import { assignments } from './chapters/assignments.ts';
import { blocks } from './chapters/blocks.ts';
import { calculating } from './chapters/calculating.ts';
import { calls as callChapter } from './chapters/calls.ts';
import { drafts as draftChapter } from './chapters/drafts.ts';
import { laboratory } from './chapters/laboratory.ts';
import { people } from './chapters/people.ts';
import { reading } from './chapters/reading.ts';
import { refusing } from './chapters/refusing.ts';
import { rotations } from './chapters/rotations.ts';
import { settings } from './chapters/settings.ts';
import { signingIn } from './chapters/signing-in.ts';
import { users } from './chapters/users.ts';
import { readKnown } from './known.ts';
import type { OperationOutcome } from './outcome.ts';

const CHAPTERS: readonly Chapter[] = [
  reading,
  calculating,
  refusing,
  people,
  absences,
  rotations,
  assignments,
  blocks,
  draftChapter,
  callChapter,
  users,
  settings,
  laboratory,
  signingIn,
];

const NOT_IN_CONTRACT = 'a page asks for it, but the contract has no such route';

/** Never called, and why. */
export const NEVER: ReadonlyArray<[Pick<Operation, 'name'>, string]> = [
  [auth.impersonate, 'would act as somebody else'],
  [auth.endImpersonation, 'would act as somebody else'],
  [drafts.publish, 'changes the schedule that everybody works by'],
  [drafts.rollback, 'changes the schedule that everybody works by'],
  [calls.generatePostCall, 'what it makes cannot be known from what was there'],
  [me.readAllNotifications, 'cannot be taken back'],
  [health.dashboard, 'may hold the target up for ten seconds (docs/contract/api.md §5.2)'],
  [ops.conflictStatistics, NOT_IN_CONTRACT],
  [resilience.criticalIndex, NOT_IN_CONTRACT],
  [swaps.recent, NOT_IN_CONTRACT],
];

/**
 * @param mayChange operations that change anything else are not called
 * @returns one for each operation, in the order of the registry
 * @throws Interruption when the clients' signal is set: what was changed is taken back first
 */
export async function checkEveryOperation(options: {
  accounts: readonly Account[];
  newClient: NewClient;
  mayChange: MayChange;
  data: TestData;
  /** Called with what could not be taken back, in one line. */
  onLeft: (what: string) => void;
}): Promise<OperationOutcome[]> {
  const { accounts, newClient, mayChange, data, onLeft } = options;
  const caller = new Caller(accounts, newClient);
  const names = new Map<string, string>();
  const write = (sample: Sample) => {
    if (sample.kind !== 'event') return;
    if (sample.name === 'change-planned') names.set(sample.data.id, sample.data.name);
    else if (sample.name === 'change-not-undone') onLeft(`${names.get(sample.data.id)}: ${sample.data.why}`);
  };
  for (const [operation, why] of NEVER) caller.skip(operation, why);
  try {
    const known = await readKnown(caller, data);
    for (const chapter of CHAPTERS) await runChapter(chapter, { caller, known, data }, { mayChange, write });
  } finally {
    await caller.close();
  }
  return operations.map(
    ({ name: operation }): OperationOutcome =>
      caller.outcomes.get(operation) ?? { operation, result: 'not called', detail: 'no check calls it' },
  );
}
