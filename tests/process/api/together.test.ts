/** Several users at one record: what the target promises is kept, and a promise that it breaks is found. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HttpWorker } from '../../../api/worker/handle.ts';
import { CHANGES } from '../../../config/changes.ts';
import type { AccountRole } from '../../../measure/run/samples.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';

let scheduler: Scheduler;
before(async () => {
  scheduler = await startScheduler();
});
after(() => scheduler?.stop());

const USERS = 4;

const plans = (journey: string) =>
  (['coordinator', 'admin', 'coordinator', 'admin'] as const).map((role) => ({ role, journey }));

/** Runs a session of each plan, all at a time. Gives the failed checks by name, and the counts. */
async function together(
  sessionsOf: ReadonlyArray<{ role: AccountRole; journey: string }>,
  faults: unknown[] = [],
) {
  await fetch(`${scheduler.url}/__faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  });
  const run = scheduler.runDir();
  const thread = new HttpWorker({
    runDir: run.path,
    apiUrl: scheduler.apiUrl,
    seed: 1,
    runId: '2026-11-23T15-00-00Z-test',
    thinkFactor: 0.05,
    mayChange: CHANGES,
  });
  const sessions = sessionsOf.map(async ({ role, journey }, index) => {
    const account = scheduler.pool.take(role);
    const id = `t${index + 1}`;
    const plan = {
      id,
      name: 'at one record',
      role,
      via: 'http',
      journeys: 1,
      seed: 1,
      only: [journey],
    } as const;
    const end = await thread.run(plan, account);
    scheduler.pool.give(account);
    return end;
  });
  const ends = await Promise.all(sessions);
  await thread.stop();
  const counts = new Map<string, number>();
  const failed = new Set<string>();
  for (const sample of run.samples()) {
    if (sample.kind === 'count') counts.set(sample.name, (counts.get(sample.name) ?? 0) + sample.value);
    if (sample.kind === 'check' && !sample.ok) failed.add(sample.name);
  }
  return { ends, counts, failed: [...failed].sort() };
}

const EDITING = 'edit an assignment concurrently over HTTP';
const PLANNING = 'assign one half-day concurrently over HTTP';

test('no acknowledged edit is lost where versions are kept, and conflicts are reported', async () => {
  const { ends, counts, failed } = await together(plans(EDITING));
  assert.deepEqual(failed, []);
  assert.ok(
    ends.every(({ ok }) => ok),
    JSON.stringify(ends),
  );
  assert.equal(counts.get('edits made'), 3 * USERS);
  assert.equal(counts.get('edits lost'), 0);
  assert.ok((counts.get('edit conflicts') ?? 0) > 0, 'they did meet');
  assert.equal(counts.get('users editing one record'), USERS);
});

test('users who edit alone, one after the other, are not counted as users editing one record', async () => {
  for (const plan of plans(EDITING).slice(0, 2)) {
    const { counts } = await together([plan]);
    assert.equal(counts.get('edits made'), 3);
    assert.equal(counts.get('users editing one record'), undefined);
  }
});

test('a target that acknowledges an edit and does not keep it is found', async () => {
  const { counts, failed } = await together(plans(EDITING), [
    { route: 'PUT /api/v1/batch/update', lostUpdate: true },
  ]);
  assert.ok(failed.includes('acknowledged edit is stored'), failed.join(', '));
  assert.ok(failed.includes('no edit is lost'), failed.join(', '));
  assert.ok((counts.get('edits lost') ?? 0) > 0);
});

test('of several same plans one is made; one that is acknowledged and not kept is found', async () => {
  const good = await together(plans(PLANNING));
  assert.deepEqual(good.failed, []);
  assert.equal(good.counts.get('duplicate assignments found'), 0);
  const lost = await together(plans(PLANNING), [{ route: 'POST /api/v1/batch/create', lostUpdate: true }]);
  assert.ok(lost.failed.includes('one of several equal assignments is created'), lost.failed.join(', '));
});

test('an edit or withdrawal that is acknowledged and not kept is found by each journey that makes one', async () => {
  const lost = ['PUT', 'DELETE'].map((method) => ({ route: `${method} /api/v1/*`, lostUpdate: true }));
  const { failed } = await together(
    [
      { role: 'resident', journey: 'request and withdraw an absence over HTTP' },
      { role: 'coordinator', journey: 'manage a rotation over HTTP' },
      { role: 'coordinator', journey: 'manage a person over HTTP' },
      { role: 'coordinator', journey: 'manage an assignment over HTTP' },
      { role: 'coordinator', journey: 'generate a schedule over HTTP' },
    ],
    lost,
  );
  assert.deepEqual(failed, [
    'absence is stored as edited',
    'assignment is deleted',
    'assignment is stored as edited',
    'discarded draft is not listed',
    'person is stored as edited',
    'removed person is not listed',
    'removed rotation is not listed',
    'rotation is stored as edited',
    'withdrawn absence is gone',
  ]);
});
