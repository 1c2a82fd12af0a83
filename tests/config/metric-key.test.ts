import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MetricKey, parseMetricKey, printMetricKey } from '../../config/metric-key.ts';
import { type FindingKey, parseFindingKey, printFindingKey } from '../../config/run-figure.ts';
import { parseMetric, printMetric } from '../../config/threshold-metric.ts';

const KEYS: Array<[text: string, key: MetricKey, expression: string]> = [
  ['session', { kind: 'session' }, 'session.p95'],
  ['class.crud', { kind: 'class', name: 'crud' }, 'class.crud.p95'],
  [
    'request.swaps.execute from due',
    { kind: 'request', name: 'swaps.execute', variant: 'from due' },
    'request.swaps.execute.p95 from due',
  ],
  [
    'step.open people cold',
    { kind: 'step', name: 'open people', variant: 'cold' },
    'step.open people.p95 cold',
  ],
  ['target.database.cpu', { kind: 'target', name: 'database.cpu' }, 'target.database.cpu.p95'],
  ['vital.LCP', { kind: 'vital', name: 'LCP' }, 'vital.LCP.p95'],
  [
    'vital.LCP./schedule/[personId] cold',
    { kind: 'vital', name: 'LCP', page: '/schedule/[personId]', variant: 'cold' },
    'vital.LCP.p95 page /schedule/[personId] cold',
  ],
];

test('a metric has one key, and one expression for each of its figures', () => {
  for (const [text, key, expression] of KEYS) {
    assert.equal(printMetricKey(key), text);
    assert.deepEqual(parseMetricKey(text), key);
    assert.equal(printMetric(key, 'p95'), expression);
    const parsed = parseMetric(expression);
    assert.equal(typeof parsed === 'object' && parsed.kind === 'figure' && parsed.metric, text, expression);
  }
  assert.equal(parseMetricKey('steps.open people'), undefined);
});

test('a finding has one key', () => {
  const keys: Array<[string, FindingKey]> = [
    ['recovery.spike 1', { kind: 'recovery', phase: 'spike 1' }],
    ['capacity.users', { kind: 'capacity', of: 'users' }],
    ['class.crud.p50.drift', { kind: 'drift', of: 'class.crud', figure: 'p50' }],
    ['requests.errorRate.drift', { kind: 'drift', of: 'requests', figure: 'errorRate' }],
  ];
  for (const [text, key] of keys) {
    assert.equal(printFindingKey(key), text);
    assert.deepEqual(parseFindingKey(text), key);
    assert.deepEqual(parseMetric(text), { kind: 'finding', key: text });
  }
  assert.equal(parseFindingKey('requests.fromCache'), undefined);
});
