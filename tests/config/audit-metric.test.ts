import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAtLeast, parseMetric, unitOf } from '../../config/threshold-metric.ts';

const parsed = (text: string) => {
  const expression = parseMetric(text);
  assert.ok(typeof expression !== 'string', String(expression));
  return { side: isAtLeast(expression) ? 'at least' : 'at most', unit: unitOf(expression), ...expression };
};

test('a measure of an audit is written by page or step; a limit on a score is "at least"', () => {
  assert.deepEqual(parsed('audit./schedule.LCP.p50'), {
    kind: 'figure',
    metric: 'audit./schedule.LCP',
    figure: 'p50',
    side: 'at most',
    unit: 'ms',
  });
  assert.equal(parsed('audit.*.performance.min').side, 'at least');
  assert.equal(parsed('audit.*.performance.min').unit, '%');
  assert.equal(parsed('audit.view my schedule: show a month.transfer size.max').unit, 'B');
  assert.equal(parsed('audit./.CLS.p50').unit, '1');
  assert.equal(parsed('audit.*.performance.n').unit, '1');
});

test('an unknown measure, the mean of scores and a share of failures are refused', () => {
  assert.match(
    String(parseMetric('audit./schedule.LPC.p50')),
    /no such measure of an audit: 'LPC'; measures are performance, .*LCP/,
  );
  assert.match(String(parseMetric('audit.LCP.p50')), /write audit\.<page/);
  assert.match(String(parseMetric('audit.*.seo.mean')), /scores are not averaged/);
  assert.match(String(parseMetric('audit.*.LCP.errors')), /audits\.failed/);
});
