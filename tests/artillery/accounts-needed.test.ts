/** How many accounts a profile needs, and that too few are reported before a run with the number needed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import {
  accountsNeeded,
  accountsUsed,
  checkAccountNumbers,
  checkEmbeddedNumbers,
  usersOf,
} from '../../artillery/profile/accounts-needed.ts';
import type { Phase } from '../../artillery/profile/phase.ts';
import type { Plan, Scale } from '../../artillery/profile/plan.ts';
import { arrivalOrder, planOf } from '../../artillery/profile/plan-of.ts';
import type { Script } from '../../artillery/profile/script.ts';
import { ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { seededRandom } from '../../fixtures/data/random.ts';

/** A session's length in a browser and over HTTP, s, as artillery/load.yml has it; each is 0.4 to 2 times that. */
const LENGTH = { browser: 22, http: 9 };

function profile(name: 'smoke' | 'load', scale: Scale = {}): Plan {
  return planOf(parse(readFileSync(join(ROOT, `artillery/${name}.yml`), 'utf8')), scale);
}

function accounts(numbers: Partial<Record<Account['role'], number>>): Account[] {
  return Object.entries(numbers).flatMap(([role, count]) =>
    Array.from({ length: count }, (_, i) => ({
      role: role as Account['role'],
      username: `${role}${i}`,
      password: 'Never-Shown-1',
    })),
  );
}

/** Most users of each role at a time when the plan is played with sessions of varying length. */
function peaks(plan: Plan, seed: number): Map<string, number> {
  const random = seededRandom(seed);
  const ends = new Map<string, number[]>();
  const most = new Map<string, number>();
  let begin = 0;
  for (const phase of plan.phases) {
    const order = arrivalOrder(phase, plan.mix);
    for (const [index, name] of order.entries()) {
      const { role = '', via = 'http' } = plan.mix.find((scenario) => scenario.name === name) ?? {};
      const now = begin + ((index + 0.5) * phase.duration) / order.length;
      const present = (ends.get(role) ?? []).filter((end) => end > now);
      present.push(now + LENGTH[via] * random.int(40, 200) * 0.01);
      ends.set(role, present);
      most.set(role, Math.max(most.get(role) ?? 0, present.length));
    }
    begin += phase.duration;
  }
  return most;
}

describe('accounts that a profile needs', () => {
  it('suffice for everybody who is there at a time, and are not many more', () => {
    for (const plan of [profile('smoke'), profile('load'), profile('load', { vus: 30 })]) {
      const needed = accountsNeeded(plan);
      assert.deepEqual([...needed.keys()].sort(), ['admin', 'coordinator', 'faculty', 'resident']);
      for (let seed = 1; seed <= 20; seed += 1) {
        for (const [role, most] of peaks(plan, seed)) {
          const number = needed.get(role as Account['role']);
          if (number === undefined) continue;
          assert.ok(most <= number, `${plan.profile}, ${role}: ${most} at a time, ${number} accounts`);
          assert.ok(number <= 2 * most + 2, `${plan.profile}, ${role}: ${number} accounts for ${most}`);
        }
      }
    }
  });

  it('are those of the phase with most of a role, never more than arrive, and one where nothing is known', () => {
    const scenario = (name: string) => ({ name, engine: 'api', flowFunction: name });
    const script = (users: number | undefined, arrivalCount: number): Script => ({
      config: {
        plugins: { suite: { profile: 'trial', users } },
        phases: [
          { name: 'residents', duration: 60, arrivalCount, scenarios: ['resident'] },
          { name: 'admins', duration: 60, arrivalCount: 2, scenarios: ['admin'] },
        ],
      },
      scenarios: [scenario('resident'), scenario('admin')],
    });
    // 9 users at a time, all of them residents, though admins come later: 9 + 2 × 3.
    assert.equal(accountsNeeded(planOf(script(9, 90), {})).get('resident'), 15);
    assert.equal(accountsNeeded(planOf(script(9, 90), { vus: 16 })).get('resident'), 24);
    assert.equal(accountsNeeded(planOf(script(9, 4), {})).get('resident'), 4);
    assert.equal(accountsNeeded(planOf(script(undefined, 90), {})).get('resident'), 1);
    assert.deepEqual(Object.fromEntries(accountsUsed(planOf(script(9, 90), {}))), { resident: 90, admin: 2 });
  });

  it('of looping users are exactly as many as loop, and those who leave while others come are counted too', () => {
    const script = (phases: Phase[], users = 0): Script => ({
      config: { plugins: { suite: { profile: 'trial', users } }, phases },
      scenarios: [
        { name: 'over HTTP', engine: 'api', weight: 3, flowFunction: 'resident' },
        { name: 'in the browser', engine: 'playwright', weight: 1, flowFunction: 'resident' },
        { name: 'admins', engine: 'api', weight: 1, flowFunction: 'admin' },
      ],
    });
    const needed = (phases: Phase[], users?: number, scale: Scale = {}) =>
      Object.fromEntries(accountsNeeded(planOf(script(phases, users), scale)));
    const hold = (users: Phase['users'], rampTo?: Phase['rampTo']): Phase => ({
      duration: 60,
      users,
      rampTo,
    });
    assert.deepEqual(needed([hold(20)]), { resident: 16, admin: 4 });
    assert.deepEqual(needed([hold(10), hold(10, 40), hold(5)], 10), { resident: 32, admin: 8 });
    assert.deepEqual(needed([hold(20)], 20, { vus: 40 }), { resident: 32, admin: 8 });
    assert.deepEqual(needed([hold({ 'over HTTP': 20 }), hold({ 'in the browser': 4 })]), {
      resident: 24,
      admin: 1,
    });
    // 20 who loop and 4 who arrive: 4 + 2 × 2.
    const both = { ...hold({ 'over HTTP': 20 }), arrivalCount: 60, scenarios: ['over HTTP', 'admins'] };
    assert.deepEqual(needed([both], 24), { resident: 20, admin: 8 });
    assert.equal(usersOf(planOf(script([hold(20)], 5), {})), 20, 'more than the profile says of itself');
    assert.equal(accountsUsed(planOf(script([hold(20)]), {})).get('resident'), Number.POSITIVE_INFINITY);
  });

  it('are asked of a file, with the number of each role that lacks some', () => {
    const plan = profile('load');
    const enough = Object.fromEntries(accountsNeeded(plan));
    checkAccountNumbers(plan, accounts(enough), 'accounts.yml');
    const { coordinator = 0, resident = 0 } = enough;
    assert.throws(
      () =>
        checkAccountNumbers(
          plan,
          accounts({ ...enough, coordinator: coordinator - 1, resident: 0 }),
          'accounts.yml',
        ),
      (error: Error) =>
        error instanceof ConfigError &&
        error.message ===
          `Accounts file accounts.yml: too few for load with 14 concurrent users: ${resident} of role resident needed, 0 there; ${coordinator} of role coordinator needed, ${coordinator - 1} there; add them (\`npx loadtest accounts --help\`)`,
    );
  });

  it('name a lower VUS only where it helps: one user of each kind comes whatever it is', () => {
    const refusal = (plan: Plan, there: Account[]) => {
      try {
        checkAccountNumbers(plan, there, 'accounts.yml');
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const eight = accounts({ admin: 3, coordinator: 3, faculty: 9, resident: 8 });
    assert.match(refusal(profile('load'), eight), /15 of role resident needed, 8 there; .*, or lower VUS$/);
    assert.equal(refusal(profile('load', { vus: 2 }), eight), '');
    const four = accounts({ admin: 1, coordinator: 1, faculty: 1, resident: 1 });
    for (const vus of [undefined, 1])
      assert.match(
        refusal(profile('smoke', { vus }), four),
        /2 of role resident needed, 1 there; .*--help`\)$/,
      );
  });

  it('of the embedded scheduler are refused where they certainly lack, and reported where they may', () => {
    const medium = accounts({ admin: 6, coordinator: 6, faculty: 10, resident: 30 });
    assert.equal(checkEmbeddedNumbers(profile('load'), medium, 'medium'), undefined);
    assert.match(
      checkEmbeddedNumbers(profile('load', { vus: 30 }), medium, 'medium') ?? '',
      /^the embedded scheduler with medium data has too few .* at busy moments, .*: 15 of role faculty needed, 10 there; set DATA_SIZE=large/,
    );
    assert.throws(
      () => checkEmbeddedNumbers(profile('load', { vus: 100 }), medium, 'medium'),
      /too few accounts for load with 100 concurrent users: .*30 of role faculty needed, 10 there; set DATA_SIZE=large, or lower VUS$/,
    );
    assert.throws(
      () => checkEmbeddedNumbers(profile('smoke'), [], 'medium'),
      /^ConfigError: ACCOUNTS_FILE: missing/,
    );
  });
});
