/** Limits of the verdict, limits that end a run and limits of a level: one judge, so that no two of them disagree. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINAL_POLICY, judgeLimit } from '../../analysis/judge/judge-limit.ts';
import { limitOf } from '../../analysis/judge/limit.ts';
import { endedBy } from '../../artillery/steering/ending.ts';
import { failedFor, limitsIn } from '../../artillery/steering/limit-watch.ts';
import { LiveFigures } from '../../artillery/steering/live-figures.ts';
import { type MetricExpression, parseMetric } from '../../config/threshold-metric.ts';
import type { Threshold } from '../../config/thresholds.ts';

const SECONDS = 30;

function threshold(expression: string, limit: number): Threshold {
  const metric = parseMetric(expression) as MetricExpression;
  return { expression, metric, level: 'error', limit, abortAfter: SECONDS, where: 'here:1' };
}

/** `n` requests in 30 s, the failed ones evenly among them; the others take 10, 20, … 100 ms in turn. */
function requests(n: number, failures: number, metric: MetricExpression): LiveFigures {
  const figures = new LiveFigures([metric], 600_000);
  for (let index = 0; index < n; index += 1) {
    const t = (index * SECONDS * 1000) / n;
    const hasFailed = Math.floor(((index + 1) * failures) / n) > Math.floor((index * failures) / n);
    figures.count('requests', t, hasFailed);
    figures.count('down', t, hasFailed);
    figures.add('class.crud', t, { value: ((index % 10) + 1) * 10, ok: !hasFailed });
  }
  return figures;
}

/** What the verdict, a level and `abort` say of the same figures. */
function answers(expression: string, limit: number, n: number, failures: number) {
  const one = threshold(expression, limit);
  const figures = requests(n, failures, one.metric);
  const [value] = figures.read(one.metric, 0, SECONDS * 1000);
  assert.ok(value);
  return {
    verdict: judgeLimit(limitOf(one), value, FINAL_POLICY).outcome,
    level: limitsIn(figures, one, 0, SECONDS * 1000)[0]?.verdict,
    abort: failedFor(figures, [one], SECONDS * 1000, 0),
  };
}

const CASES: Array<[expression: string, limit: number, n: number, failures: number, outcome: string]> = [
  // Exact intervals: 2 of 1 000: 0.02 to 0.72 %; 20 of 1 000: 1.23 to 3.07 %; 12 of 1 000: 0.62 to 2.09 %.
  ['requests.errorRate', 0.01, 1000, 2, 'passed'],
  ['requests.errorRate', 0.01, 1000, 20, 'failed'],
  ['requests.errorRate', 0.01, 1000, 12, 'inconclusive'],
  // At the limit itself 2 of 54 come with a chance of 10 %.
  ['requests.errorRate', 0.01, 54, 2, 'inconclusive'],
  ['class.crud.errors', 0.01, 54, 2, 'inconclusive'],
  ['availability', 0.999, 170, 1, 'inconclusive'],
  ['class.crud.errors', 0.01, 1000, 20, 'failed'],
  ['class.crud.errors', 0.01, 1000, 12, 'inconclusive'],
  ['availability', 0.99, 1000, 2, 'passed'],
  ['availability', 0.99, 1000, 20, 'failed'],
  ['availability', 0.99, 1000, 12, 'inconclusive'],
  ['requests.errorRate', 0, 100, 5, 'failed'],
  ['class.crud.p95', 100, 200, 0, 'passed'],
  ['class.crud.p95', 50, 200, 0, 'failed'],
  ['class.crud.p95', 50, 19, 0, 'inconclusive'],
  ['class.crud.p99', 50, 99, 0, 'inconclusive'],
  ['class.crud.p50', 54, 200, 0, 'failed'],
];
for (const [expression, limit, n, failures, outcome] of CASES)
  test(`${expression} against ${limit}, ${failures} of ${n} failed: ${outcome} for the verdict, a level and abort`, () => {
    const { verdict, level, abort } = answers(expression, limit, n, failures);
    assert.deepEqual([verdict, level, abort !== undefined], [outcome, outcome, outcome === 'failed']);
    if (abort) assert.match(endedBy(abort).why, /was beyond its limit for 30 s/);
  });

test('a rate within its limit passes a level that the verdict could not confirm by it, and ends no run', () => {
  // 0 of 100: up to 3.62 %, and 368 are needed to confirm 1 %.
  const { verdict, level, abort } = answers('requests.errorRate', 0.01, 100, 0);
  assert.deepEqual([verdict, level, abort], ['inconclusive', 'passed', undefined]);
});

test('a single failure ends no run: it takes 20 samples to end one by a rate', () => {
  assert.equal(answers('requests.errorRate', 0, 15, 15).abort, undefined);
  assert.equal(answers('requests.errorRate', 0, 15, 15).verdict, 'failed');
});
