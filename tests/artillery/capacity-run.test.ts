import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacityPlanOf } from '../../artillery/profile/capacity-plan.ts';
import type { Plan } from '../../artillery/profile/plan.ts';
import { type Means, searchCapacity } from '../../artillery/steering/capacity-run.ts';
import type { JudgedLevel } from '../../artillery/steering/level.ts';
import { steeringOf } from '../../artillery/steering/steering-context.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';

const HTTP = 'residents over HTTP';
const OPTIONS = { scenario: HTTP, from: 2, most: 200, hold: 30_000, settle: 5000 };

/** A run in which time passes at once: users come and go 3 s after they are asked to, `limit` of them are carried. */
function pretended(
  limit: number,
  { accounts = 1000, samplesAfterMs = 0, leaves = true, strength = 1000 } = {},
) {
  let now = 0;
  let [wanted, before, changed] = [0, 0, 0];
  const told: Array<{ level: string; ended: JudgedLevel }> = [];
  const means: Means = {
    hold: (users) => {
      if (users[HTTP] === wanted) return;
      before = wanted;
      wanted = users[HTTP] ?? 0;
      changed = now;
    },
    presence: () => ({
      held: wanted,
      missing: now < changed + 3000 ? Math.max(0, wanted - before) : Math.max(0, wanted - accounts),
      leaving: now < changed + 3000 || !leaves ? Math.max(0, before - wanted) : 0,
    }),
    wait: async (ms) => {
      now += ms;
    },
    now: () => now,
    judge: (users, { from, to }) => {
      assert.ok(from >= changed + 3000 + OPTIONS.settle, 'users came while it was looked at');
      const load = (users[HTTP] ?? 0) / (limit + 0.5);
      const ok = to - from < samplesAfterMs ? null : load <= 1;
      if (ok === false && (users[HTTP] ?? 0) > strength)
        return { users, from, to, ok: null, load, limits: [], generator: ['it was short of CPU'] };
      return { users, from, to, ok, load, limits: [] };
    },
    tell: (level, ended) => {
      told.push({ level, ended });
    },
  };
  return { means, told, now: () => now };
}

test('each level is looked at when its users are there, and reported with its time', async () => {
  const { means, told } = pretended(13);
  const { ended, levels } = await searchCapacity(OPTIONS, means, 3_600_000);
  assert.deepEqual(
    [ended.holds?.users, ended.breaks?.users, ended.confidence, ended.why],
    [13, 14, 'high', undefined],
  );
  assert.equal(levels, told.length);
  assert.deepEqual(
    told.slice(0, 2).map(({ level }) => level),
    ['level 1: 2 users', 'level 2: 4 users'],
  );
  for (const { ended: one } of told) assert.ok(one.to - one.from >= OPTIONS.hold);
});

test('when time is up it gives what it has, and says so', async () => {
  const { means, now } = pretended(13);
  const { ended } = await searchCapacity(OPTIONS, means, 240_000);
  assert.ok(now() <= 240_000);
  assert.deepEqual([ended.holds?.users, ended.breaks?.users, ended.confidence], [12, 14, 'low']);
  assert.match(ended.why ?? '', /time was up/);
});

test('users that cannot begin, or that do not leave, end the search: the level would be another one', async () => {
  const few = await searchCapacity(OPTIONS, pretended(100, { accounts: 20 }).means, 3_600_000);
  assert.deepEqual([few.ended.holds?.users, few.ended.breaks], [16, null]);
  assert.equal(few.ended.why, 'only 20 of 32 users could begin');
  const stuck = await searchCapacity(OPTIONS, pretended(13, { leaves: false }).means, 3_600_000);
  assert.match(stuck.ended.why ?? '', /users of the level before did not come to their end/);
});

test('a run that is interrupted keeps the answer that it has so far', async () => {
  const { means, now } = pretended(13);
  const { wait } = means;
  means.wait = async (ms) => {
    if (now() > 240_000) throw Object.assign(new Error('aborted'), { name: 'AbortError' });
    await wait(ms);
  };
  const { ended } = await searchCapacity(OPTIONS, means, 3_600_000);
  assert.deepEqual([ended.holds?.users, ended.confidence], [12, 'low']);
  assert.match(ended.why ?? '', /the run was ended before/);
});

test('a level with too few samples is kept for longer, and at last given up', async () => {
  const slow = pretended(3, { samplesAfterMs: 80_000 });
  const { ended } = await searchCapacity(OPTIONS, slow.means, 36_000_000);
  assert.deepEqual([ended.holds?.users, ended.breaks?.users], [3, 4]);
  const never = await searchCapacity(OPTIONS, pretended(3, { samplesAfterMs: 1e9 }).means, 36_000_000);
  assert.match(never.ended.why ?? '', /2 users gave too few samples/);
});

test('a level that breaks by the generator itself is none; the answer says from where on it cannot know', async () => {
  const weak = await searchCapacity(OPTIONS, pretended(40, { strength: 20 }).means, 36_000_000);
  assert.deepEqual([weak.ended.holds?.users, weak.ended.breaks], [40, null]);
  assert.equal(weak.ended.why, 'at 42 users the load generator was saturated: it was short of CPU');
  const strong = await searchCapacity(OPTIONS, pretended(13, { strength: 14 }).means, 36_000_000);
  assert.deepEqual(
    [strong.ended.holds?.users, strong.ended.breaks?.users, strong.ended.why],
    [13, 14, undefined],
  );
});

const PHASES: PlannedPhase[] = [{ name: 'search', duration: 1800, arrivals: {}, steered: true }];
const FACULTY = 'faculty over HTTP';
const SCENARIOS = [
  { name: HTTP, weight: 6 },
  { name: FACULTY, weight: 3 },
  { name: 'admins over HTTP', weight: 1 },
  { name: 'residents in the browser', weight: 1 },
];
const plan = (given: unknown, phases = PHASES, scale = { time: 1, users: 1 }) =>
  capacityPlanOf(given, phases, SCENARIOS, 'capacity', scale);

test('what a profile says of its search is read, and scaled by DURATION and VUS', () => {
  const written = {
    scenarios: [HTTP, 'residents in the browser'],
    most: { [HTTP]: 200, 'residents in the browser': 8 },
  };
  assert.deepEqual(
    plan(written)?.searches.map(({ from, most, hold, settle }) => [from, most, hold, settle]),
    [
      [2, 200, 30_000, 5000],
      [2, 8, 30_000, 5000],
    ],
  );
  assert.deepEqual(
    plan({ scenarios: [HTTP], from: 4, most: 200, hold: '20s' }, PHASES, { time: 0.1, users: 0.25 })
      ?.searches,
    [{ scenario: HTTP, from: 4, most: 50, hold: 2000, settle: 500 }],
  );
  assert.equal(plan(undefined, [{ name: 'steady', duration: 9, arrivals: {} }]), undefined);
});

test('mistakes in it are reported with the key, before anything starts', () => {
  for (const [given, hint] of [
    [undefined, /capacity: missing, and phase "search" is steered by it/],
    [
      { scenarios: ['residents over HTTPS'], most: 9 },
      /no scenario "residents over HTTPS".*residents over HTTP/,
    ],
    [{ scenarios: [HTTP], most: { other: 9 } }, /most: it says nothing of "residents over HTTP"/],
    [{ scenarios: [HTTP] }, /capacity\.most/],
    [
      { scenarios: [{ name: 'users', of: ['facultee over HTTP'] }], most: 9 },
      /did you mean faculty over HTTP/,
    ],
    [{ scenarios: [{ name: 'users' }], most: 9 }, /capacity\.scenarios\.0: .*for a mix/],
    [{ scenarios: [HTTP], most: 9, hlod: 3 }, /known are scenarios, from, most, hold, settle/],
    [{ scenarios: [HTTP], most: 9, hold: 'soon' }, /capacity\.hold: not a duration/],
  ] as const)
    assert.throws(() => plan(given), { name: 'ConfigError', message: hint });
  assert.throws(() => plan({ scenarios: [HTTP], most: 9 }, []), /mark one with steered: true/);
});

test('a mix is split by the weights of its scenarios at each level, and ends where the first of them runs out of accounts', async () => {
  const mix = { name: 'users over HTTP', of: ['admins over HTTP', FACULTY, HTTP] };
  const [search] = plan({ scenarios: [mix], from: 10, most: 200 })?.searches ?? [];
  assert.deepEqual(search?.of, { 'admins over HTTP': 1, [FACULTY]: 3, [HTTP]: 6 });

  const levels: Array<Record<string, number>> = [];
  const { means } = pretended(1000);
  let users = 0;
  means.hold = (held) => {
    levels.push(held);
    users = Object.values(held).reduce((sum, count) => sum + count, 0);
  };
  means.presence = () => ({ held: users, missing: 0, leaving: 0 });
  means.judge = (held, { from, to }) => ({ users: held, from, to, ok: users <= 20, limits: [] });
  const { ended } = await searchCapacity({ ...OPTIONS, ...search }, means, 3_600_000);
  assert.equal(ended.scenario, 'users over HTTP');
  assert.deepEqual(levels.slice(0, 2), [
    { 'admins over HTTP': 1, [FACULTY]: 3, [HTTP]: 6 },
    { 'admins over HTTP': 2, [FACULTY]: 6, [HTTP]: 12 },
  ]);

  const role = { [HTTP]: 'resident', [FACULTY]: 'faculty', 'admins over HTTP': 'admin' } as const;
  const planned = SCENARIOS.slice(0, 3).map(({ name }) => ({
    name,
    via: 'http' as const,
    role: role[name as keyof typeof role],
    share: 1 / 3,
  }));
  const accounts = Object.entries({ resident: 100, faculty: 100, admin: 4 }).flatMap(([who, count]) =>
    Array.from({ length: count }, (_, index) => ({
      role: who as 'resident' | 'faculty' | 'admin',
      username: `${who}${index}`,
      password: 'p',
    })),
  );
  const whole = { phases: PHASES, mix: planned, capacity: { searches: [search] } } as unknown as Plan;
  assert.equal(steeringOf(whole, [], accounts)?.capacity?.searches[0]?.most, 43);
});
