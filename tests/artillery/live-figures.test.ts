import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRequestError } from '../../analysis/summary/request-counts.ts';
import { NoteTaker } from '../../api/worker/live-notes.ts';
import { failedFor, limitsIn, limitUtilization } from '../../artillery/steering/limit-watch.ts';
import { LiveFeed } from '../../artillery/steering/live-feed.ts';
import { LiveFigures } from '../../artillery/steering/live-figures.ts';
import { isLive, type MetricExpression, parseMetric } from '../../config/threshold-metric.ts';
import type { Threshold } from '../../config/thresholds.ts';
import type { RequestSample, StepSample } from '../../measure/run/samples.ts';

const metric = (text: string) => parseMetric(text) as MetricExpression;
const threshold = (expression: string, limit: number, abortAfter?: number): Threshold => ({
  expression,
  metric: metric(expression),
  level: 'error',
  limit,
  abortAfter,
  where: 'here:1',
});
const request = (t: number, value: number, changes: Partial<RequestSample> = {}): RequestSample => ({
  t,
  kind: 'request',
  name: 'people.list',
  class: 'crud',
  method: 'GET',
  status: 200,
  value,
  unit: 'ms',
  ok: true,
  via: 'http',
  ...changes,
});
const failed = { ok: false, status: 500, error: 'answered 500' };

/** Figures that are fed as a run feeds them: over HTTP through the thread's notes. */
function fed(wanted: string[], samples: Array<RequestSample | StepSample>, keepMs = 600_000) {
  const figures = new LiveFigures(wanted.map(metric), keepMs);
  const feed = new LiveFeed(figures, {
    match: ({ error }) => (error === 'known' ? { name: 'known', excused: true } : undefined),
  });
  const notes = new NoteTaker();
  for (const sample of samples) {
    if (sample.via === 'http') notes.take(sample);
    else feed.sample(sample);
  }
  feed.notes(notes.handOver());
  return figures;
}
const values = (figures: LiveFigures, text: string, from: number, to: number) =>
  figures.read(metric(text), from, to).map(({ name, value, n }) => [name, value, n]);

test('refusals that a journey expects are requests without a time, in browsers and over HTTP', () => {
  const samples = (['http', 'browser'] as const).flatMap((via) =>
    Array.from({ length: 100 }, (_, i) => [
      request(1000 + i, 200, { via }),
      request(1000 + i, 1, { via, status: i % 2 ? 403 : 429, expected: true }),
    ]).flat(),
  );
  const figures = fed(['class.crud.p50', 'class.crud.errors'], samples);
  assert.deepEqual(values(figures, 'class.crud.p50', 1000, 1250), [['class.crud.p50', 200, 200]]);
  for (const text of ['class.crud.errors', 'requests.errorRate', 'requests.rateLimited'])
    assert.deepEqual(values(figures, text, 1000, 1250), [[text, 0, 400]]);
});

test('percentiles of a stretch are those of its raw values (type 7), by class, request and step', () => {
  const samples = [
    ...Array.from({ length: 100 }, (_, i) => request(10_000 + i * 10, i)),
    ...Array.from({ length: 50 }, (_, i) => request(20_000 + i * 10, 1000 + i, { name: 'people.get' })),
    ...Array.from(
      { length: 3 },
      (_, i): StepSample => ({
        t: 10_500,
        kind: 'step',
        name: 'open people',
        value: 100 * (i + 1),
        unit: 'ms',
        ok: i < 2,
        via: 'browser',
      }),
    ),
  ];
  const figures = fed(
    ['class.crud.p95', 'request.*.p50', 'step.open people.p50', 'steps.errorRate'],
    samples,
  );
  assert.deepEqual(values(figures, 'class.crud.p95', 10_000, 11_000), [['class.crud.p95', 94.05, 100]]);
  assert.deepEqual(values(figures, 'request.*.p50', 10_000, 30_000), [
    ['request.people.list.p50', 49.5, 100],
    ['request.people.get.p50', 1024.5, 50],
  ]);
  assert.deepEqual(values(figures, 'step.open people.p50', 10_000, 11_000), [
    ['step.open people.p50', 150, 2],
  ]);
  assert.deepEqual(values(figures, 'steps.errorRate', 10_000, 11_000), [['steps.errorRate', 1 / 3, 3]]);
  assert.deepEqual(values(figures, 'class.crud.p95', 11_250, 20_000), []);
});

test('a request without an answer for too long when its page left is a failure, as in the summary', () => {
  const left = {
    ok: false,
    status: 0,
    via: 'browser',
    error: 'net::ERR_ABORTED',
    errorKind: 'aborted',
  } as const;
  const figures = fed(
    ['class.crud.errors'],
    [request(1000, 5), request(1100, 11_000, left), request(1100, 900, left)],
  );
  assert.deepEqual(values(figures, 'requests.errorRate', 1000, 1250), [['requests.errorRate', 0.5, 2]]);
});

test('failures are counted as the summary counts them: 429, excused and cancelled ones are none', () => {
  const samples = [
    ...Array.from({ length: 16 }, (_, i) => request(1000 + i, 5)),
    request(1100, 5, failed),
    request(1100, 5, { ...failed, status: 429 }),
    request(1100, 5, { ...failed, error: 'known' }),
    request(1100, 5, {
      ...failed,
      status: 0,
      via: 'browser',
      error: 'net::ERR_ABORTED',
      errorKind: 'aborted',
    }),
  ];
  assert.deepEqual(
    samples.filter((sample) => !sample.ok && isRequestError(sample, sample.error === 'known')).length,
    1,
  );
  const figures = fed(['class.crud.errors'], samples);
  for (const [text, value] of [
    ['requests.errorRate', 1 / 19],
    ['requests.rateLimited', 1 / 19],
    ['availability', 1 - 1 / 19],
    ['class.crud.errors', 1 / 19],
  ] as const)
    assert.deepEqual(values(figures, text, 1000, 1250)[0]?.slice(1), [value, 19], text);
});

test('what is older than anybody asks for is forgotten', () => {
  const figures = fed(['class.crud.p50'], [request(0, 1), request(5000, 2), request(12_000, 3)], 10_000);
  assert.deepEqual(values(figures, 'class.crud.p50', 0, 20_000), [['class.crud.p50', 2.5, 2]]);
});

test('a limit passes, fails, or has too few samples; the load is the worst figure by its limit', () => {
  const figures = fed(
    ['class.crud.p95', 'request.*.errors'],
    Array.from({ length: 40 }, (_, i) => request(1000 + i, 200, i < 2 ? failed : {})),
  );
  const verdicts = (one: Threshold, to = 1500) =>
    limitsIn(figures, one, 1000, to).map(({ verdict }) => verdict);
  assert.deepEqual(verdicts(threshold('class.crud.p95', 200)), ['passed']);
  assert.deepEqual(verdicts(threshold('class.crud.p95', 199)), ['failed']);
  assert.deepEqual(verdicts(threshold('class.crud.p99', 199)), ['inconclusive']);
  assert.deepEqual(verdicts(threshold('class.auth.p95', 199)), ['inconclusive']);
  assert.deepEqual(verdicts(threshold('requests.errorRate', 0.05)), ['passed']);
  // Two of forty or more have a chance of 6 % at 1 %, and of 0.1 % at 0.1 %.
  assert.deepEqual(verdicts(threshold('availability', 0.99)), ['inconclusive']);
  assert.deepEqual(verdicts(threshold('availability', 0.999)), ['failed']);
  const all = [threshold('class.crud.p95', 400), threshold('availability', 0.9)];
  const limits = all.flatMap((one) => limitsIn(figures, one, 1000, 1500));
  assert.ok(Math.abs((limitUtilization(limits, all) ?? 0) - 0.5) < 1e-9);
});

/** 20 requests a second from 0 to 60 s; between `from` and `to` (s) the share fails. */
const outage = (from: number, to: number, share: number) =>
  fed(
    [],
    Array.from({ length: 1200 }, (_, i) => {
      const isOut = i * 50 >= from * 1000 && i * 50 < to * 1000;
      return request(i * 50, 5, isOut && (i % 100) / 100 < share ? failed : {});
    }),
  );
/** The second at which the run would be ended; undefined: it would not. */
function endsAt(figures: LiveFigures, one: Threshold): number | undefined {
  for (let second = 1; second <= 60; second += 1)
    if (failedFor(figures, [one], second * 1000, 0)) return second;
  return undefined;
}

test('a run is ended when a limit has been broken for as long as it may, and not by a burst', () => {
  const one = threshold('requests.errorRate', 0.1, 30);
  const second = endsAt(outage(10, 60, 0.5), one);
  assert.ok(second !== undefined && second >= 34 && second <= 41, `${second}`);
  assert.equal(endsAt(outage(10, 18, 1), one), undefined, '8 s of failures are 27 % of 30 s, and over');
  assert.equal(endsAt(outage(0, 60, 0.05), one), undefined, 'below the limit');
  assert.equal(endsAt(outage(0, 60, 0.5), one), 30, 'not before the time is over');
});

test('a threshold that cannot be known while a run goes on is distinguished', () => {
  for (const text of [
    'requests.errorRate',
    'class.crud.p95',
    'step.*.p50',
    'request.people.list.p99',
    'checks.failed',
  ])
    assert.equal(isLive(metric(text)), true, text);
  for (const text of [
    'vital.LCP.p75 cold',
    'completeness',
    'class.crud.p95 from due',
    'capacity.users',
    'class.crud.rate',
  ])
    assert.equal(isLive(metric(text)), false, text);
});
