/** Looping users: who was there, who was missing, and that their sessions stand in for nobody else's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { plannedPhase } from '../../analysis/report/planned-phase.ts';
import { arrivalsOf } from '../../analysis/summary/arrivals.ts';
import { peaks } from '../../analysis/summary/presence.ts';
import { collectSessions } from '../../analysis/summary/sessions.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, Sample, SessionSample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson } from './synthetic-run.ts';

const about = { via: 'http', phase: 'steady' } as const;
function session(
  id: string,
  place: number,
  started: number,
  ended: number,
): [EventSample<'session-started'>, SessionSample] {
  const data = { scenario: 'swaps over HTTP', place };
  return [
    { ...about, t: started, kind: 'event', name: 'session-started', session: id, data },
    {
      ...about,
      t: ended,
      kind: 'session',
      name: 'swaps over HTTP',
      session: id,
      started,
      value: ended - started,
      unit: 'ms',
      ok: true,
    },
  ];
}

test('a looping user is present while it thinks between two sessions; not after one that could not begin', () => {
  const sessions = collectSessions();
  const all = [
    session('h1', 1, 0, 1000),
    session('h2', 2, 0, 1000),
    session('h3', 1, 1500, 3000),
    session('h4', 2, 1600, 1600),
    session('h5', 2, 2600, 3000),
  ];
  for (const [start, end] of all) {
    sessions.events['session-started'](start);
    sessions.samples.session(end);
  }
  const changes = sessions.presence(3000);
  const presentAt = (t: number) =>
    changes.filter((change) => change.t <= t).reduce((sum, { by }) => sum + by, 0);
  assert.deepEqual([500, 1200, 1550, 1700, 2700].map(presentAt), [2, 2, 2, 1, 2]);
  assert.equal(peaks(changes).all, 2);
});

const HELD: Partial<RunJson> = {
  plan: {
    ...runJson().plan,
    phases: [
      {
        name: 'steady',
        duration: 60,
        arrivals: { 'residents in the browser': 4 },
        users: { 'swaps over HTTP': 10 },
      },
    ],
  },
};
const withHeld = (heldMissing?: number) => (sample: Sample) =>
  sample.kind === 'generator' ? { ...sample, held: 10, heldMissing } : sample;

test('looping users who could not begin make a run invalid, and those who all did do not', async () => {
  const judged = async (samples: readonly Sample[]) =>
    (await conclude(runDirectory(runJson(HELD), samples))).summary;
  const good = await judged(healthySamples().map(withHeld()));
  assert.equal(good.verdict, 'pass');
  assert.deepEqual(good.held, { most: 10, missing: 0, mostMissing: 0 });
  assert.deepEqual(
    good.arrivals.map(({ scenario, planned, started, held }) => [scenario, planned, started, held]),
    [
      ['residents in the browser', 4, 4, undefined],
      ['swaps over HTTP', 0, 10, 10],
    ],
  );
  const bad = await judged(healthySamples().map(withHeld(1)));
  assert.equal(bad.verdict, 'invalid');
  assert.match(
    bad.reasons[0] ?? '',
    /concurrent users could not begin: users were missing in 10 % of their planned time, up to 1 of 10 users/,
  );
  // Ten sessions of looping users are no reason to miss nobody of the four who were to arrive.
  const fewer = healthySamples().filter((sample) => sample.session !== 'b0');
  assert.match((await judged(fewer)).reasons[0] ?? '', /only 3 of 4 planned sessions started/);
});

test('phases of one name are one row of users planned and started', () => {
  const quiet = { name: 'quiet', duration: 60, arrivals: { a: 4 }, users: { b: 2 } };
  const phases = [quiet, { ...quiet, arrivals: { a: 5 }, users: { b: 3 } }];
  assert.deepEqual(arrivalsOf([], { phases }), [
    { phase: 'quiet', scenario: 'a', planned: 9, started: 0, ended: 0 },
    { phase: 'quiet', scenario: 'b', planned: 0, started: 0, ended: 0, held: 3 },
  ]);
});

test('a phase is reported with the users that it holds', () => {
  const phase = { name: 'steady', duration: 120, arrivals: {} };
  assert.equal(plannedPhase(phase), 'steady 2 min');
  assert.equal(plannedPhase({ ...phase, users: { a: 15, b: 5 } }), 'steady 2 min, 20 concurrent users');
  assert.equal(
    plannedPhase({ ...phase, rates: [0.5, 5], spacing: 'poisson' }),
    'steady 2 min, 0.5 to 5 sessions a second, at random moments',
  );
  const ramp = { ...phase, users: { a: 1 }, usersAtEnd: { a: 9 }, warmup: true };
  assert.equal(plannedPhase(ramp), 'steady 2 min, 1 to 9 concurrent users (warm-up)');
});
