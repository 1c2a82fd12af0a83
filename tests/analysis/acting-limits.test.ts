import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../config/errors.ts';
import { loadThresholds } from '../../config/thresholds.ts';
import { temporaryDirectory } from './synthetic-run.ts';

function load(line: string) {
  const path = join(temporaryDirectory(), 'given.yml');
  writeFileSync(path, `load:\n  metrics:\n    ${line}\n`);
  return loadThresholds(path).get('load')?.thresholds[0];
}
const refused = (line: string, hint: RegExp) =>
  assert.throws(
    () => load(line),
    (error) => error instanceof ConfigError && /given\.yml:3/.test(error.message) && hint.test(error.message),
    line,
  );

test('a limit may end the run, after a time, or be judged level by level', () => {
  const aborts = load('requests.errorRate: { gate: [error, 0.1], abort: { after: 1m30s }, why: it is down }');
  assert.deepEqual([aborts?.abortAfter, aborts?.breaking, aborts?.why], [90, undefined, 'it is down']);
  assert.equal(load('step.*.p95: { gate: [error, 900], abort: { after: 30 } }')?.abortAfter, 30);
  assert.equal(load('class.crud.p95: { gate: [error, 500], breaking: true }')?.breaking, true);
  assert.equal(load('class.crud.p95: [error, 500]')?.abortAfter, undefined);
});

test('a limit that cannot act is reported before the run', () => {
  refused('requests.errorRate: { gate: [error, 0.1], abort: { after: soon } }', /abort: \{ after: 30s \}/);
  refused('requests.errorRate: { gate: [error, 0.1], abort: 30s }', /abort: \{ after: 30s \}/);
  refused('requests.errorRate: { gate: [warn, 0.1], abort: { after: 30s } }', /abort needs level error/);
  refused('vital.LCP.p75 cold: { gate: [error, 9], abort: { after: 30s } }', /known while a run goes on/);
  refused('capacity.users: { gate: [error, 9], breaking: true }', /breaking needs level error and a metric/);
});
