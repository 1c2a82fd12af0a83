import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { collectRequestTimes } from '../../analysis/summary/request-times.ts';
import { metricMatcher, parseMetricKey, printMetricKey } from '../../config/metric-key.ts';
import { parseMetric } from '../../config/threshold-metric.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { RequestSample, Sample, StepSample, VitalSample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const step = (value: number, changes: Partial<StepSample> = {}): StepSample => ({
  t: START + 1000,
  kind: 'step',
  name: 'submit the absence',
  value,
  unit: 'ms',
  ok: true,
  ...changes,
});
const request = (changes: Partial<RequestSample> = {}): RequestSample => ({
  t: START + 1000,
  kind: 'request',
  name: 'blocks.list',
  class: 'crud',
  method: 'GET',
  status: 200,
  value: 10,
  unit: 'ms',
  ok: true,
  via: 'browser',
  ...changes,
});
const summaryOf = async (samples: Sample[]) =>
  (await conclude(runDirectory(runJson(), [...healthySamples(), ...samples]))).summary;

test('a step’s percentiles come from warm successes only; failures, cold and warm-up are counted', async () => {
  const { steps, metrics, counts } = await summaryOf([
    ...[100, 200, 300, 400].map((value) => step(value)),
    step(9000, { ok: false, error: 'not seen' }),
    step(5000, { cold: true }),
    step(7000, { warmup: true }),
    step(8000, { warmup: true, ok: false }),
    step(50, { interrupted: true, ok: false }),
  ]);
  const row = steps.find(({ name }) => name === 'submit the absence');
  assert.deepEqual(
    [row?.n, row?.p50, row?.p75, row?.max, row?.mean, row?.errors, row?.attempts, row?.cold, row?.coldP50],
    [4, 250, 325, 400, 250, 1, 6, 1, 5000],
  );
  assert.equal(metrics['step.submit the absence cold']?.p50, 5000);
  assert.deepEqual([counts.steps.started - 56, counts.steps.failed, counts.steps.interrupted], [9, 2, 1]);
  assert.equal(counts.warmup, 2);
});

test('what is begun in the drain is counted, its failures judged, its times used only where there are no others', async () => {
  const phases = [{ name: 'steady', duration: 60, arrivals: { swaps: 10 } }];
  const run = runJson({ plan: { phases, mix: [], seed: 1 } });
  const began: Sample = { t: START, kind: 'event', name: 'phase-started', phase: 'steady' };
  const samplesAfter = (name: string) => [
    step(10, { name, t: START + 61_000 }),
    step(20, { name, t: START + 61_000, cold: true }),
    step(900, { name, t: START + 62_000, ok: false, error: 'not seen' }),
    // Begun before the phase's end, ended after it: no part of the drain.
    ...(name === 'in both' ? [step(2000, { name, t: START + 61_000 }), step(100, { name })] : []),
  ];
  const dir = runDirectory(run, [
    began,
    ...[...Array(60)].map((_, second) => request({ name: 'steady.list', t: START + second * 1000 })),
    request({ name: 'steady.list', t: START + 61_000, value: 5 }),
    ...samplesAfter('in both'),
    ...samplesAfter('in the drain only'),
  ]);
  const { summary } = await conclude(dir);
  const rowOf = (wanted: string) => {
    const row = summary.steps.find(({ name }) => name === wanted);
    return [row?.n, row?.p50, row?.cold, row?.errors, row?.attempts, row?.apdex];
  };
  assert.deepEqual(rowOf('in both'), [2, 1050, 0, 1, 5, 0.75]);
  assert.deepEqual(rowOf('in the drain only'), [1, 10, 1, 1, 3, 2 / 3]);
  assert.equal(summary.counts.drain, 7);
  assert.equal(summary.counts.steps.failed, 2);
  const row = summary.operations.find(({ name }) => name === 'steady.list');
  assert.deepEqual([row?.n, row?.attempts, row?.max, row?.rate], [60, 61, 10, 1]);
});

test('429 and requests that their page took back are counted apart from failures', async () => {
  const { counts, operations } = await summaryOf([
    request(),
    request({ ok: false, status: 500, value: 900 }),
    request({ ok: false, status: 429, value: 1 }),
    request({ ok: false, status: 0, error: 'net::ERR_ABORTED', errorKind: 'aborted', value: 3 }),
    // An HTTP client takes nothing back: without an answer it failed.
    request({ ok: false, status: 0, error: 'socket hang up', via: 'http' }),
    { t: START + 2000, kind: 'event', name: 'request-interrupted', data: { operation: 'blocks.list' } },
  ]);
  const { requests } = counts;
  assert.deepEqual(requests, { n: 281, failed: 2, excused: 0, rateLimited: 1, cancelled: 1, interrupted: 1 });
  const row = operations.find(({ name }) => name === 'blocks.list');
  // What was taken back is no attempt: it would dilute the failures of the others.
  assert.deepEqual([row?.n, row?.p50, row?.errors, row?.attempts], [1, 10, 2, 4]);
  assert.deepEqual(row?.statuses, { '200': 1, '429': 1, '500': 1, cancelled: 1, 'no answer': 1 });
});

test('requests that pages took back hide no failures of others: neither of the run nor of an operation, nor in parts of it', async () => {
  const aborted = {
    ok: false,
    status: 0,
    error: 'net::ERR_ABORTED',
    errorKind: 'aborted',
    value: 3,
  } as const;
  const { shares, metrics, sums, counts, headline } = await summaryOf([
    request({ ok: false, status: 500 }),
    ...Array.from({ length: 400 }, () => request({ ...aborted, via: 'browser' })),
  ]);
  const n = counts.requests.n - 400;
  assert.deepEqual([shares['requests.errorRate']?.n, shares['requests.rateLimited']?.n], [n, n]);
  const { errors, attempts } = metrics['request.blocks.list'] ?? {};
  assert.deepEqual([errors, attempts, sums.ended.requests.judged], [1, 1, n]);
  assert.match(headline.text, new RegExp(`1 of ${n} requests failed`));
  const times = collectRequestTimes();
  const about = { excused: false, isError: false, drained: false };
  times.samples.request(request({ ...aborted, via: 'browser' }) as RequestSample, about);
  assert.equal(times.figures(0, Number.POSITIVE_INFINITY).requests, 0, 'of a level');
});

test('what never ended counts with its age from due too', async () => {
  const hanging = Array.from(
    { length: 40 },
    (_, i): Sample => ({
      t: START + 40_000,
      kind: 'event',
      name: 'request-interrupted',
      via: 'http',
      // Of a run of an older suite: not said.
      data: { operation: 'blocks.list', class: 'crud', ms: 25_000, ...(i > 0 && { fromDue: 30_000 }) },
    }),
  );
  const quick = Array.from({ length: 100 }, () => request({ via: 'http', value: 50, fromDue: 60 }));
  const { metrics } = await summaryOf([...quick, ...hanging]);
  for (const key of ['request.blocks.list from due', 'class.crud from due']) {
    const { p95, withUnended } = metrics[key] ?? {};
    assert.deepEqual([p95, withUnended?.p95, withUnended?.unended], [60, 30_000, 40], key);
  }
});

test('rates are over the time in which there was load: its phases, else its sessions', async () => {
  // Ten a second for 20 s, of a run that took half a minute to begin and 20 s to end.
  const load = Array.from({ length: 200 }, (_, i) => request({ t: START + 30_050 + i * 100, via: 'http' }));
  const about = { session: 'h0', via: 'http', t: START + 30_000 } as const;
  const end = new Date(START + 70_000).toISOString();
  const rateOf = async (phases: RunJson['plan']['phases'], samples: Sample[]) => {
    const plan = { phases, mix: [], seed: 1 };
    const { summary } = await conclude(runDirectory(runJson({ plan, end }), [...samples, ...load]));
    return summary.metrics['class.crud']?.rate;
  };
  const phase = { name: 'steady', duration: 20, arrivals: { swaps: 10 } };
  const begun: Sample = { ...about, kind: 'event', name: 'phase-started', phase: 'steady' };
  assert.equal(await rateOf([phase], [begun]), 10);
  const came: Sample = { ...about, kind: 'event', name: 'session-started', data: { scenario: 'swaps' } };
  const left = { ...about, kind: 'session', name: 'swaps', unit: 'ms', ok: true } as const;
  const session: Sample = { ...left, t: START + 50_000, started: START + 30_000, value: 20_000 };
  assert.equal(await rateOf([], [came, session]), 10);
  assert.equal(await rateOf([], [session]), 10);
});

test('a name that ends like a kind of values shares no key with them', async () => {
  const { metrics } = await summaryOf([
    step(10, { name: 'pour' }),
    step(5000, { name: 'pour', cold: true }),
    step(20, { name: 'pour cold' }),
    request({ name: 'pay from due', value: 30, via: 'http', fromDue: 40 }),
  ]);
  const p50Of = (key: string) => metrics[key]?.p50;
  assert.deepEqual([p50Of('step.pour'), p50Of('step.pour cold'), p50Of('step."pour cold"')], [10, 5000, 20]);
  assert.deepEqual([p50Of('request."pay from due"'), p50Of('request."pay from due" from due')], [30, 40]);
  const key = { kind: 'step', name: 'pour cold' } as const;
  assert.deepEqual(parseMetricKey(printMetricKey(key)), key);
  assert.deepEqual(parseMetric('step."pour cold".p95'), {
    kind: 'figure',
    metric: 'step."pour cold"',
    figure: 'p95',
  });
  assert.ok(metricMatcher('step.*')('step."pour cold"'), 'the limit of all steps');
});

test('a request that ended after its run did is in the last second of the timeline', async () => {
  const { timeline, counts } = await summaryOf([request({ t: START + 61_500, ok: false, status: 500 })]);
  assert.equal(timeline.length, 60);
  assert.equal(
    timeline.reduce((sum, { requests }) => sum + requests, 0),
    counts.requests.n,
  );
  assert.equal(timeline.at(-1)?.errors, 1);
});

test('a request that its page gave up is a failure and the target was not available, unlike one taken back', async () => {
  const { counts, operations } = await summaryOf([
    request({
      ...{ via: 'browser', ok: false, status: 0, value: 5000 },
      ...{ errorKind: 'given-up', error: 'given up by the page after 5000 ms' },
    }),
    request({ ok: false, status: 0, error: 'net::ERR_ABORTED', errorKind: 'aborted', value: 3 }),
  ]);
  assert.deepEqual([counts.requests.failed, counts.requests.cancelled], [1, 1]);
  assert.equal(counts.availability.down, 1);
  const row = operations.find(({ name }) => name === 'blocks.list');
  assert.deepEqual(row?.statuses, { cancelled: 1, 'no answer': 1 });
});

test('redirects and answers from a browser’s cache are counted beside the calls: no figure has them', async () => {
  const { counts, operations } = await summaryOf([
    request({ via: 'browser', value: 202, redirects: 1 }),
    request({ via: 'browser', value: 302, redirects: 2, ok: false, status: 500 }),
    { t: START + 2000, kind: 'event', name: 'answered-from-cache', data: { operation: 'blocks.list' } },
  ]);
  const { n, failed, redirects, fromCache } = counts.requests;
  assert.deepEqual([n, failed, redirects, fromCache], [278, 1, 3, 1]);
  const row = operations.find(({ name }) => name === 'blocks.list');
  assert.deepEqual([row?.n, row?.attempts, row?.p50], [1, 2, 202]);
});

test('a refusal that a journey came for is no limit that shaped the run, and its time is in no figure', async () => {
  const { counts, operations, verdict, reasons } = await summaryOf([
    request({ name: 'limited.read', value: 40 }),
    request({ name: 'limited.read', status: 429, expected: true, value: 1 }),
  ]);
  assert.equal(counts.requests.rateLimited, 0);
  const row = operations.find(({ name }) => name === 'limited.read');
  assert.deepEqual([row?.n, row?.p50, row?.errors, row?.attempts], [1, 40, 0, 2]);
  assert.deepEqual(row?.statuses, { '200': 1, '429': 1 });
  assert.ok(!reasons.some((reason) => reason.includes('rate limits')), `${verdict}: ${reasons.join('; ')}`);
});

test('refusals that a journey expects are counted, and are in no figure of good answers', async () => {
  const answers = Array.from({ length: 100 }, (_, second) => [
    request({ name: 'guarded.read', class: 'business', value: 200, fromDue: 200, t: START + second * 100 }),
    request({
      name: 'guarded.read',
      class: 'business',
      status: 403,
      expected: true,
      value: 1,
      fromDue: 1,
      t: START + second * 100,
      serverTiming: 'guard;dur=1',
    }),
  ]).flat();
  const { summary } = await conclude(runDirectory(runJson(), answers));
  const { counts, metrics, operations, timeline } = summary;
  assert.deepEqual([counts.requests.n, counts.requests.failed, counts.requests.refused], [200, 0, 100]);
  for (const key of ['request.guarded.read', 'request.guarded.read from due', 'class.business']) {
    const { n, p50, min, attempts, errors } = metrics[key] ?? {};
    assert.deepEqual([n, p50, min, attempts, errors], [100, 200, 200, 200, 0], key);
  }
  assert.equal(metrics['server.guard'], undefined);
  assert.deepEqual(operations[0]?.statuses, { '200': 100, '403': 100 });
  assert.equal(timeline[5]?.p95, 200);
  const times = collectRequestTimes();
  for (const sample of answers)
    times.samples.request(sample as RequestSample, { excused: false, isError: false, drained: false });
  assert.deepEqual(times.figures(START, START + 10_000), {
    requests: 200,
    errors: 0,
    n: 100,
    p50: 200,
    p95: 200,
  });
});

test('latency from due is a figure of its own, of HTTP clients, and `*` does not mix the two', async () => {
  const { metrics, operations } = await summaryOf([
    request({ name: 'late.list', via: 'http', value: 10, fromDue: 60 }),
    request({ name: 'late.list', via: 'http', value: 20, fromDue: 20 }),
    request({ name: 'late.list', via: 'browser', value: 30 }),
    request({ name: 'late.list', via: 'http', ok: false, status: 500, value: 900, fromDue: 900 }),
  ]);
  const due = metrics['request.late.list from due'];
  assert.deepEqual([due?.n, due?.p50, due?.max, due?.attempts, due?.errors], [2, 40, 60, 3, 1]);
  assert.equal(metrics['request.late.list']?.n, 3);
  const row = operations.find(({ name }) => name === 'late.list');
  assert.deepEqual([row?.dueP95, row?.httpP95], [58, 19.5]);
  assert.equal(operations.find(({ name }) => name === 'blocks.list')?.dueP95 ?? null, null);
  assert.deepEqual(['request.late.list', 'request.late.list from due'].map(metricMatcher('request.*')), [
    true,
    false,
  ]);
  assert.deepEqual(parseMetric('request.late.list.p95 from due'), {
    kind: 'figure',
    metric: 'request.late.list from due',
    figure: 'p95',
  });
  assert.match(String(parseMetric('step.submit the absence.p95 from due')), /only a request or class/);
});

test('each percentile has its interval, open where n is too small for an end', async () => {
  const values = (name: string, n: number) => [...Array(n)].map((_, index) => step(index + 1, { name }));
  const { metrics } = await summaryOf([
    ...values('71', 71),
    ...values('72', 72),
    ...values('367', 367),
    ...values('368', 368),
  ]);
  assert.deepEqual(metrics['step.71']?.p95ci, [63, null]);
  assert.deepEqual(metrics['step.72']?.p95ci, [64, 72]);
  assert.equal(metrics['step.367']?.p99ci?.[1], null);
  assert.equal(metrics['step.368']?.p99ci?.[1], 368);
  assert.deepEqual(
    [metrics['step.72']?.p75ci, metrics['step.72']?.p90ci].map((ends) => ends?.every((end) => end !== null)),
    [true, true],
  );
});

test('a class pools its operations’ samples, not their percentiles', async () => {
  const { metrics } = await summaryOf([
    ...[1, 1, 1].map((value) => request({ class: 'generation', name: 'a', value })),
    request({ class: 'generation', name: 'b', value: 100_000 }),
  ]);
  // 10 of schedule.generate are in the healthy run.
  assert.equal(metrics['class.generation']?.n, 14);
  assert.equal(metrics['class.generation']?.max, 100_000);
  assert.equal(metrics['request.a']?.p50, 1);
});

test('vitals: the latest value of a view, rated at p75 by the published limits, cold views apart', async () => {
  const vital = (view: string, value: number, changes: Partial<VitalSample> = {}): VitalSample => ({
    t: START + 2000,
    kind: 'vital',
    name: 'LCP',
    value,
    unit: 'ms',
    nav: 'hard',
    rating: 'good',
    view,
    session: 'b0',
    page: '/people',
    ...changes,
  });
  const { pages, completeness } = await summaryOf([
    vital('v1', 100),
    vital('v1', 2600),
    vital('v2', 2600),
    vital('v3', 9000, { cold: true }),
    vital('v4', 0.3, { name: 'CLS', unit: '1', cold: true }),
    {
      t: START + 2000,
      kind: 'event',
      name: 'page-view',
      session: 'b0',
      page: '/people',
      data: { id: 'v1', nav: 'hard', measurable: true, interacted: false, cold: false },
    },
    {
      t: START + 2000,
      kind: 'event',
      name: 'page-view',
      session: 'b0',
      page: '/people',
      data: { id: 'v9', nav: 'soft', measurable: false, interacted: false, cold: false },
    },
  ]);
  const people = pages.find(({ page }) => page === '/people');
  const { LCP, CLS } = people?.vitals ?? {};
  assert.deepEqual(
    [LCP?.n, LCP?.p75, LCP?.rating, LCP?.cold, LCP?.coldP75],
    [2, 2600, 'needs-improvement', 1, 9000],
  );
  assert.deepEqual([CLS?.n, CLS?.p75, CLS?.coldP75, CLS?.rating], [0, null, 0.3, 'poor']);
  assert.deepEqual([people?.views, people?.hard, people?.soft], [2, 1, 1]);
  // 56 views of the healthy run and v1; v9 cannot be measured, and INP is not to be had of a view without input.
  assert.deepEqual([completeness.views, completeness.measurable], [58, 57]);
  assert.deepEqual(completeness.vitals.LCP, { expected: 57, got: 57 });
  assert.deepEqual(completeness.vitals.FCP, { expected: 57, got: 56 });
  assert.deepEqual(completeness.vitals.INP, { expected: 56, got: 56 });
});

test('errors of one kind are one group, under their step, with the first evidence', async () => {
  const { errors } = await summaryOf([
    step(1, { ok: false, error: 'row 17 did not come' }),
    step(1, {
      ok: false,
      error: 'row 18 did not come',
      screenshot: 'artifacts/a.png',
      trace: 'artifacts/a.zip',
    }),
    step(1, { ok: false, error: 'something else' }),
    {
      t: START,
      kind: 'session',
      name: 's',
      session: 'z',
      value: 1,
      unit: 'ms',
      ok: false,
      started: START,
      error: 'submit the absence: row 17 did not come',
      failedStep: 'submit the absence',
    },
  ]);
  assert.deepEqual(
    errors.map(({ kind, step: of, count, message, screenshot }) => [kind, of, count, message, screenshot]),
    [
      ['step', 'submit the absence', 2, 'row 17 did not come', 'artifacts/a.png'],
      ['step', 'submit the absence', 1, 'something else', undefined],
    ],
  );
});

test('journeys that were cut short are counted apart with their reason, and their times are in no figure', async () => {
  const before = await conclude(runDirectory(runJson(), healthySamples()));
  const short: Sample[] = [1, 2].map((index) => ({
    t: START + 900 + index,
    kind: 'journey',
    name: 'view my schedule',
    journey: 'view my schedule',
    session: 'b0',
    value: 1,
    unit: 'ms',
    ok: true,
    cutShort: { code: 'nothing-there', text: 'nothing to look at' },
  }));
  const { summary } = await conclude(runDirectory(runJson(), [...healthySamples(), ...short]));
  const of = summary.counts.journeys;
  assert.equal(of.cutShort, 2);
  assert.equal(of.started, of.ok + of.failed + of.interrupted);
  const passes = healthySamples().filter(
    ({ kind, name }) => kind === 'journey' && name === 'view my schedule',
  );
  assert.deepEqual(summary.cutShort, [
    {
      journey: 'view my schedule',
      code: 'nothing-there',
      why: 'nothing to look at',
      count: 2,
      of: passes.length + 2,
    },
  ]);
  const key = 'journey.view my schedule';
  assert.deepEqual(summary.metrics[key], before.summary.metrics[key]);
});

test('a journey over HTTP that failed is one group with its requests; its session does not repeat it', async () => {
  const failed = (id: number, har?: string): Sample[] => {
    const about = { t: START, session: `h${id}`, via: 'http' } as const;
    const error = `absences.create (POST /absences): 409 row ${id} overlaps`;
    const session = {
      ...about,
      kind: 'session',
      name: 'over HTTP',
      value: 1,
      unit: 'ms',
      ok: false,
    } as const;
    return [
      { ...about, kind: 'error', name: 'journey failed', journey: 'ask', error, har },
      { ...session, started: START, error },
    ];
  };
  const { errors } = await summaryOf([...failed(1), ...failed(2, 'artifacts/a.har')]);
  assert.deepEqual(
    errors.map(({ kind, name, count, via, har }) => [kind, name, count, via, har]),
    [['error', 'journey failed', 2, 'http', 'artifacts/a.har']],
  );
});
