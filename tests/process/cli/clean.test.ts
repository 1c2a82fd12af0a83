/** `npx loadtest clean` takes away what runs left, and nothing else. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ApiClient } from '../../../api/client/api-client.ts';
import * as absences from '../../../api/operations/absences.ts';
import * as batch from '../../../api/operations/batch.ts';
import * as blocks from '../../../api/operations/blocks.ts';
import * as people from '../../../api/operations/people.ts';
import * as portal from '../../../api/operations/portal.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { temporaryFolder, writeAccounts } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';

let scheduler: EmbeddedScheduler;
let api: ApiClient;
before(async () => {
  scheduler = await startEmbeddedScheduler({
    size: 'small',
    settings: { SCHEDULER_PASSWORD_COST_MS: '1' },
  });
  api = new ApiClient({
    apiUrl: `${scheduler.url}/api/v1`,
    recorder: { write: () => undefined },
    context: { session: 'test', role: 'admin' },
  });
  const admin = scheduler.accounts.find(({ role }) => role === 'admin');
  assert.ok(admin);
  await api.signIn(admin.username, admin.password);
});
after(async () => {
  await api?.close();
  await scheduler?.stop();
});

async function enterAbsence(notes: string): Promise<string> {
  const { data } = await api.request(people.list);
  const { data: made } = await api.request(absences.create, {
    body: {
      person_id: data.items[0]?.id ?? '',
      absence_type: 'vacation',
      start_date: '2027-02-01',
      end_date: '2027-02-02',
      notes,
      is_away_from_program: true,
    },
    expect: [201],
  });
  return made.id;
}

async function planAssignment(notes: string): Promise<void> {
  const { data: known } = await api.request(people.residents);
  const { data: calendar } = await api.request(blocks.list);
  // Somebody has nothing planned in some block.
  for (const { id } of calendar.items) {
    const assignment = { block_id: id, person_id: known.items[0]?.id ?? '', role: 'backup' as const, notes };
    const body = { assignments: [assignment] };
    if ((await api.request(batch.create, { body, mayFail: true })).ok) return;
  }
  assert.fail('no block is free');
}

/** A faculty member asks a colleague for a swap of a week. */
async function requestSwap(reason: string): Promise<{ colleague: string }> {
  const [asking, asked] = scheduler.accounts.filter(({ role }) => role === 'faculty');
  assert.ok(asking && asked);
  const [mine, theirs] = [asking, asked].map(
    (account) =>
      new ApiClient({
        apiUrl: scheduler.apiUrl,
        recorder: { write: () => undefined },
        context: { session: account.username, role: 'faculty' },
      }),
  );
  assert.ok(mine && theirs);
  await mine.signIn(asking.username, asking.password);
  await theirs.signIn(asked.username, asked.password);
  const { data: schedule } = await mine.request(portal.mySchedule);
  const { data: target } = await theirs.request(portal.mySchedule);
  const week = schedule.fmit_weeks.find(({ can_request_swap: can }) => can)?.week_start ?? '';
  await mine.request(portal.requestSwap, {
    body: { week_to_offload: week, preferred_target_faculty_id: target.faculty_id, reason },
  });
  await Promise.all([mine.close(), theirs.close()]);
  return { colleague: asked.username };
}

const noteOf = async () => (await api.request(absences.list)).data.items.map(({ notes }) => notes);

test('what carries the prefix goes, what people entered stays; a dry run removes nothing', async (t) => {
  const folder = temporaryFolder(t);
  const settings = {
    BASE_URL: scheduler.url,
    ENVIRONMENT: 'local',
    ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
    REPORTS_DIR: join(folder, 'reports'),
  };
  await enterAbsence('perf-2026-11-23t15-00-r1-b1-absence1');
  await enterAbsence('my perf review');
  await enterAbsence('perf-improvement-plan meeting');
  // A run that noted where something is, but not under a name of the suite's.
  const noted = await enterAbsence('noted by a run');
  const run = join(folder, 'reports', 'some-run');
  mkdirSync(run, { recursive: true });
  const leftover = { what: 'absences', name: 'noted by a run', path: `/absences/${noted}`, why: 'killed' };
  writeFileSync(
    join(run, 'leftovers.json'),
    JSON.stringify({ target: scheduler.url, leftovers: [{ ...leftover, canBeUndone: true }] }),
  );

  await planAssignment('perf-2026-11-23t15-00-r1-h2-assignment1');

  const dry = await explained(['clean', '--dry-run'], settings);
  assert.match(dry.said, /would remove absence: perf-2026-11-23t15-00-r1-b1-absence1/);
  assert.match(dry.said, /would remove assignment: perf-2026-11-23t15-00-r1-h2-assignment1/);
  assert.match(dry.said, /would remove 3, could not remove 0/);
  assert.equal(dry.code, 0);
  assert.ok((await noteOf()).includes('perf-2026-11-23t15-00-r1-b1-absence1'));

  const real = await explained(['clean', '--environment', 'local'], settings);
  assert.match(real.said, /removed 3, could not remove 0/);
  assert.equal(real.code, 0);
  const notes = await noteOf();
  assert.ok(!notes.some((note) => note?.startsWith('perf-2026') || note === 'noted by a run'), notes.join());
  for (const theirs of ['my perf review', 'perf-improvement-plan meeting'])
    assert.ok(notes.includes(theirs), `somebody else’s note that only sounds like it: ${theirs}`);

  const again = await explained(['clean'], settings);
  assert.match(again.said, /removed 0, could not remove 0/);
});

test('open swap requests are declined by the colleague they went to; without that account they are listed', async (t) => {
  const reason = 'Moving house (perf-2026-11-23t15-00-r1-h1-swap1)';
  const { colleague } = await requestSwap(reason);
  await requestSwap('A real reason');
  const folder = temporaryFolder(t);
  const clean = async (accounts: typeof scheduler.accounts) =>
    explained(['clean'], {
      BASE_URL: scheduler.url,
      ENVIRONMENT: 'local',
      ACCOUNTS_FILE: writeAccounts(folder, accounts),
      REPORTS_DIR: join(folder, 'reports'),
    });
  const without = await clean(scheduler.accounts.filter(({ username }) => username !== colleague));
  assert.match(without.said, /^kept swap request: Moving house .*no account of theirs is in the file/m);
  const withThem = await clean(scheduler.accounts);
  assert.match(withThem.said, /^removed swap request \(declined\): Moving house/m);
  const again = await clean(scheduler.accounts);
  assert.doesNotMatch(again.said, /swap request/);
  const { data } = await api.request(portal.marketplace);
  assert.deepEqual(
    data.entries.map((entry) => entry.reason),
    ['A real reason'],
    'what people asked for is theirs',
  );
});

test('a user’s mistake is one line, exit code 2', async (t) => {
  const folder = temporaryFolder(t);
  const good = {
    BASE_URL: scheduler.url,
    ENVIRONMENT: 'local',
    ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
  };
  const cases: Array<[words: string[], settings: Record<string, string>, says: RegExp]> = [
    [['clean'], {}, /^loadtest clean: the embedded scheduler forgets everything .*set BASE_URL$/],
    [['clean', '--al'], good, /^loadtest clean: unknown option '--al'\. See `npx loadtest clean --help`\.$/],
    [
      ['clen'],
      {},
      /^loadtest: unknown command 'clen'\. Did you mean clean\? The commands are run, .*\. See `npx loadtest --help`\.$/,
    ],
    [
      ['clean', '--run', '/nowhere'],
      good,
      /^\/nowhere\/leftovers\.json: not found: .*pass a different --run$/,
    ],
  ];
  for (const [words, settings, says] of cases) {
    const { code, said } = await explained(words, settings);
    assert.match(said.trim(), says);
    assert.equal(code, 2, said);
  }
});

test('help names each command, and each command’s help shows an example', async () => {
  const { said, code } = await explained([]);
  assert.match(said, /clean {5,}remove what runs left/);
  assert.equal(code, 0);
  assert.match((await explained(['clean', '--help'])).said, /Example:\n {2}npx loadtest clean/);
});
