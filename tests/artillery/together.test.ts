import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dealAccounts } from '../../artillery/parts/deal-accounts.ts';
import { checkTogether, shareSignIns } from '../../artillery/parts/may-run-together.ts';
import { ProgressLine } from '../../artillery/parts/progress-line.ts';
import { checkAccountNumbers } from '../../artillery/profile/accounts-needed.ts';
import { nameForPart } from '../../artillery/profile/name-for-part.ts';
import { planOf } from '../../artillery/profile/plan-of.ts';
import type { Script } from '../../artillery/profile/script.ts';
import { aboutProfile, profileFiles } from '../../cli/run/profiles.ts';
import { readEnvironment, signInsPerMinute } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { asPartOfRun } from '../../config/part-of-run.ts';
import { loadThresholds, thresholdsFor } from '../../config/thresholds.ts';

function script(profile: string, users: number): Script {
  return {
    config: {
      plugins: { suite: { profile, users } },
      phases: [{ name: 'steady', duration: 60, users: { residents: users } }],
    },
    scenarios: [{ name: 'residents', engine: 'api', flowFunction: 'resident' }],
  };
}

const residents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    role: 'resident' as const,
    username: `r${index}`,
    password: 'p',
  }));
const plan = (profile: string, users: number) => planOf(script(profile, users), {});

test('phases and scenarios are named by their profile, and the plan still fits them', () => {
  const named = script('load', 3);
  nameForPart(named);
  const { phases, mix } = planOf(named, {});
  assert.equal(phases[0]?.name, 'load: steady');
  assert.deepEqual(phases[0]?.users, { 'load: residents': 3 });
  assert.equal(mix[0]?.name, 'load: residents');
});

test('no account is dealt twice, and each profile has what it needs', () => {
  const dealt = dealAccounts([plan('a', 2), plan('b', 5)], residents(7));
  assert.deepEqual(
    dealt.accounts.map((own) => own.length),
    [2, 5],
  );
  assert.equal(new Set(dealt.accounts.flat().map(({ username }) => username)).size, 7);
  assert.equal(dealt.used.get('resident'), 7);
});

test('too few accounts for all together are refused, with role and number', () => {
  const plans = [plan('a', 2), plan('b', 5)];
  assert.doesNotThrow(() => checkAccountNumbers(plans, residents(7), 'x.yml'));
  assert.throws(
    () => checkAccountNumbers(plans, residents(6), 'x.yml'),
    /too few for a \+ b with 7 concurrent users: 7 of role resident needed, 6 there/,
  );
});

test('sign-ins a minute are shared in whole ones; fewer than profiles are refused', () => {
  const environment = (pace: string) => readEnvironment({ PACE_SIGN_INS: pace });
  assert.deepEqual(shareSignIns(environment('30'), [plan('a', 2), plan('b', 4)]), [10, 20]);
  assert.throws(() => shareSignIns(environment('1'), [plan('a', 1), plan('b', 1)]), /2 profiles at once/);
  assert.equal(shareSignIns(readEnvironment({}), [plan('a', 2)]), undefined);
});

test('a part knows its share before it plans: it is as long as its own sign-ins take', () => {
  const part = readEnvironment(asPartOfRun('p1-', 3));
  assert.equal(signInsPerMinute(part), 3);
  assert.equal(signInsPerMinute(readEnvironment(asPartOfRun('p1-', undefined))), undefined);
});

test('profiles that look for a limit, cross one or have one name are refused; others may run', () => {
  const all = loadThresholds();
  const check = (names: string[], crossesLimits = false) =>
    checkTogether(
      readEnvironment({}),
      names.map((name) => ({ plan: plan(name, 2), crossesLimits })),
      names.map((name) => thresholdsFor(all, [name]).thresholds),
    );
  assert.doesNotThrow(() => check(['load', 'spike']));
  assert.throws(() => check(['load', 'stress']), /stress looks for the target's limit/);
  assert.throws(() => check(['load', 'load']), /two of the files are profile load/);
  assert.throws(() => check(['load', 'spike'], true), /crosses the target's rate limits/);
});

test('profiles are found by name or path; misspelt, doubled and missing ones are refused', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'compliance.yml'), '# Does it hold\n# at all? More.\nconfig: {}\n');
  writeFileSync(join(folder, 'load.yml'), 'config: {}\n');
  assert.deepEqual(
    profileFiles(['load', join(folder, 'compliance.yml')], folder).map(({ name }) => name),
    ['load', 'compliance'],
  );
  assert.equal(aboutProfile('compliance', folder), 'Does it hold at all?');
  const refused = (words: string[], message: RegExp) =>
    assert.throws(
      () => profileFiles(words, folder),
      (error) => error instanceof ConfigError && message.test(error.message),
    );
  refused(['complience'], /no such profile; did you mean compliance\?/);
  refused(['load', 'load'], /named twice/);
  refused(['load', join(folder, 'load.yml')], /named twice/);
  refused([join(folder, 'none.yml')], /no such file/);
  refused([], /which profile\? There are compliance, load/);
});

test('the line of several profiles counts nobody of one that has ended, and still what they did', (t) => {
  const printed = t.mock.method(console, 'log', () => undefined);
  const line = new ProgressLine();
  const now = (users: number, browserUsers: number, sessions: number) => ({
    users,
    browserUsers,
    sessions,
    requests: 10 * sessions,
    failed: 0,
  });
  line.tell('smoke', now(2, 1, 4));
  line.tell('crud', now(5, 0, 1));
  line.left('smoke');
  line.tell('crud', now(5, 0, 3));
  const [said] = printed.mock.calls.map((call) => String(call.arguments[0]).trim());
  assert.equal(said, '5 concurrent users (0 in browsers) · 7 sessions ended · 70 API requests · 0 failed');
});
