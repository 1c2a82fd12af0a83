import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import type { LevelEnded, LevelLimit, SearchEnded } from '../../measure/run/findings.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, RequestSample, Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

/** These samples under these limits (lines of `metrics`). */
async function concluded(samples: readonly Sample[], metrics: string[], run: Partial<RunJson> = {}) {
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  writeFileSync(
    thresholds,
    `smoke:\n  metrics:\n    steps.errorRate: [error, 0.9]\n${metrics.map((line) => `    ${line}\n`).join('')}`,
  );
  const runDir = runDirectory(runJson(run), samples);
  const { summary, verdict, reportPath } = await conclude(runDir, { thresholds });
  const told = verdictLine(summary, reportPath);
  const page = readFileSync(reportPath, 'utf8');
  return { summary, verdict, told, page, md: readFileSync(join(runDir, 'summary.md'), 'utf8') };
}

/** Requests that end every 100 ms from second to second, each of them after `ms`. */
function requests(from: number, to: number, ms: (index: number) => number, ok = true): Sample[] {
  return Array.from({ length: (to - from) * 10 }, (_, index) => ({
    t: START + from * 1000 + index * 100,
    kind: 'request' as const,
    name: 'people.list',
    class: 'crud' as const,
    method: 'GET',
    status: ok ? 200 : 500,
    value: ms(index),
    unit: 'ms' as const,
    ok,
    via: 'http' as const,
  }));
}

const P95 = 'class.crud.p95';
const limit = (observed: number): LevelLimit => ({
  metric: P95,
  limit: 300,
  observed,
  unit: 'ms',
  n: 200,
  verdict: observed <= 300 ? 'passed' : 'failed',
});
function level(
  name: string,
  users: number,
  from: number,
  to: number,
  observed: number,
  search?: string,
): Sample {
  const data: LevelEnded = {
    users: { 'swaps over HTTP': users },
    from: START + from * 1000,
    to: START + to * 1000,
    ok: observed <= 300,
    limits: [limit(observed)],
    search,
  };
  return { t: START + to * 1000, kind: 'event', name: 'level-ended', phase: name, data: { ...data } };
}
const BREAKING = `${P95}: { gate: [error, 300], breaking: true }`;

test('a stepped run names its breaking point and passes; its overload is not compared with it', async () => {
  const samples = [
    ...healthySamples(),
    ...requests(0, 20, (index) => index),
    ...requests(20, 40, (index) => 500 + index),
    level('step 20 users', 20, 0, 20, 189),
    level('step 40 users', 40, 20, 40, 690),
  ];
  const { summary, verdict, told, page, md } = await concluded(samples, [BREAKING]);
  assert.equal(verdict, 'pass', summary.reasons.join('\n'));
  assert.equal(summary.answers.length, 1);
  assert.match(
    summary.answers[0] ?? '',
    /^Breaking point: 40 users \(step 40 users\) at .* requests a second: class\.crud\.p95 690 ms, limit 300 ms; 20 users at .* a second passed\.$/,
  );
  for (const text of [told, page]) assert.match(text, /Breaking point: 40 users/);
  assert.match(md, /\| step 40 users \| 40 \|.*\*\*failed\*\*/);
  const capacity = summary.findings['capacity.users'];
  assert.deepEqual([capacity?.value, capacity?.ci], [20, [20, 40]]);
});

test('the answer names the limit that broke first, when, and what was running then', async () => {
  const errors = {
    metric: 'requests.errorRate',
    limit: 0.01,
    observed: 0.1,
    unit: '%',
    n: 300,
    verdict: 'failed',
  };
  const broken = level('step 40 users', 40, 20, 40, 690) as EventSample<'level-ended'>;
  const samples: Sample[] = [
    ...healthySamples(),
    ...requests(0, 20, () => 50),
    // From 8 s into the level on everything waits behind a generation; failures come later.
    ...requests(20, 28, () => 50),
    ...requests(28, 34, () => 700),
    ...requests(34, 40, () => 700, false),
    {
      ...(requests(29, 30, () => 2300)[0] as RequestSample),
      name: 'schedule.generate',
      class: 'generation',
      method: 'POST',
    },
    level('step 20 users', 20, 0, 20, 50),
    { ...broken, data: { ...broken.data, limits: [...broken.data.limits, errors as LevelLimit] } },
  ];
  const phases = [{ name: 'step 20 users', duration: 20, arrivals: {}, users: { 'swaps over HTTP': 20 } }];
  const { summary, page, md } = await concluded(samples, [BREAKING], {
    plan: { phases, mix: [], seed: 1 },
  });
  const first = summary.levels.find(({ name }) => name === 'step 40 users')?.first;
  assert.equal(first?.metric, P95);
  assert.ok(first.after >= 8 && first.after <= 9.5, `${first.after}`);
  assert.deepEqual(
    first.running.slice(0, 2).map(({ operation, ms }) => [operation, ms]),
    [
      ['schedule.generate', 2300],
      ['people.list', 700],
    ],
  );
  const says =
    /class\.crud\.p95 broke first, \S+ s into the level, while schedule\.generate \(2.300 ms\), \d+ people\.list \(up to 700 ms\)/;
  for (const text of [summary.answers[0] ?? '', page, md.replaceAll('&#95;', '_')])
    assert.match(text.replaceAll('\u202f', '.'), says);
  assert.equal(summary.levels.find(({ name }) => name === 'step 20 users')?.first, undefined);
});

test('a breaking limit on what the run has not done is a note', async () => {
  const samples = healthySamples().filter(
    (sample) => sample.kind !== 'check' && (sample.kind !== 'request' || sample.class !== 'generation'),
  );
  const { verdict, summary } = await concluded(samples, [
    'class.generation.p95: { gate: [error, goal], breaking: true }',
    'checks.failed: { gate: [error, goal], breaking: true }',
  ]);
  assert.deepEqual([verdict, summary.reasons], ['pass', []]);
  assert.match(
    summary.notes.map(({ text }) => text).join(),
    /class\.generation\.p95 .*no level of users had enough/,
  );
});

test('a level that broke by the generator itself is no breaking point: the run is invalid and says what was passed', async () => {
  const trouble = 'the generator was short of CPU: p95 97 % of all cores, limit 90 %';
  const beyond = level('step 40 users', 40, 20, 40, 690);
  const data = { ...(beyond as EventSample<'level-ended'>).data, ok: null, generator: [trouble] };
  const why = `limits failed in step 40 users while the load generator was saturated (${trouble})`;
  const samples: Sample[] = [
    ...healthySamples(),
    level('step 20 users', 20, 0, 20, 189),
    { ...(beyond as EventSample<'level-ended'>), data },
    { t: START + 41_000, kind: 'event', name: 'run-ended-early', data: { by: 'generator', why } },
  ];
  const { summary, verdict, page, md } = await concluded(samples, [BREAKING]);
  assert.equal(verdict, 'invalid');
  assert.equal(summary.reasons[0], `the run was ended without its answer: ${why}`);
  assert.deepEqual(summary.answers, [
    "All limits passed at 20 users. At 40 users (step 40 users) the load generator was saturated, so the target's breaking point is unknown.",
  ]);
  assert.deepEqual(summary.findings['capacity.users']?.ci, [20, null]);
  assert.match(page, /unknown: the load generator was saturated.*97 % of all cores/);
  assert.match(md, /\| step 40 users \| 40 \|.*unknown: the load generator was saturated/);
});

test('figures of a level come from the raw samples of its time, and no others', async () => {
  const samples = [
    ...requests(0, 10, (index) => index),
    ...requests(10, 12, () => 9, false),
    ...requests(12, 30, () => 5000),
    level('step 20 users', 20, 0, 12, 1),
  ];
  const { summary } = await concluded(samples, [BREAKING]);
  const [{ requests: all, errors, n, p50, p95, rate, seconds }] = summary.levels as [
    (typeof summary.levels)[0],
  ];
  assert.deepEqual([all, errors, n, p50, rate, seconds], [120, 20, 100, 49.5, 10, 12]);
  assert.ok(Math.abs((p95 ?? 0) - 94.05) < 1e-9, 'type 7 of 0 … 99');
});

test('at least this many users can be asked for, and a run that passed all says so', async () => {
  const broken = [level('a', 20, 0, 20, 100), level('b', 40, 20, 40, 690)];
  const all = [level('a', 20, 0, 20, 100), level('b', 40, 20, 40, 200)];
  const under = (samples: Sample[], users: number) =>
    concluded([...healthySamples(), ...samples], [BREAKING, `capacity.users: [error, ${users}]`]);
  assert.equal((await under(broken, 20)).verdict, 'pass');
  const fails = await under(broken, 40);
  assert.equal(fails.verdict, 'fail');
  assert.match(fails.summary.reasons[0] ?? '', /capacity\.users: expected ≥ 40, observed 20/);
  const held = await under(all, 40);
  assert.equal(held.verdict, 'pass');
  assert.match(held.summary.answers[0] ?? '', /^All limits passed up to the maximum of 40 users\.$/);
});

test('a breaking limit without samples fails; one that no level had enough samples for warns where times were beyond it', async () => {
  const nothing = await concluded(healthySamples(), [
    'request.no.such.p95: { gate: [error, 300], breaking: true }',
  ]);
  assert.equal(nothing.verdict, 'fail');
  assert.match(
    nothing.summary.reasons[0] ?? '',
    /request\.no\.such\.p95: no level of users had enough samples/,
  );
  const few = await concluded(healthySamples(), [BREAKING]);
  assert.deepEqual([few.verdict, few.summary.reasons], ['pass', []]);
  assert.match(
    few.summary.notes[0]?.text ?? '',
    /^class\.crud\.p95 .*: nothing failed; no value yet: no level of users had enough samples/,
  );
  const slow = await concluded(healthySamples(), [`${P95}: { gate: [error, 1], breaking: true }`]);
  assert.equal(slow.verdict, 'warn');
  assert.match(slow.summary.reasons[0] ?? '', /class\.crud\.p95: no level of users had enough samples/);
});

test('the answer of a search is an interval, with how often each end was tried', async () => {
  const scenario = 'swaps over HTTP';
  const found: SearchEnded = {
    scenario,
    holds: { users: 13, agreed: 3, tried: 3 },
    breaks: { users: 14, agreed: 2, tried: 3 },
    confidence: 'medium',
    most: 200,
  };
  const samples: Sample[] = [
    ...healthySamples(),
    level('level 1: 13 users', 13, 0, 20, 280, scenario),
    level('level 2: 14 users', 14, 20, 40, 320, scenario),
    { t: START + 40_000, kind: 'event', name: 'search-ended', data: { ...found } },
    {
      t: START + 40_000,
      kind: 'event',
      name: 'run-ended-early',
      data: { by: 'search', why: 'the search has its answer' },
    },
  ];
  const planned = { ...runJson().plan, phases: [{ name: 'search', duration: 1800, arrivals: { x: 900 } }] };
  const { summary, verdict } = await concluded(samples, [BREAKING, `capacity.${scenario}: [error, 13]`], {
    plan: planned,
  });
  assert.equal(verdict, 'pass', 'what the rest of the plan would have started is not missed');
  assert.deepEqual(summary.answers, [
    'swaps over HTTP: 13 users passed all limits (3 of 3 times), 14 did not (2 of 3 times; class.crud.p95 320 ms, limit 300 ms), confidence medium.',
  ]);
  assert.deepEqual(summary.findings[`capacity.${scenario}`]?.ci, [13, 14]);
  assert.equal(summary.findings['capacity.users'], undefined);
});

test('a threshold that stopped the run makes it fail, as its first reason', async () => {
  const why = 'requests.errorRate was over 10 % for 30 s: the run was stopped';
  const samples: Sample[] = [
    ...healthySamples(),
    { t: START + 9000, kind: 'event', name: 'run-ended-early', data: { by: 'threshold', why } },
  ];
  const planned = { ...runJson().plan, phases: [{ name: 'steady', duration: 600, arrivals: { x: 900 } }] };
  const { summary, verdict } = await concluded(samples, [], {
    plan: planned,
    ended: 'stopped-by-threshold',
  });
  assert.deepEqual([verdict, summary.exitCode, summary.reasons[0]], ['fail', 1, why]);
});

test('a decision that a damaged file holds in part is none, and harms nothing', async () => {
  const whole = level('a', 20, 0, 20, 100);
  const names = ['level-ended', 'search-ended', 'run-ended-early'];
  const torn = names.map(
    (name) => ({ t: START + 5, kind: 'event', name, data: { users: 'many' } }) as unknown as Sample,
  );
  const { summary } = await concluded([...healthySamples(), ...torn, whole], [BREAKING]);
  assert.deepEqual([summary.levels.length, summary.verdict], [1, 'pass']);
});
