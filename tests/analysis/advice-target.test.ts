/** Rules about the target as a whole: each finds what it is for, nothing in its absence, and nothing in too few. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { LevelEnded } from '../../measure/run/findings.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { about, advised, call } from './advised.ts';
import { START, temporaryDirectory } from './synthetic-run.ts';

const ALONE = { alone: true };

describe('blocked-event-loop', () => {
  /** A call of 1 s each 5 s, and four others that are sent while it runs and answered `after` ms from its begin. */
  const holds = (count: number, after: (sent: number) => number): Sample[] =>
    Array.from({ length: count }, (_, index) => {
      const begun = 1000 + 5000 * index;
      const others = [150, 300, 450, 600].map((at) =>
        call('people.list', begun, { at, ms: after(at) - at, via: 'http', session: 'h0' }),
      );
      const alone = [1500, 2000, 2500, 3000].map((at) => call('people.list', begun, { at, session: 'h0' }));
      return [call('reports.build', begun, { ms: 1000, via: 'http', session: 'h1' }), ...others, ...alone];
    }).flat();

  it('names the operation that all others wait for, how many did, and what they lost', async () => {
    const [found, ...others] = await advised(
      'blocked-event-loop',
      holds(8, () => 1004),
      ALONE,
    );
    assert.deepEqual(others, []);
    assert.match(
      found?.finding ?? '',
      /^While reports\.build runs .* 32 of 32 calls of 1 other operation came/,
    );
    assert.deepEqual([found?.about, found?.n, found?.requestIds?.length], ['reports.build', 32, 3]);
    assert.ok((found?.gain ?? 0) > 32 * 500 && (found?.gain ?? 0) < 32 * 700, `${found?.gain}`);
  });
  it('is silent where the others are answered meanwhile, or half of them by another process', async () => {
    assert.deepEqual(
      await advised(
        'blocked-event-loop',
        holds(8, (sent) => sent + 20),
        ALONE,
      ),
      [],
    );
    const half = holds(8, (sent) => (sent === 150 || sent === 450 ? sent + 20 : 1004));
    assert.deepEqual(await advised('blocked-event-loop', half, ALONE), []);
  });
  it('is silent with sixteen calls of others', async () => {
    assert.deepEqual(
      await advised(
        'blocked-event-loop',
        holds(4, () => 1004),
        ALONE,
      ),
      [],
    );
  });
});

describe('saturated-pool', () => {
  /** Calls of 100 ms each to a target that serves `places` of them at a time, at 6, 15 and then 30 a second. */
  const served = (places: number, seconds = [20, 10, 35]): Sample[] => {
    const free = Array<number>(places).fill(0);
    return [6, 15, 30].flatMap((rate, phase) => {
      const from = seconds.slice(0, phase).reduce((sum, one) => sum + one, 0);
      return Array.from({ length: rate * (seconds[phase] ?? 0) }, (_, index) => {
        const sent = 1000 * (from + index / rate);
        const place = free.indexOf(Math.min(...free));
        const ended = Math.max(sent, free[place] ?? 0) + 100;
        free[place] = ended;
        return call('reports.read', sent, { ms: ended - sent, via: 'http', session: 'h0' });
      });
    });
  };

  it('finds how many are served at a time', async () => {
    const [found] = await advised('saturated-pool', served(2), { alone: true, seconds: 90 });
    const [places] = found?.figures ?? [];
    assert.ok(Math.abs((places?.value ?? 0) - 2) < 0.2, found?.finding);
    assert.match(found?.action ?? '', /a limit of about 2:/);
    assert.ok((found?.gain ?? 0) > 0);
  });
  it('is silent where answers grow with what is asked', async () => {
    assert.deepEqual(
      await advised('saturated-pool', served(10, [30, 20, 38]), { alone: true, seconds: 90 }),
      [],
    );
  });
  it('is silent in less than a minute', async () => {
    assert.deepEqual(await advised('saturated-pool', served(2, [15, 10, 20]), ALONE), []);
  });
});

describe('throughput-knee', () => {
  const SECONDS = 5;
  /** Levels of users, and requests at the rate that each has. */
  const levels = (
    users: readonly number[],
    rate: (users: number) => number,
    data: Partial<LevelEnded> = {},
  ): Sample[] =>
    users.flatMap((count, index): Sample[] => {
      const [from, to] = [index * SECONDS * 1000, (index + 1) * SECONDS * 1000];
      const answers = Math.round(rate(count) * SECONDS);
      const ended: LevelEnded = {
        ...{ users: { 'swaps over HTTP': count }, from: START + from, to: START + to, ok: null, limits: [] },
        ...data,
      };
      return [
        ...Array.from({ length: answers }, (_, at) =>
          call('reports.read', from, {
            at: (at / answers) * SECONDS * 1000 - 10,
            ms: 10,
            via: 'http',
            session: 'h0',
          }),
        ),
        { t: START + to, kind: 'event', name: 'level-ended', phase: `step ${index}`, data: ended },
      ];
    });
  const USERS = [5, 10, 15, 20, 30, 40, 50, 60];
  /** Knee at √(0.98 ÷ 0.0008) = 35 users. */
  const law = (n: number) => (2 * n) / (1 + 0.02 * (n - 1) + 0.0008 * n * (n - 1));

  it('finds the knee, its interval, the headroom and what users waited beyond it', async () => {
    const [found] = await advised('throughput-knee', levels(USERS, law), ALONE);
    const [knee, headroom] = found?.figures ?? [];
    const [low = 0, high = 0] = knee?.ci ?? [];
    assert.ok(Math.abs((knee?.value ?? 0) - 35) < 2, found?.finding);
    assert.ok(Number(low) < 35 && Number(high) > 35 && Number(high) - Number(low) < 10, `${low} to ${high}`);
    assert.ok(Math.abs((headroom?.value ?? 0) - (35 / 60 - 1)) < 0.04, `${headroom?.value}`);
    assert.ok((found?.gain ?? 0) > 0);
    assert.match(found?.finding ?? '', /this run had up to 60, more than it can use\.$/);
  });
  it('names the headroom over the users that the environment expects at its peak', async () => {
    const environments = join(temporaryDirectory(), 'environments.yml');
    writeFileSync(environments, 'embedded: {}\nlocal: { expectedPeak: 70 }\n');
    const [found] = await advised('throughput-knee', levels(USERS, law), { ...ALONE, environments });
    assert.match(
      found?.finding ?? '',
      / At its peak 70 users are expected: the knee has (49|50|51) % fewer\.$/,
    );
    assert.match(
      found?.action ?? '',
      /^Plan for at most \d+ users of this kind, fewer than the 70 expected; add/,
    );
    const headroom = found?.figures.find(({ name }) => name === 'headroom over the expected peak');
    assert.ok(Math.abs((headroom?.value ?? 0) + 0.5) < 0.03, `${headroom?.value}`);
  });
  it('is silent where throughput only grows, where no law fits, and where the generator was saturated', async () => {
    const zigzag = (n: number) => (USERS.indexOf(n) % 2 === 0 ? 12 : 30);
    for (const samples of [
      levels(USERS, (n) => n / 2),
      levels(USERS, zigzag),
      levels(USERS, law, { generator: ['CPU at 99 %'] }),
    ])
      assert.deepEqual(await advised('throughput-knee', samples, ALONE), []);
  });
  it('is silent with five levels, and where the knee would be far beyond the last', async () => {
    assert.deepEqual(await advised('throughput-knee', levels(USERS.slice(0, 5), law), ALONE), []);
    const early = levels([2, 4, 6, 8, 10, 12], (n) => 5 * law(n));
    assert.deepEqual(await advised('throughput-knee', early, ALONE), []);
  });
});

describe('ranking', () => {
  it('puts what gives most time back first, and what gives none last', async () => {
    const { tryLimits } = await import('../../analysis/conclude.ts');
    const { healthySamples, runDirectory, runJson } = await import('./synthetic-run.ts');
    const slow = Array.from({ length: 20 }, (_, index) =>
      call('reports.read', 1000 + 2000 * index, { ms: 900, ttfb: 50, bytes: 500_000 }),
    );
    const refused = Array.from({ length: 25 }, (_, index) =>
      call('people.read', 500 + 2000 * index, index < 6 ? { status: 429, ok: false } : {}),
    );
    const { advice = [] } = await tryLimits(
      runDirectory(runJson(), [...healthySamples(), ...refused, ...slow]),
      {},
    );
    const gains = advice.map(({ gain }) => gain ?? -1);
    assert.deepEqual(
      gains,
      [...gains].sort((one, other) => other - one),
    );
    assert.ok(about('reports.read', advice).some(({ rule }) => rule === 'large-answers'));
    assert.equal(advice.at(-1)?.gain, null);
  });
  it('says nothing of an invalid run', async () => {
    await assert.rejects(
      advised('large-answers', [
        { t: START + 9000, kind: 'event', name: 'target-died', data: { how: 'its process ended' } },
      ]),
      /invalid/,
    );
  });
});
