/** What journeys count, what the target tells of its own time, and how near its rate limits came. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { durationsIn } from '../../analysis/summary/server-timing.ts';
import { parseMetric } from '../../config/threshold-metric.ts';
import type { CountSample, RequestSample, Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

const count = (name: string, value: number, changes: Partial<CountSample> = {}): CountSample => ({
  t: START + 1000,
  kind: 'count',
  name,
  value,
  via: 'http',
  ...changes,
});
const request = (changes: Partial<RequestSample>): RequestSample => ({
  t: START + 1000,
  kind: 'request',
  name: 'people.list',
  class: 'crud',
  method: 'GET',
  status: 200,
  value: 10,
  unit: 'ms',
  ok: true,
  via: 'http',
  ...changes,
});
/** The summary and the report of a healthy run with these samples too, under one limit. */
async function under(limit: string, samples: Sample[]) {
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  writeFileSync(thresholds, `smoke:\n  metrics:\n    ${limit}\n`);
  const dir = runDirectory(runJson(), [...healthySamples(), ...samples]);
  const { summary } = await conclude(dir, { thresholds });
  return { ...summary, page: readFileSync(join(dir, 'index.html'), 'utf8') };
}
const gateOf = async (limit: string, samples: Sample[]) => (await under(limit, samples)).gates[0];

test('counts add up by name without warm-up, and are compared with limits of number and rate', async () => {
  const samples = [
    count('swaps executed', 2),
    count('swaps executed', 1, { t: START + 2000 }),
    count('swaps executed', 50, { warmup: true }),
    count('violations found', 0),
  ];
  const summary = await under('count.swaps executed.n: [error, 3]', samples);
  assert.deepEqual(
    summary.counters.map(({ name, n, times }) => [name, n, times]),
    [
      ['swaps executed', 3, 2],
      ['violations found', 0, 1],
    ],
  );
  assert.deepEqual([summary.gates[0]?.verdict, summary.gates[0]?.observed], ['pass', 3]);
  assert.equal((await gateOf('count.swaps executed.n: [error, 4]', samples))?.verdict, 'fail');
  assert.equal((await gateOf('count.swaps executed.rate: [error, 1000]', samples))?.verdict, 'fail');
  // Looked for and none found is a count; nobody looked is none.
  assert.equal((await gateOf('count.violations found.n: [error, 0]', samples))?.verdict, 'pass');
  assert.match(
    (await gateOf('count.schedules generated.n: [error, 0]', samples))?.message ?? '',
    /no samples/,
  );
});

test('a count has no percentile, and a reported time no rate', () => {
  assert.match(String(parseMetric('count.swaps executed.p95')), /write count\.<name>\.n, or \.rate/);
  assert.match(String(parseMetric('server.db.rate')), /has no rate/);
  assert.equal(typeof parseMetric('server.db.p95'), 'object');
});

test('Server-Timing: durations by name, whatever stands beside them', () => {
  assert.deepEqual(
    [
      ...durationsIn(
        'db;dur=53.2, cache;desc="hit, or; dur=9";dur=2 , wrong;dur=-5, miss, db; dur="1.3", x;dur=none',
      ),
    ],
    [
      ['db', 54.5],
      ['cache', 2],
    ],
  );
});

test('the target’s own times are metrics with percentiles; failures and warm-up are not among them', async () => {
  const samples = [1, 1, 2, 2, 3, 3].map((ms) => request({ serverTiming: `db;dur=${ms}, cache;dur=0.5` }));
  const { metrics, gates } = await under('server.db.p50: [error, 1.5]', [
    ...samples,
    request({ serverTiming: 'db;dur=900', ok: false, status: 500, error: '500' }),
    request({ serverTiming: 'db;dur=900', warmup: true }),
  ]);
  assert.deepEqual(
    [metrics['server.db']?.n, metrics['server.db']?.p50, metrics['server.db']?.max],
    [6, 2, 3],
  );
  assert.equal(metrics['server.cache']?.p50, 0.5);
  assert.equal(gates[0]?.verdict, 'fail');
});

test('how near a rate limit came: the least that was left, and the refusals', async () => {
  const { quotas, counts } = await under('server.db.p50: [off, 1]', [
    request({ quota: 200, quotaLeft: 199 }),
    request({ quotaLeft: 3 }),
    request({ quotaLeft: 0, status: 429, ok: false, error: '429' }),
    request({ name: 'people.read' }),
  ]);
  assert.deepEqual(quotas, [{ operation: 'people.list', told: 3, limit: 200, least: 0, hits: 1 }]);
  assert.equal(counts.requests.rateLimited, 1);
});

test('the report shows all three, and names from the target as text', async () => {
  const { page } = await under('server.db.p50: [off, 1]', [
    count('<b>made</b>', 2),
    request({ serverTiming: 'db;dur=4', quota: 5, quotaLeft: 4 }),
  ]);
  assert.match(page, /Counters, server timing and rate limits/);
  assert.match(page, /&lt;b&gt;made/);
  assert.match(page, /X-RateLimit headers/);
});
