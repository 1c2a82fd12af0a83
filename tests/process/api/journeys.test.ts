/** Every journey against the embedded scheduler, in the thread that load uses. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { httpJourneys } from '../../../api/journeys/registry.ts';
import { HttpWorker } from '../../../api/worker/handle.ts';
import { CHANGES, type MayChange } from '../../../config/changes.ts';
import { isOurs } from '../../../fixtures/data/generate.ts';
import { LOST_AFTER_MS } from '../../../measure/health/heartbeat.ts';
import type {
  AccountRole,
  CheckSample,
  RequestSample,
  Role,
  Sample,
  SampleKind,
} from '../../../measure/run/samples.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';

let scheduler: Scheduler;
/** The thread in which each journey runs once: starting one takes longer than a journey. */
let shared: ReturnType<typeof startThread>;
before(async () => {
  scheduler = await startScheduler();
  shared = startThread();
});
after(async () => {
  await shared?.thread.stop();
  await scheduler?.stop();
});

const ofKind = <K extends SampleKind>(samples: Sample[], kind: K) =>
  samples.filter((sample): sample is Extract<Sample, { kind: K }> => sample.kind === kind);

function startThread(thinkFactor = 0, mayChange = CHANGES as MayChange, keep?: number) {
  const run = scheduler.runDir();
  const thread = new HttpWorker({
    runDir: run.path,
    apiUrl: scheduler.apiUrl,
    seed: 1,
    runId: '2026-11-23T15-00-00Z-test',
    thinkFactor,
    mayChange,
    keep,
    pace: { next: new SharedArrayBuffer(8), intervalMs: 1 },
  });
  return { run, thread };
}

const plan = (id: string, role: Role, only?: string[]) => ({
  id,
  name: `${role}s over HTTP`,
  role,
  via: 'http' as const,
  phase: 'steady',
  due: Date.now(),
  journeys: 1,
  seed: 1,
  only,
});

/** Requests of the samples and lines of the access log, matched by id. */
function assertSameAsLog(requests: RequestSample[], since: number): void {
  const logged = new Map(
    scheduler
      .accessLog()
      .slice(since)
      .map((line) => [line.id, line]),
  );
  const ids = requests.map(({ requestId }) => requestId ?? '');
  assert.equal(new Set(ids).size, ids.length, 'each request once');
  assert.deepEqual([...logged.keys()].sort(), [...ids].sort(), 'as many as the target saw, and the same');
  for (const sample of requests) {
    const line = logged.get(sample.requestId ?? '');
    assert.deepEqual([line?.method, line?.status], [sample.method, sample.status], sample.name);
  }
}

/** All samples of a session that has ended: the thread writes its last ones a moment later. */
async function samplesOf(session: string): Promise<Sample[]> {
  for (let patience = 100; patience > 0; patience -= 1) {
    const all = shared.run.samples().filter((sample) => 'session' in sample && sample.session === session);
    if (all.some(({ kind }) => kind === 'session')) return all;
    await wait(50);
  }
  throw new Error(`session ${session} has left no sample of itself`);
}

/** The target writes a line of its log a moment after its answer. A line too many fails this journey or the next. */
async function logged(count: number): Promise<void> {
  for (let patience = 100; patience > 0 && scheduler.accessLog().length < count; patience -= 1)
    await wait(20);
}

const DEFECTS: Record<string, string[]> = {
  'execute and roll back a swap over HTTP': ['swaps.execute 500', 'swaps.rollback 500'],
  'check work hours over HTTP': ['compliance.work hours 500'],
  'edit an assignment concurrently over HTTP': ['batch.update 500'],
  'assign one half-day concurrently over HTTP': ['batch.create 500'],
};

let sessions = 0;
// What crosses rate limits waits for minutes: artillery/rate-limit.yml runs it.
for (const journey of httpJourneys.filter(({ needs }) => needs === undefined)) {
  test(`${journey.name}: works, checks hold, and every request is on record once`, async () => {
    // Those made for one kind of load do the same whatever the role.
    for (const role of journey.onlyNamed ? journey.roles.slice(0, 1) : journey.roles) {
      const before = scheduler.accessLog().length;
      const account = scheduler.pool.take(role);
      const session = `a${++sessions}`;
      const end = await shared.thread.run(plan(session, role, [journey.name]), account);
      scheduler.pool.give(account);
      const samples = await samplesOf(session);
      await logged(before + ofKind(samples, 'request').length);
      const requests = ofKind(samples, 'request');
      assert.deepEqual(end, { ok: true, error: undefined });
      assert.deepEqual(
        ofKind(samples, 'check').filter((check: CheckSample) => !check.ok),
        [],
      );
      assert.deepEqual(
        ofKind(samples, 'journey').map(({ name, ok }) => [name, ok]),
        [[journey.name, true]],
      );
      assert.equal(ofKind(samples, 'session').length, 1);
      // The target counts each sign-in, the journey's own too.
      const signIns = requests.filter(({ name }) => name.startsWith('auth.login'));
      const turns = ofKind(samples, 'event').filter(({ name }) => name === 'sign-in-paced');
      assert.equal(turns.length, signIns.length);
      assert.ok(requests.some((request) => request.journey === journey.name));
      // The target's known defects are the only failures, and they are reported as what they are.
      const failed = new Set(requests.filter(({ ok }) => !ok).map(({ name, status }) => `${name} ${status}`));
      assert.deepEqual([...failed], DEFECTS[journey.name] ?? []);
      assertSameAsLog(requests, before);
    }
  });
}

test('absences, drafts, rotations and assignments are withdrawn: the target is as it was', async () => {
  const admin = scheduler.pool.take('admin');
  const login = await fetch(`${scheduler.apiUrl}/auth/login`, {
    method: 'POST',
    body: new URLSearchParams({ username: admin.username, password: admin.password }),
  });
  const { access_token } = (await login.json()) as { access_token: string };
  const read = async (path: string) => {
    const answer = await fetch(scheduler.apiUrl + path, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    return (await answer.json()) as { items: Array<Record<string, unknown>> };
  };
  scheduler.pool.give(admin);
  const absences = await read('/absences?page_size=500');
  assert.deepEqual(
    absences.items.filter(({ notes }) => String(notes).startsWith('perf-')),
    [],
  );
  assert.deepEqual((await read('/schedules/drafts?status=draft')).items, []);
  const templates = await read('/rotation-templates');
  assert.deepEqual(
    templates.items.filter(({ name }) => isOurs(String(name))),
    [],
  );
  const planned = await read('/assignments?page_size=5000');
  assert.deepEqual(
    planned.items.filter(({ notes }) => isOurs(String(notes))),
    [],
  );
});

test('a swap request of the suite is answered by the colleague it went to, and nobody else’s is', async () => {
  const token = async (account: typeof asking) => {
    const body = new URLSearchParams({ username: account.username, password: account.password });
    const answer = await fetch(`${scheduler.apiUrl}/auth/login`, { method: 'POST', body });
    return { authorization: `Bearer ${((await answer.json()) as { access_token: string }).access_token}` };
  };
  const read = async (path: string, headers: Record<string, string>) =>
    (await (await fetch(scheduler.apiUrl + path, { headers })).json()) as Record<string, never>;
  const incoming = async (of: Record<string, string>) =>
    ((await read('/portal/my/swaps', of)) as unknown as { incoming_requests: unknown[] }).incoming_requests;
  const asking = scheduler.pool.take('faculty');
  const headers = await token(asking);
  // The journey that requests a swap has run before and asked one of them.
  const taken = [scheduler.pool.take('faculty')];
  let asked = taken[0] as typeof asking;
  let theirs = await token(asked);
  while ((await incoming(theirs)).length > 0) {
    asked = scheduler.pool.take('faculty');
    taken.push(asked);
    theirs = await token(asked);
  }
  const { fmit_weeks: weeks } = (await read('/portal/my/schedule', headers)) as unknown as {
    fmit_weeks: Array<{ week_start: string; can_request_swap: boolean }>;
  };
  const { faculty_id: target } = (await read('/portal/my/schedule', theirs)) as unknown as {
    faculty_id: string;
  };
  const free = weeks.filter((week) => week.can_request_swap);
  for (const [index, reason] of [
    'Moving house (perf-2026-11-23t15-01-other-a1-swap1)',
    'A real one',
  ].entries()) {
    const made = await fetch(`${scheduler.apiUrl}/portal/my/swaps`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        week_to_offload: free[index]?.week_start,
        preferred_target_faculty_id: target,
        reason,
      }),
    });
    assert.equal(made.status, 200);
  }
  const { run, thread } = startThread();
  const only = ['answer a swap request over HTTP'];
  const first = await thread.run(plan('s1', 'faculty', only), asked);
  const second = await thread.run(plan('s2', 'faculty', only), asked);
  await thread.stop();
  for (const account of [asking, ...taken]) scheduler.pool.give(account);
  assert.deepEqual([first.ok, second.ok], [true, true]);
  const samples = run.samples();
  const answered = ofKind(samples, 'check').filter(({ name }) => name === 'swap has the answered status');
  assert.deepEqual(
    answered.map(({ ok, session }) => [ok, session]),
    [[true, 's1']],
  );
  const [, last] = ofKind(samples, 'journey');
  assert.equal(last?.cutShort?.code, 'no-swap-request');
  const id = crypto.randomUUID();
  const { incoming_requests: open } = (await read('/portal/my/swaps', {
    ...theirs,
    'x-request-id': id,
  })) as unknown as { incoming_requests: unknown[] };
  assert.equal(open.length, 1, 'the real request is still open');
  // The next test counts what the log has: this one's last line has to be there.
  while (!scheduler.accessLog().some((line) => line.id === id)) await wait(5);
});

test('sessions at the same time: all requests on record once, requests reported as they end', async () => {
  const before = scheduler.accessLog().length;
  const { run, thread } = startThread();
  const reported: string[] = [];
  thread.onRequests(({ times }) => {
    for (const [name, list] of Object.entries(times)) reported.push(...list.map(() => name));
  });
  const roles: AccountRole[] = ['resident', 'resident', 'resident', 'faculty', 'coordinator', 'admin'];
  const ends = await Promise.all(
    roles.map(async (role, index) => {
      const account = scheduler.pool.take(role);
      const end = await thread.run({ ...plan(`c${index}`, role), journeys: 3 }, account);
      scheduler.pool.give(account);
      return end;
    }),
  );
  await thread.stop();
  assert.deepEqual(
    ends,
    roles.map(() => ({ ok: true, error: undefined })),
  );
  const samples = run.samples();
  const requests = ofKind(samples, 'request');
  assertSameAsLog(requests, before);
  assert.deepEqual(reported.sort(), requests.map(({ name }) => name).sort());
  assert.equal(ofKind(samples, 'journey').length, roles.length * 3);
  const sessions = ofKind(samples, 'session');
  assert.deepEqual(new Set(sessions.map(({ session }) => session)).size, roles.length);
  assert.ok(sessions.every(({ ok, due, started }) => ok && due !== undefined && started >= due));
});

test('a faculty member without a free week left goes on without a request', async () => {
  const { run, thread } = startThread();
  const account = scheduler.pool.take('faculty');
  const journeys = 12;
  const end = await thread.run({ ...plan('f1', 'faculty', ['request a swap over HTTP']), journeys }, account);
  await thread.stop();
  scheduler.pool.give(account);
  assert.deepEqual(end, { ok: true, error: undefined });
  const samples = run.samples();
  const asked = ofKind(samples, 'request').filter(({ name }) => name === 'portal.request swap').length;
  const none = ofKind(samples, 'journey').filter(({ cutShort }) => cutShort !== undefined).length;
  assert.ok(none > 0, 'the weeks do run out');
  assert.equal(asked + none, journeys);
});

test('stopping in mid-session: interrupted, not failed; the absence is withdrawn all the same', async () => {
  const before = scheduler.accessLog().length;
  const { run, thread } = startThread(1);
  const account = scheduler.pool.take('resident');
  const created = new Promise<void>((resolve) =>
    thread.onRequests(({ times }) => {
      if (times['absences.create']) resolve();
    }),
  );
  const ended = thread.run(plan('s1', 'resident', ['request and withdraw an absence over HTTP']), account);
  await created;
  await thread.stop();
  scheduler.pool.give(account);
  const end = await ended;
  assert.deepEqual(end, { ok: false, error: 'the run was interrupted' });
  const samples = run.samples();
  const [session] = ofKind(samples, 'session');
  assert.deepEqual([session?.ok, session?.interrupted], [false, true]);
  assert.equal(ofKind(samples, 'journey')[0]?.interrupted, true);
  assert.deepEqual(ofKind(samples, 'error'), []);
  const requests = ofKind(samples, 'request');
  assert.deepEqual(
    requests.filter(({ ok }) => !ok),
    [],
  );
  assert.equal(requests.at(-1)?.name, 'absences.delete');
  assertSameAsLog(requests, before);
});

test('a wrong password is a failed session with its reason, and no journey', async () => {
  const { run, thread } = startThread();
  const account = { role: 'resident' as const, username: 'nobody', password: 'wr0ng-secret' };
  const end = await thread.run(plan('w1', 'resident'), account);
  await thread.stop();
  assert.equal(end.ok, false);
  assert.match(end.error ?? '', /auth\.login .*401 Incorrect username or password/);
  const samples = run.samples();
  assert.equal(ofKind(samples, 'journey').length, 0);
  assert.equal(ofKind(samples, 'session')[0]?.ok, false);
  assert.ok(!JSON.stringify(samples).includes('wr0ng-secret'));
  // The failure is reported with the session's requests, once.
  const errors = ofKind(samples, 'error');
  assert.deepEqual(
    errors.map(({ name, error, session, via }) => [name, error, session, via]),
    [['sign-in failed', end.error, 'w1', 'http']],
  );
  const har = errors[0]?.har ?? '';
  assert.match(har, /^artifacts\/auth-login-\w+-w1-\w+\.har$/);
  const text = readFileSync(join(run.path, har), 'utf8');
  const entries = JSON.parse(text).log.entries as Array<{ response: { status: number } }>;
  assert.deepEqual(
    entries.map(({ response }) => response.status),
    [401],
  );
  assert.ok(!text.includes('wr0ng-secret'));
});

test('with ARTIFACTS=0 a failure is reported all the same, and leaves no file', async () => {
  const { run, thread } = startThread(0, CHANGES, 0);
  await thread.run(plan('w2', 'resident'), { role: 'resident', username: 'nobody', password: 'no' });
  await thread.stop();
  assert.deepEqual(
    ofKind(run.samples(), 'error').map(({ name, har }) => [name, har]),
    [['sign-in failed', undefined]],
  );
});

test('read-only: nothing but reads reaches the target; a role with nothing to read is reported', async () => {
  const before = scheduler.accessLog().length;
  const { run, thread } = startThread(0, []);
  const account = scheduler.pool.take('admin');
  const end = await thread.run({ ...plan('r1', 'admin'), journeys: 6 }, account);
  const refused = await thread.run(
    plan('r2', 'faculty', ['request a swap over HTTP']),
    scheduler.pool.take('faculty'),
  );
  await thread.stop();
  scheduler.pool.give(account);
  assert.equal(end.ok, true);
  assert.match(
    refused.error ?? '',
    /no journey over HTTP for faculty among request a swap over HTTP where only this may be changed: nothing/,
  );
  assert.deepEqual(
    ofKind(run.samples(), 'error').map(({ name, session }) => [name, session]),
    [['session not started', 'r2']],
  );
  const calculations = [
    '/api/v1/auth/login',
    '/api/v1/auth/logout',
    '/api/v1/resilience/utilization-threshold',
  ];
  const writes = scheduler
    .accessLog()
    .slice(before)
    .filter(({ method, path }) => method !== 'GET' && !calculations.includes(path));
  assert.deepEqual(writes, []);
  assert.deepEqual(await thread.run(plan('r3', 'admin'), account), {
    ok: false,
    error: 'the thread of HTTP sessions has ended',
  });
});

test('a busy main thread does not show up as latency of the target', async () => {
  const { run, thread } = startThread();
  const account = scheduler.pool.take('resident');
  let started = () => {};
  const first = new Promise<void>((resolve) => {
    started = resolve;
  });
  thread.onRequests(() => started());
  const only = ['request and withdraw an absence over HTTP'];
  const ended = thread.run({ ...plan('m1', 'resident', only), journeys: 60 }, account);
  await first;
  const busyFrom = Date.now();
  const BUSY_MS = 1000;
  while (Date.now() - busyFrom < BUSY_MS);
  const busyUntil = Date.now();
  assert.equal((await ended).ok, true);
  await thread.stop();
  scheduler.pool.give(account);
  const during = ofKind(run.samples(), 'request').filter(({ t }) => t > busyFrom && t < busyUntil);
  assert.ok(during.length > 20, `${during.length} requests while the main thread was busy`);
  const longest = Math.max(...during.map(({ value }) => value));
  assert.ok(longest < BUSY_MS / 4, `longest request ${longest} ms`);
});

test('a thread that cannot start ends its sessions with the reason', async () => {
  const { apiUrl } = scheduler;
  const lost: object[] = [];
  const thread = new HttpWorker({
    runDir: '/nowhere/to/be/found',
    apiUrl,
    seed: 1,
    runId: '2026-11-23T15-00-00Z-test',
    thinkFactor: 0,
    mayChange: CHANGES,
  });
  thread.onLost((how) => lost.push(how));
  const [account] = scheduler.accounts;
  assert.ok(account);
  const end = await thread.run(plan('x1', account.role), account);
  assert.equal(end.ok, false);
  assert.match(end.error ?? '', /the thread of HTTP sessions failed: ENOENT/);
  await thread.stop();
  assert.match(JSON.stringify(lost), /^\[\{"why":"ENOENT[^}]*\}\]$/);
});

test('a thread that does not answer is ended, and its sessions with it; one that was stopped is not lost', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const [account] = scheduler.accounts;
  assert.ok(account);
  const lost: object[] = [];
  const { thread } = startThread();
  t.after(() => thread.stop());
  thread.onLost((how) => lost.push(how));
  const end = thread.run(plan('x2', account.role), account);
  // Nothing of it is heard meanwhile.
  t.mock.timers.tick(LOST_AFTER_MS);
  assert.match((await end).error ?? '', /^the thread of HTTP sessions did not answer for 15 s$/);
  assert.equal(JSON.stringify(lost), JSON.stringify([{ silentMs: LOST_AFTER_MS }]));
  const other = startThread().thread;
  other.onLost((how) => lost.push(how));
  await other.stop();
  assert.equal(lost.length, 1);
});
