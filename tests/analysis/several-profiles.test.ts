import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { plannedSeconds, warmupSeconds } from '../../analysis/summary/planned-time.ts';
import { collectProcesses } from '../../analysis/summary/processes.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { GeneratorSample, Sample } from '../../measure/run/samples.ts';
import { runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

const PHASES: PlannedPhase[] = [
  { name: 'a: warm', duration: 10, warmup: true, arrivals: {}, profile: 'a' },
  { name: 'a: steady', duration: 20, arrivals: { 'a: x': 1 }, profile: 'a' },
  { name: 'b: warm', duration: 15, warmup: true, arrivals: {}, profile: 'b' },
  { name: 'b: steady', duration: 45, arrivals: { 'b: x': 1 }, profile: 'b' },
];

/** A session with one request of some ms, ended some seconds after the start. */
function session(profile: string, phase: string, s: number, ms: number): Sample[] {
  const t = START + s * 1000;
  const about = {
    session: `${profile}-h1-${s}`,
    phase: `${profile}: ${phase}`,
    role: 'resident',
    via: 'http',
  } as const;
  const scenario = `${profile}: x`;
  return [
    { ...about, t: t - ms, kind: 'event', name: 'session-started', data: { scenario, due: t - ms } },
    {
      ...about,
      t,
      kind: 'request',
      name: 'people.list',
      class: 'crud',
      method: 'GET',
      status: 200,
      value: ms,
      unit: 'ms',
      ok: true,
    },
    { ...about, t, kind: 'session', name: scenario, value: ms, unit: 'ms', ok: true, started: t - ms },
  ];
}

const begun = (phase: string, s: number): Sample => ({
  t: START + s * 1000,
  kind: 'event',
  name: 'phase-started',
  phase,
});

const looks = (seconds: number) =>
  Array.from({ length: seconds }, (_, s): Sample => {
    const usual = { cpu: 0.1, loopDelay: 1, users: 1, browserUsers: 0, httpUsers: 1 };
    return { t: START + s * 1000, kind: 'generator', name: 'generator', ...usual };
  });

async function concluded(run: Partial<RunJson> = {}, more: Sample[] = []) {
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  writeFileSync(
    thresholds,
    `default:
  primary: [class.crud.p50]
  metrics: { class.crud.p50: [error, 300], steps.errorRate: [off, 0] }
b:
  metrics: { class.crud.p50: [error, 900] }
`,
  );
  const plan = {
    phases: PHASES,
    seed: 1,
    mix: ['a', 'b'].map((profile) => ({
      name: `${profile}: x`,
      via: 'http' as const,
      role: 'resident' as const,
      share: 1,
      profile,
    })),
  };
  const samples: Sample[] = [
    begun('a: warm', 0),
    begun('b: warm', 0),
    begun('a: steady', 10),
    begun('b: steady', 15),
    ...session('a', 'steady', 12, 100),
    ...session('b', 'steady', 20, 800),
    ...looks(70),
    ...more,
  ];
  return conclude(runDirectory(runJson({ profiles: ['a', 'b'], plan, ...run }), samples), { thresholds });
}

test('each profile’s limits are compared with what its own users saw, and named by it', async () => {
  const { summary } = await concluded();
  const gates = summary.gates.map(({ metric, observed, expected, verdict }) => [
    metric,
    observed,
    expected,
    verdict,
  ]);
  assert.deepEqual(gates, [
    ['a: class.crud.p50', 100, '≤ 300 ms', 'pass'],
    ['b: class.crud.p50', 800, '≤ 900 ms', 'pass'],
  ]);
  assert.deepEqual(
    summary.primary.map(({ metric, value }) => [metric, value]),
    [
      ['a: class.crud.p50', 100],
      ['b: class.crud.p50', 800],
    ],
  );
  assert.equal(summary.metrics['class.crud']?.n, 2, 'all other figures are of the whole run');
});

test('one profile’s broken limit fails the run, whatever the other one allows', async () => {
  const slow = [14, 15, 16, 17, 18].flatMap((s) => session('a', 'steady', s, 2000));
  const { summary, verdict } = await concluded({}, slow);
  assert.equal(verdict, 'fail');
  const failed = summary.gates.filter((gate) => gate.verdict === 'fail').map(({ metric }) => metric);
  assert.deepEqual(failed, ['a: class.crud.p50']);
});

test('a profile whose process was lost makes the run invalid, by name', async () => {
  const { summary, exitCode } = await concluded({
    ended: 'profile-lost',
    interruptedBy: 'the process of profile b was killed (SIGKILL)',
  });
  assert.equal(exitCode, 3);
  assert.match(summary.reasons[0] ?? '', /^the process of profile b was killed \(SIGKILL\)/);
});

test('the drain of the whole begins when the last profile’s last phase has ended', async () => {
  const { summary } = await concluded({}, session('b', 'steady', 50, 100));
  assert.equal(summary.counts.drain, 0, 'a has ended, b goes on');
  const later = await concluded({}, session('b', 'steady', 61, 100));
  assert.equal(later.summary.counts.drain, 1);
});

test('phases of several profiles lie side by side', () => {
  assert.equal(plannedSeconds(PHASES), 60);
  assert.equal(warmupSeconds(PHASES), 10, 'after that one of them is measured');
  assert.equal(warmupSeconds(PHASES.slice(2)), 15);
  assert.equal(plannedSeconds([]), 0);
});

test('processes of one run are summed second by second; one that did not look is as it was', () => {
  const look = (profile: string, s: number, cpu: number, more: Partial<GeneratorSample> = {}) =>
    ({
      t: START + s * 1000 + 300,
      kind: 'generator',
      name: 'generator',
      profile,
      cpu,
      loopDelay: 5,
      users: 2,
      browserUsers: 0,
      httpUsers: 2,
      hostCpu: 0.9,
      ...more,
    }) satisfies GeneratorSample;
  const processes = collectProcesses(START);
  for (const s of [0, 1, 2, 3]) processes.add(look('a', s, 0.4, { started: s }));
  processes.add(look('b', 0, 0.4, { started: 5 }));
  processes.add(look('b', 2, 0.5, { loopDelay: 40, started: 7 }));
  const seconds = processes.seconds();
  assert.deepEqual(
    seconds.map(({ cpu, users, loopDelay, hostCpu, started }) => [cpu, users, loopDelay, hostCpu, started]),
    [
      [0.8, 4, 5, 0.9, 5],
      [0.8, 4, 5, 0.9, 6],
      [0.9, 4, 40, 0.9, 9],
      [0.4, 2, 5, 0.9, 10], // b has ended: what it started stays
    ],
  );
});
