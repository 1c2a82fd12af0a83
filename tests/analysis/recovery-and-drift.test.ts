import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { type RatePart, rateSlope } from '../../analysis/statistics/rate-slope.ts';
import { collectDrifts } from '../../analysis/summary/drifts.ts';
import { recoveries } from '../../analysis/summary/recovery.ts';
import { collectRequestTimes } from '../../analysis/summary/request-times.ts';
import { parseMetric } from '../../config/threshold-metric.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { runDirectory, runJson, START, seeded, temporaryDirectory } from './synthetic-run.ts';

const SPIKE: PlannedPhase[] = [
  { name: 'quiet', duration: 60, arrivals: {} },
  { name: 'spike', duration: 30, arrivals: {}, spike: true },
  { name: 'quiet again', duration: 60, arrivals: {} },
];
const STARTED = [
  { phase: 'quiet', t: 0 },
  { phase: 'spike', t: 60_000 },
  { phase: 'quiet again', t: 90_000 },
];

/** 20 requests a second around 100 ms (log-normal); in the rush, and `slowFor` seconds after it, five times that. */
function rush(slowFor: number, { failing = false, seed = 1 } = {}) {
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const times = collectRequestTimes();
  for (let t = 0; t < 150_000; t += 50) {
    const isSlow = t >= 60_000 && t < 90_000 + slowFor * 1000;
    const fails = isSlow && failing;
    times.add(t, 100 * Math.exp(0.3 * normal()) * (isSlow && !failing ? 5 : 1), !fails, fails);
  }
  return recoveries(SPIKE, STARTED, 150_000, times);
}

test('recovery is the time from the end of the rush until p95 is back and stays', () => {
  for (let seed = 1; seed <= 20; seed += 1)
    for (const slowFor of [0, 7, 20]) {
      const [[key, finding] = ['', undefined]] = rush(slowFor, { seed });
      assert.equal(key, 'recovery.spike');
      const seconds = (finding?.value ?? Number.NaN) / 1000;
      assert.ok(Math.abs(seconds - slowFor) <= 1.5, `seed ${seed}: ${seconds} s instead of ${slowFor}`);
    }
});

/** 5 quick requests a second throughout, and those of the rush. */
function withQuickOnes(add: (times: ReturnType<typeof collectRequestTimes>) => void) {
  const times = collectRequestTimes();
  for (let t = 0; t < 150_000; t += 200) times.add(t, 100 + (t % 7), true, false);
  add(times);
  const [[, finding] = []] = recoveries(SPIKE, STARTED, 150_000, times);
  return finding;
}

test('requests of the rush that are never answered keep the target from having recovered', () => {
  const finding = withQuickOnes((times) => {
    for (let count = 0; count < 90; count += 1)
      times.events['request-interrupted']({
        t: 150_000,
        kind: 'event',
        name: 'request-interrupted',
        data: { operation: 'schedule.validate', class: 'complex', ms: 70_000 },
      });
  });
  assert.deepEqual([finding?.value, finding?.isBad], [null, true]);
});

test('requests of the rush that are answered long after it keep the target from having recovered', () => {
  const hanging = (answeredAt: number, ok = true) =>
    withQuickOnes((times) => {
      for (let at = 0; at < 90; at += 1) times.add(answeredAt, answeredAt - 80_000 - at * 100, ok, !ok);
    });
  for (const ok of [true, false]) {
    const seconds = (hanging(118_000, ok)?.value ?? Number.NaN) / 1000;
    assert.ok(Math.abs(seconds - 28) <= 1, `${seconds} s, ${ok ? 'answered' : 'failed'}`);
  }
  assert.equal(hanging(90_000)?.value, 0);
});

test('a target that is slow again before the end of the phase has not recovered before that is over', () => {
  const relapsed = withQuickOnes((times) => {
    for (let t = 120_000; t < 125_000; t += 100) times.add(t, 2000, true, false);
  });
  const seconds = (relapsed?.value ?? Number.NaN) / 1000;
  assert.ok(Math.abs(seconds - 35) <= 1.5, `${seconds} s`);
});

test('requests that fail are not quick ones: a target that answers with errors has not recovered', () => {
  const [[, finding] = []] = rush(12, { failing: true });
  assert.ok(Math.abs((finding?.value ?? 0) / 1000 - 12) <= 1.5, `${finding?.value}`);
});

test('a target that does not recover, and one that cannot be judged, say so', () => {
  const [[, never] = []] = rush(60);
  assert.deepEqual([never?.value, never?.isBad], [null, true]);
  assert.match(never?.missing ?? '', /p95 was not back within \d+ ms in the 60 s after it/);
  const nothing = collectRequestTimes();
  const [[, unknown] = []] = recoveries(SPIKE, STARTED, 150_000, nothing);
  assert.deepEqual([unknown?.value, unknown?.isBad], [null, undefined]);
  assert.match(unknown?.missing ?? '', /too few requests/);
  assert.match(recoveries(SPIKE, STARTED.slice(0, 2), 90_000, nothing)[0]?.[1].missing ?? '', /ended before/);
});

test('a limit on recovery passes, fails beyond it, and fails when there was none', async () => {
  const under = async (slowFor: number, limit: number) => {
    const thresholds = join(temporaryDirectory(), 'thresholds.yml');
    writeFileSync(thresholds, `smoke:\n  metrics:\n    recovery.spike: [error, ${limit}]\n`);
    const samples: Sample[] = STARTED.map(({ phase, t }) => ({
      t: START + t,
      kind: 'event',
      name: 'phase-started',
      phase,
    }));
    for (let t = 0; t < 150_000; t += 50)
      samples.push({
        t: START + t,
        kind: 'request',
        name: 'people.list',
        class: 'crud',
        method: 'GET',
        status: 200,
        value: (t >= 60_000 && t < 90_000 + slowFor * 1000 ? 500 : 100) + (t % 7),
        unit: 'ms',
        ok: true,
      });
    const plan = { ...runJson().plan, phases: SPIKE };
    const run = runDirectory(runJson({ plan, end: new Date(START + 150_000).toISOString() }), samples);
    const { summary, reportPath } = await conclude(run, { thresholds });
    return { gate: summary.gates[0], answers: summary.answers, page: readFileSync(reportPath, 'utf8') };
  };
  const held = await under(8, 12_000);
  assert.equal(held.gate?.verdict, 'pass', held.gate?.message);
  assert.match(held.answers[0] ?? '', /^Recovered from spike within [78]\.\d+ s\.$/);
  assert.match(held.page, /Recovered from spike within/);
  assert.equal((await under(20, 12_000)).gate?.verdict, 'fail');
  const never = await under(60, 12_000);
  assert.equal(never.gate?.verdict, 'fail');
  assert.match(never.gate?.message ?? '', /recovery\.spike: p95 was not back/);
});

/** An hour of 10 requests a second whose time grows by `perHour` ms and whose failures by `errors`. */
function hour(perHour: number, errors: number) {
  const random = seeded(3);
  const drifts = collectDrifts([{ name: 'steady', duration: 3600, arrivals: {} }], 0);
  for (let t = 0; t < 3_600_000; t += 100) {
    const fails = random() < 0.01 + (errors * t) / 3_600_000;
    const value = 100 + (perHour * t) / 3_600_000 + 40 * random();
    drifts.add(['requests', 'class.crud'], t, value, !fails, fails);
    if (t % 1000 === 0) drifts.addMemory('generator', t, 500 + t / 36_000 + 5 * random());
  }
  return Object.fromEntries(drifts.findings({ from: 0, to: 3_600_000 }));
}

test('drift of latency, errors and memory is found, with an interval that holds the truth', () => {
  const found = hour(30, 0.05);
  for (const [key, truth] of [
    ['class.crud.p50.drift', 30],
    ['class.crud.p95.drift', 30],
    ['requests.errorRate.drift', 0.05],
    ['generator.memory.drift', 100],
  ] as const) {
    const { value, ci } = found[key] ?? {};
    const [low, high] = ci ?? [];
    assert.ok(value && Math.abs(value / truth - 1) < 0.3, `${key} ${value}`);
    assert.ok((low ?? 0) > 0 && (high ?? 0) < 2 * truth, `${key} ${ci}`);
  }
});

test('a low error rate that doubles is found, though most parts have no error; bursts make the interval wider', () => {
  const [from, to] = [0.004, 0.008];
  let held = 0;
  let found = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seeded(seed);
    const parts = Array.from({ length: 120 }, (_, at) => {
      const outcomes = Array.from({ length: 120 }, () => random() < from + ((to - from) * (at + 0.5)) / 120);
      return { t: at * 30, tried: 120, failed: outcomes.filter(Boolean).length };
    });
    const { slope, interval } = rateSlope(parts) ?? { slope: Number.NaN, interval: [0, 0] };
    const truth = (to - from) / 3600;
    if (interval[0] <= truth && truth <= interval[1]) held += 1;
    found += slope / truth / 200;
  }
  assert.ok(held >= 184, `${held} of 200 intervals of 95 % hold the truth`);
  assert.ok(Math.abs(found - 1) < 0.1, `mean ${found} times the truth`);

  const spread = (every: number) =>
    Array.from({ length: 120 }, (_, at) => ({ t: at, tried: 100, failed: at % every === 0 ? every : 0 }));
  const widthOf = (parts: RatePart[]) => {
    const [low, high] = rateSlope(parts)?.interval ?? [0, 0];
    return high - low;
  };
  assert.ok(widthOf(spread(20)) > 2 * widthOf(spread(2)));
  assert.equal(rateSlope([{ t: 1, tried: 9, failed: 0 }]), undefined);
});

test('the slope of a rate is that of least squares over single outcomes', () => {
  // x = 0 0 1 1 1 2 2 2 2 2, y = 0 0 0 1 0 1 0 1 1 0: Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)² = 1.8 ÷ 6.1
  const parts = [
    { t: 0, tried: 2, failed: 0 },
    { t: 1, tried: 3, failed: 1 },
    { t: 2, tried: 5, failed: 3 },
  ];
  assert.ok(Math.abs((rateSlope(parts)?.slope ?? 0) - 1.8 / 6.1) < 1e-12);
});

/** Verdicts and messages of limits on the drift of a run of 20 min, whose times grow by 36 ms an hour and errors by 1.2 points. */
async function gatesOf(metrics: string) {
  const random = seeded(5);
  const samples: Sample[] = [];
  for (let t = 0; t < 1_200_000; t += 250) {
    const ok = random() > 0.004 + (0.004 * t) / 1_200_000;
    const value = 90 + (12 * t) / 1_200_000 + 10 * random();
    const about = { name: 'people.list', class: 'crud' as const, method: 'GET', unit: 'ms' as const };
    samples.push({ ...about, t: START + t, kind: 'request', status: ok ? 200 : 500, value, ok, via: 'http' });
  }
  const phases: PlannedPhase[] = [{ name: 'steady', duration: 1200, arrivals: {} }];
  const run = runJson({
    end: new Date(START + 1_200_000).toISOString(),
    plan: { ...runJson().plan, phases },
  });
  const dir = runDirectory(run, samples);
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  writeFileSync(thresholds, `smoke:\n  metrics:\n${metrics}`);
  const { summary } = await conclude(dir, { thresholds });
  return summary.gates.map(({ metric, verdict, message }) => ({ metric, verdict, message }));
}

test('a limit on drift is compared with its interval: all of it beyond fails, all within passes, else it is not shown', async () => {
  const [low, high, errors] = await gatesOf(`    class.crud.p50.drift: [error, 20]
    class.crud.p95.drift: [error, 60]
    requests.errorRate.drift: [error, 0.005]
`);
  assert.equal(low?.verdict, 'fail');
  assert.match(
    low?.message ?? '',
    /^class\.crud\.p50\.drift: expected ≤ 20.* ms an hour, observed 3\d.* ms \(\d.* to \d.*, n = \d+\)/,
  );
  assert.equal(high?.verdict, 'pass');
  assert.equal(
    errors?.verdict,
    'warn',
    'some 1 point an hour, and twenty minutes are too few to be sure of 0.5',
  );
  assert.match(
    errors?.message ?? '',
    /≤ \+0\.5\d* points an hour, observed .* points .*not confirmed: the 95 % interval includes the limit/,
  );
});

test('a run that does not drift has an interval around 0, and a short one no drift', () => {
  const { ci } = hour(0, 0)['class.crud.p50.drift'] ?? {};
  assert.ok(ci && (ci[0] ?? 1) < 0 && (ci[1] ?? -1) > 0, `${ci}`);
  const short = collectDrifts([{ name: 'steady', duration: 700, arrivals: {} }], 0);
  for (let t = 0; t < 300_000; t += 100) short.add(['requests', 'class.crud'], t, 100, true, false);
  const [, finding] = short.findings({ from: 0, to: 300_000 })[0] ?? [];
  assert.deepEqual([finding?.value, finding?.isBad], [null, undefined]);
});

test('what is found of a run as a whole is asked for by name', () => {
  for (const key of [
    'recovery.spike 1',
    'capacity.users',
    'capacity.residents over HTTP',
    'class.crud.p50.drift',
    'class.*.p95.drift',
    'step.open people.errors.drift',
    'requests.errorRate.drift',
    'generator.memory.drift',
  ])
    assert.deepEqual(parseMetric(key), { kind: 'finding', key });
  assert.match(String(parseMetric('class.curd.p50.drift')), /unknown class; allowed: auth/);
  assert.match(
    String(parseMetric('class.crud.drift')),
    /no such drift; there are target\..*<p50 \| p95 \| errors>/,
  );
  assert.match(String(parseMetric('recovery.')), /unknown metric/);
});
