/** What was planned of each scenario in each phase, and what became of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { arrivalsOf, type Course } from '../../analysis/summary/arrivals.ts';
import type { Session } from '../../analysis/summary/session.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const HTTP = 'swaps over HTTP';
const BROWSER = 'residents in the browser';

async function judged(samples: readonly Sample[], changes: Partial<RunJson> = {}) {
  const { summary } = await conclude(runDirectory(runJson(changes), samples));
  return { summary, first: summary.reasonDetails[0] };
}

function planned(phases: PlannedPhase[]): Pick<RunJson, 'plan'> {
  return { plan: { ...runJson().plan, phases } };
}

test('a surplus of one scenario stands in for nobody of another: invalid by name, and each row says what became of it', async () => {
  // One of 100 planned never starts, and one more than planned of the others does.
  const { summary, first } = await judged(
    healthySamples(),
    planned([{ name: 'steady', duration: 60, arrivals: { [BROWSER]: 4, [HTTP]: 9, 'admins over HTTP': 1 } }]),
  );
  assert.equal(summary.verdict, 'invalid');
  assert.equal(first?.code, 'users-missing');
  assert.equal(
    first?.text,
    'only 13 of 14 planned sessions started (92.9 %): admins over HTTP 0 of 1 in steady',
  );
  assert.match(
    summary.reasons[1] ?? '',
    /more sessions started than planned: swaps over HTTP 10 of 9 in steady/,
  );
  assert.deepEqual(summary.arrivals, [
    { phase: 'steady', scenario: BROWSER, planned: 4, started: 4, ended: 4, outcome: 'as-planned' },
    { phase: 'steady', scenario: HTTP, planned: 9, started: 10, ended: 10, outcome: 'too-many' },
    { phase: 'steady', scenario: 'admins over HTTP', planned: 1, started: 0, ended: 0, outcome: 'missing' },
  ]);
});

test('users who came in another phase than theirs are missing in their own', async () => {
  const { first } = await judged(
    healthySamples(),
    planned([
      { name: 'ramp', duration: 20, arrivals: { [HTTP]: 5 } },
      { name: 'steady', duration: 40, arrivals: { [BROWSER]: 4, [HTTP]: 5 } },
    ]),
  );
  assert.match(
    first?.text ?? '',
    /only 9 of 14 planned sessions started .*: swaps over HTTP 0 of 5 in ramp$/,
  );
});

test('a scenario of which no concurrent user ever began makes a run invalid by its name', async () => {
  const phase = { name: 'steady', duration: 60, arrivals: { [BROWSER]: 4, [HTTP]: 10 } };
  const { first } = await judged(healthySamples(), planned([{ ...phase, users: { 'admins over HTTP': 1 } }]));
  assert.equal(first?.text, 'planned users never came: admins over HTTP 0 of 1 concurrent user in steady');
});

test('users for whom no account was free did not begin', async () => {
  const without = healthySamples().map(
    (sample): Sample =>
      sample.kind === 'session' && sample.session === 'h9'
        ? { ...sample, ok: false, errorKind: 'no-account', error: 'no account is free' }
        : sample,
  );
  assert.match(
    (await judged(without)).first?.text ?? '',
    /only 13 of 14 planned sessions .*: swaps over HTTP 9 of 10/,
  );
});

test('a line that could not be used may have been the begin of a session', async () => {
  const isBegin = (sample: Sample) => sample.session === 'h9';
  const dir = runDirectory(
    runJson(),
    healthySamples().filter((sample) => !isBegin(sample)),
    '\0\0\0\n',
  );
  const { summary } = await conclude(dir);
  assert.deepEqual(
    summary.reasonDetails.map(({ code }) => code),
    ['samples-damaged'],
  );
});

const course = (changes: Partial<Course> = {}): Course => ({
  start: START,
  end: START + 60_000,
  phasesStarted: [{ phase: 'steady', t: START }],
  isWhole: true,
  levels: [],
  ...changes,
});
/** A concurrent user from … to, s since the start, in one session after another. */
const stays = (scenario: string, place: number, from: number, to: number, phase = 'steady'): Session[] => [
  { scenario, place, phase, via: 'http', started: START + from * 1000, ended: START + from * 1000 + 1000 },
  { scenario, place, phase, via: 'http', started: START + to * 1000 - 1000, ended: START + to * 1000 },
];
const outcomes = (sessions: readonly Session[], phases: PlannedPhase[], how: Partial<Course> = {}) =>
  arrivalsOf(sessions, { phases }, course(how)).map(({ scenario, held: planned_, begun, outcome }) => [
    scenario,
    planned_,
    begun,
    outcome,
  ]);

test('a scenario of which no concurrent user is there is missing, however small its part is', () => {
  const phases = [{ name: 'steady', duration: 60, arrivals: {}, users: { a: 99, b: 1 } }];
  const many = Array.from({ length: 99 }, (_, index) => stays('a', index + 1, 1, 59)).flat();
  assert.deepEqual(outcomes(many, phases), [
    ['a', 99, 99, 'as-planned'],
    ['b', 1, 0, 'missing'],
  ]);
  assert.deepEqual(outcomes([...many, ...stays('b', 100, 2, 50)], phases)[1], ['b', 1, 1, 'as-planned']);
  const ramp = [{ name: 'steady', duration: 60, arrivals: {}, users: {}, usersAtEnd: { a: 99, b: 1 } }];
  assert.deepEqual(outcomes(many, ramp)[1], ['b', 1, 0, 'missing']);
});

test('a concurrent user is there in each phase that it stays for, though its session began before', () => {
  const phases = [
    { name: 'quiet', duration: 20, arrivals: {}, users: { a: 1 } },
    { name: 'steady', duration: 40, arrivals: {}, users: { a: 1 } },
  ];
  const phasesStarted = [
    { phase: 'quiet', t: START },
    { phase: 'steady', t: START + 20_000 },
  ];
  const [long] = stays('a', 1, 1, 55, 'quiet');
  const whole = { ...(long as Session), ended: START + 55_000 };
  assert.deepEqual(
    outcomes([whole], phases, { phasesStarted }).map(([, , begun]) => begun),
    [1, 1],
  );
  assert.deepEqual(
    outcomes(stays('a', 1, 1, 10, 'quiet'), phases, { phasesStarted }).map(([, , , outcome]) => outcome),
    ['as-planned', 'missing'],
  );
});

test('of a steered phase the plan is what its steering asked for, level by level', () => {
  const phases: PlannedPhase[] = [
    { name: 'search', duration: 60, arrivals: {}, users: { a: 2 }, steered: true },
  ];
  const levels = [
    { name: 'level 1', byScenario: { a: 2 }, from: 5, seconds: 10 },
    { name: 'level 2', byScenario: { a: 4 }, from: 20, seconds: 10 },
  ];
  const two = [...stays('a', 1, 1, 40, 'level 1'), ...stays('a', 2, 1, 40, 'level 1')];
  // It ended just after the second level, which was kept to its end.
  const rows = arrivalsOf(two, { phases }, course({ levels, isWhole: false, end: START + 31_000 }));
  assert.deepEqual(
    rows
      .filter(({ phase }) => phase.startsWith('level'))
      .map(({ phase, begun, outcome }) => [phase, begun, outcome]),
    [
      ['level 1', 2, 'as-planned'],
      ['level 2', 2, 'missing'],
    ],
  );
});

test('in a run that ended early a phase that was over is compared with its plan; what did not begin any more is shown as that', () => {
  const phases = [
    { name: 'steady', duration: 20, arrivals: { a: 2 } },
    { name: 'rush', duration: 20, arrivals: { a: 5 } },
    { name: 'after', duration: 20, arrivals: { a: 1 } },
  ];
  const phasesStarted = [
    { phase: 'steady', t: START },
    { phase: 'rush', t: START + 20_000 },
  ];
  const came = [
    ...stays('a', 1, 1, 5).slice(0, 1),
    ...['rush', 'rush', 'rush'].map((phase, index) => stays('a', index + 2, 21, 30, phase)[0] as Session),
  ];
  const rows = arrivalsOf(came, { phases }, course({ phasesStarted, isWhole: false, end: START + 33_000 }));
  assert.deepEqual(
    rows.map(({ phase, planned: all, started, outcome }) => [phase, all, started, outcome]),
    [
      ['steady', 2, 1, 'missing'],
      ['rush', 5, 3, 'ended-early'],
      ['after', 1, 0, 'ended-early'],
    ],
  );
});
