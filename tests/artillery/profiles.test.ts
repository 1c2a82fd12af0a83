/** The profiles that the suite brings: each can be run as it stands, says what it is for, and has its limits. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { httpJourneysFor } from '../../api/journeys/registry.ts';
import { checkEmbeddedNumbers } from '../../artillery/profile/accounts-needed.ts';
import { checkJourneys } from '../../artillery/profile/check-script.ts';
import { waitingNote, withLimitsNeeded } from '../../artillery/profile/limits-needed.ts';
import { planOf } from '../../artillery/profile/plan-of.ts';
import { roleOf, type Scenario, type Script, viaOf } from '../../artillery/profile/script.ts';
import { CHANGES } from '../../config/changes.ts';
import { type Environment, ROOT, readEnvironment } from '../../config/environment.ts';
import { loadEnvironments, STOCK_LIMITS } from '../../config/environments.ts';
import type { Role } from '../../config/roles.ts';
import { loadThresholds } from '../../config/thresholds.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { journeysOf } from '../../flows/registry.ts';

const FOLDER = join(ROOT, 'artillery');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'));
const thresholds = loadThresholds();

function read(file: string): { text: string; script: Script } {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return { text, script: parse(text) as Script };
}

/** As the embedded scheduler has them. */
function accounts(faculty: number, resident: number, admin = 6): Account[] {
  const numbers = { admin, coordinator: 6, faculty, resident };
  return Object.entries(numbers).flatMap(([role, count]) =>
    Array.from({ length: count }, (_, index) => ({
      role: role as Account['role'],
      username: `${role}${index}`,
      password: 'Never-Shown-1',
    })),
  );
}

/** Those that a scenario draws from and that change anything. */
function writingJourneys(scenario: Scenario): string[] {
  const { journeys: named } = scenario;
  const all: ReadonlyArray<{ name: string; changes: readonly string[] }> =
    viaOf(scenario) === 'browser'
      ? journeysOf(roleOf(scenario) as Role, [...CHANGES], named)
      : httpJourneysFor(roleOf(scenario) as Role, { only: named });
  return all.filter(({ changes }) => changes.length > 0).map(({ name }) => name);
}

describe('a profile that the suite brings', () => {
  for (const file of files) {
    const name = file.replace('.yml', '');
    it(`${name}: is distinguished, planned, and has enough accounts`, async () => {
      const { text, script } = read(file);
      assert.equal(script.config.plugins?.suite?.profile, name);
      const [header = ''] = text.split('\nconfig:');
      assert.match(header, /# .*\bWhen\b/s, 'says when to use it');
      assert.match(header, /# .*\bPasses\b/s, 'says what passes');
      assert.ok(header.includes(`npx artillery run artillery/${file}`), 'says how to run it');
      await checkJourneys(script, name, [...CHANGES]);
      for (const scale of [{}, { duration: 20 }, { vus: script.config.plugins?.suite?.users }]) {
        const plan = planOf(script, scale);
        const large = header.includes(`DATA_SIZE=large npx artillery run artillery/${file}`);
        const there = large ? accounts(60, 200, 20) : accounts(10, 30);
        assert.equal(checkEmbeddedNumbers(plan, there, large ? 'large' : 'medium'), undefined);
      }
    });

    it(`${name}: has limits of its own`, () => {
      const own = thresholds.get(name);
      assert.ok(own && own.thresholds.length > 0 && own.primary.length > 0);
    });
  }
});

describe('the probe of production', () => {
  const { script } = read('probe.yml');

  it('changes nothing: what it draws from where all may be changed, it draws from where nothing may be', async () => {
    const { users } = planOf(script, {});
    assert.ok(users <= (loadEnvironments().production?.maxUsers ?? 0));
    assert.deepEqual(script.scenarios?.map(writingJourneys), [[], []]);
    assert.deepEqual(
      await checkJourneys(script, 'probe', []),
      await checkJourneys(script, 'probe', [...CHANGES]),
    );
  });

  it('names each of its journeys, so that a new one of a role is not in it by itself', () => {
    for (const { journeys = [] } of script.scenarios ?? []) assert.ok(journeys.length > 0);
  });

  it('would be refused with a journey that writes, in a browser or over HTTP', async () => {
    for (const [engine, journey] of [
      ['playwright', 'request an absence'],
      ['api', 'request and withdraw an absence over HTTP'],
    ] as const) {
      const writes = { name: 'more', engine, weight: 1, flowFunction: 'resident', journeys: [journey] };
      assert.deepEqual(writingJourneys(writes), [journey]);
      await assert.rejects(
        checkJourneys({ ...script, scenarios: [...(script.scenarios ?? []), writes] }, 'probe', []),
        /^ConfigError: profile probe: scenario "more": journeys: /,
      );
    }
  });
});

describe('a profile that crosses rate limits', () => {
  const { script } = read('rate-limit.yml');
  const here = (more: Partial<Environment>) => ({ ...readEnvironment(), ...more }) as Environment;
  const asked = (environment: Environment, vus?: number, duration?: number) =>
    withLimitsNeeded(environment, script, planOf(script, { vus, duration }));

  it('has the embedded scheduler started with them', async () => {
    const { rateLimits } = await asked(here({ baseUrl: undefined, rateLimits: undefined }));
    assert.deepEqual(rateLimits, STOCK_LIMITS);
  });

  it('is refused where there are none, and for several users', async () => {
    const without = here({ baseUrl: 'http://127.0.0.1:9', environment: 'ci', rateLimits: undefined });
    await assert.rejects(asked(without), /^ConfigError: profile rate-limit: crosses .*, and ci has none/);
    await assert.rejects(
      asked(here({ rateLimits: STOCK_LIMITS }), 3),
      /would start 3 sessions, .*; leave VUS out$/,
    );
  });

  it('says beforehand how long it takes, and is refused where it would be cut off by its own waiting', async () => {
    const note = await waitingNote(script, planOf(script, {}));
    assert.match(note ?? '', /^rate-limit takes 5 min 30 s, most of it waiting until /);
    const limited = here({ rateLimits: STOCK_LIMITS });
    await assert.rejects(
      asked(limited, undefined, 60),
      /^ConfigError: DURATION: 60 s is too short for profile rate-limit, .* Leave DURATION out: it takes 5 min 30 s\.$/,
    );
    await assert.rejects(
      asked(limited, undefined, 1200),
      /would start \d+ sessions, .*; leave DURATION out$/,
    );
    assert.equal(await asked(limited, undefined, 360), limited);
  });

  it('leaves other profiles as they are', async () => {
    const { script: crud } = read('crud.yml');
    const environment = here({ rateLimits: undefined });
    assert.equal(await withLimitsNeeded(environment, crud, planOf(crud, {})), environment);
  });
});
