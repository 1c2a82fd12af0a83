/**
 * Journeys leave the target as they found it. Each that changes data runs once here;
 * `REPEAT=3 npm run test:journeys` runs every journey three times over.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { ROOT, readEnvironment } from '../../config/environment.ts';
import { journeys } from '../../flows/registry.ts';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { finishedRun, startPerf, temporaryFolder, writeAccounts } from '../artillery/suite-process.ts';

/** What may be otherwise afterwards, and why. */
const MAY_GROW: Record<string, string> = {
  token_blacklist: 'each sign-out blacklists its token',
  activity_log: 'the application logs what admins do; there is no way to delete a line',
  notifications: 'the application tells faculty of swap requests',
  schedule_runs: 'the history of generated schedules; a discarded draft keeps its run',
  swaps: 'the portal cannot take a request back (leftovers.json lists each)',
  idempotency: 'the answers to generations are kept for a day',
  resilience_health: 'each look at resilience is a measurement',
  vulnerability_records: 'each look at vulnerability is a record',
  schedule_drafts: 'a discarded draft stays as a row of status discarded',
};
/** Columns that using the application changes. */
const MAY_DIFFER: Record<string, string> = {
  last_login: 'each sign-in notes its time',
  updated_at: 'the time of the last write',
};

type Data = Record<string, Array<Record<string, unknown>>>;

async function dataOf(url: string): Promise<Data> {
  return (await (await fetch(`${url}/__data`)).json()) as Data;
}

/** Rows as texts, without what may differ. */
function rows(data: Data, table: string): string[] {
  return (data[table] ?? [])
    .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !(column in MAY_DIFFER))))
    .sort();
}

function missing(was: string[], is: string[]): string[] {
  const still = new Set(is);
  return was.filter((row) => !still.has(row));
}

it('people, users, absences, assignments, calls, templates and settings are afterwards as before', async (t) => {
  const folder = temporaryFolder(t);
  const scheduler = await startEmbeddedScheduler({ size: 'medium' });
  t.after(() => scheduler.stop());
  const before = await dataOf(scheduler.url);
  const { repeat } = readEnvironment();
  const changing = journeys.filter(({ changes }) => changes.length > 0).map(({ name }) => name);
  const perf = startPerf(
    repeat > 1 ? [] : ['--grep', changing.join('|')],
    {
      BASE_URL: scheduler.url,
      ENVIRONMENT: 'embedded',
      ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
      REPORTS_DIR: join(folder, 'reports'),
      THINK: '0',
      REPEAT: String(repeat),
    },
    ROOT,
    1_200_000,
  );
  await perf.ended;
  // How fast they were is not what this is about: a busy machine may break limits on times.
  const { summary } = finishedRun(join(folder, 'reports'));
  const { steps, sessions, checks } = summary.counts;
  assert.deepEqual([steps.failed - steps.excused, sessions.failed, checks.failed], [0, 0, 0], perf.output);
  assert.ok(summary.counts.changes.planned >= changing.length);
  assert.deepEqual(
    summary.leftovers.filter(({ canBeUndone }) => canBeUndone),
    [],
  );

  const after = await dataOf(scheduler.url);
  assert.ok(Object.keys(before).length > 15, 'the tables were seen');
  for (const table of Object.keys(before)) {
    const [was, is] = [rows(before, table), rows(after, table)];
    if (!(table in MAY_GROW)) assert.deepEqual(is, was, table);
    // Growing is all that it may: no row of before is gone or another.
    else assert.deepEqual(missing(was, is), [], table);
  }
  // Of drafts only discarded ones may be left; of swaps nothing but requests that are open.
  const open = (data: Data) => (data.schedule_drafts ?? []).filter(({ status }) => status === 'draft').length;
  assert.equal(open(after), open(before));
  const known = new Set((before.swaps ?? []).map(({ id }) => id));
  const added = (after.swaps ?? []).filter(({ id }) => !known.has(id)).map(({ status }) => status);
  assert.deepEqual(new Set(added), new Set(['pending']));
});
