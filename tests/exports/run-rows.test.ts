/** Rows have every figure of summary.json, unrounded, and only names that docs/upload.md lists. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { parseMetricKey } from '../../config/metric-key.ts';
import { valuesOf } from '../../exports/row.ts';
import { runRows, snakeCase, VERDICT_CODES } from '../../exports/run-rows.ts';
import { runDirectory, runJson, START, watchedSamples } from '../analysis/synthetic-run.ts';
import { documentedNames } from './documented-names.ts';

const { summary } = await conclude(runDirectory(runJson(), watchedSamples()));
const rows = runRows(summary);

const rowsOf = (measurement: string) => rows.filter((row) => row.measurement === measurement);

test('each metric is a row whose fields are its figures; what has no value is left out', () => {
  assert.equal(rowsOf('loadtest_figure').length, Object.keys(summary.metrics).length);
  for (const [key, figures] of Object.entries(summary.metrics)) {
    const { kind, name, page, variant } = parseMetricKey(key) ?? assert.fail(key);
    const found = rowsOf('loadtest_figure').filter(
      ({ labels }) =>
        labels.kind === kind && labels.name === name && labels.page === page && labels.variant === variant,
    );
    assert.equal(found.length, 1, key);
    const [{ fields = {}, t } = {}] = found;
    for (const figure of [
      'n',
      'attempts',
      'errors',
      'min',
      'mean',
      'p50',
      'p75',
      'p95',
      'p99',
      'max',
    ] as const)
      assert.equal(fields[figure], figures[figure] ?? undefined, `${key}.${figure}`);
    assert.equal(fields.p95_low, figures.p95ci?.[0] ?? undefined);
    assert.equal(t, START + 60_000);
  }
});

test('the timeline is a row a second, at its second', () => {
  const seconds = rowsOf('loadtest_second');
  assert.equal(seconds.length, summary.timeline.length);
  for (const [index, { s, held: _, heldMissing: __, ...of }] of summary.timeline.entries()) {
    const { fields, t } = seconds[index] ?? assert.fail(`no second ${s}`);
    assert.equal(t, START + s * 1000);
    for (const [name, value] of Object.entries(of)) assert.equal(fields[snakeCase(name)], value ?? undefined);
  }
});

test('the run as a whole has its verdict and its counts', () => {
  const [{ fields } = assert.fail('no row')] = rowsOf('loadtest_run');
  assert.equal(fields.verdict_code, VERDICT_CODES[summary.verdict]);
  assert.equal(fields.requests, summary.counts.requests.n);
  const gates = (fields.gates_passed ?? 0) + (fields.gates_failed ?? 0) + (fields.gates_inconclusive ?? 0);
  assert.equal(gates, summary.gates.length);
  assert.equal(rowsOf('loadtest_gate').length, summary.gates.length);
  assert.equal(rowsOf('loadtest_share').length, Object.keys(summary.shares).length);
});

test('a run that is concluded again, with another verdict and other outcomes, has the same series', () => {
  const again = structuredClone(summary);
  again.verdict = 'fail';
  again.exitCode = 1;
  for (const gate of again.gates) gate.outcome = 'failed';
  const seriesOf = (one: Summary) =>
    runRows(one).map(({ measurement, labels }) => `${measurement} ${JSON.stringify(labels)}`);
  assert.ok(summary.gates.some(({ outcome }) => outcome !== 'failed'));
  assert.deepEqual(seriesOf(again), seriesOf(summary));
  assert.notDeepEqual(runRows(again), rows);
});

test('no two values are one series at one time: a server would keep the last of them', () => {
  const values = valuesOf(rows);
  const apart = new Set(values.map(({ metric, labels, t }) => `${metric} ${JSON.stringify(labels)} ${t}`));
  assert.equal(apart.size, values.length);
});

test('docs/upload.md lists each measurement, label and field', () => {
  const names = documentedNames(readFileSync('docs/upload.md', 'utf8'));
  for (const { measurement, labels, fields } of rows) {
    const documented = names.get(measurement) ?? assert.fail(`${measurement} is not documented`);
    for (const label of Object.keys(labels))
      assert.ok(documented.labels.has(label), `${measurement}: ${label}`);
    for (const field of Object.keys(fields))
      assert.ok(documented.fields.has(field), `${measurement}: ${field}`);
  }
});
