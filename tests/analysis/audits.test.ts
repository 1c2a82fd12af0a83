import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import { nextSteps } from '../../analysis/text/next-steps.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { audit, concludedEvent } from './audit-samples.ts';
import { runDirectory, runJson, START } from './synthetic-run.ts';

const RUN = runJson({ profiles: ['audit'], runner: 'audit', plan: { phases: [], mix: [], seed: 1 } });
const SESSION: Sample[] = [
  {
    t: START,
    kind: 'event',
    name: 'session-started',
    session: 'a',
    via: 'browser',
    data: { scenario: 'audit' },
  },
  {
    t: START + 59_000,
    kind: 'session',
    name: 'audit',
    session: 'a',
    via: 'browser',
    value: 59_000,
    unit: 'ms',
    ok: true,
    started: START,
  },
];

function concluded(samples: Sample[]) {
  return conclude(runDirectory(RUN, [...SESSION, ...samples]));
}

const REPEATS = [
  audit(1, { LCP: 500, performance: 0.9 }),
  audit(2, { LCP: 900, performance: 0.5 }),
  audit(3, { LCP: 400, performance: 0.7 }),
];

test('each measure of a page is a metric with all its values; scores have no mean', async () => {
  const { summary } = await concluded(REPEATS);
  const { 'audit./schedule.LCP': lcp, 'audit./schedule.performance': score } = summary.metrics;
  assert.deepEqual([lcp?.n, lcp?.min, lcp?.p50, lcp?.max, lcp?.unit], [3, 400, 500, 900, 'ms']);
  assert.deepEqual([score?.p50, score?.unit, score?.mean], [0.7, '%', null]);
  assert.equal(summary.verdict, 'pass');
});

test('a run that was interrupted in its first role says so: what nobody came to do has not failed', async () => {
  const [started, ended] = SESSION as [Sample, Sample];
  const cut = { ...ended, ok: false, interrupted: true } as Sample;
  const interrupted = { ...RUN, ended: 'interrupted', interruptedBy: 'a signal' } as const;
  const { summary, exitCode } = await conclude(runDirectory(interrupted, [started, cut, ...REPEATS]));
  assert.deepEqual([summary.verdict, exitCode], ['warn', 130], summary.reasons.join('\n'));
  assert.match(summary.reasons[0] ?? '', /^the run was interrupted after .*: a signal/);
  const gate = summary.gates.find(({ metric }) => metric === 'sessions.failed');
  assert.deepEqual([gate?.outcome, gate?.verdict], ['inconclusive', 'pass']);
  assert.match(gate?.message ?? '', /there are no samples/);
});

test('the report has scores with their spread, findings, and pictures that lie beside it', async () => {
  const other = {
    audit: '/people',
    file: 'lighthouse/people.html',
    film: [],
    accessibility: [],
    isCutOff: true,
  };
  const samples = [
    ...REPEATS,
    audit(1, { performance: 1 }, '/people'),
    concludedEvent(),
    concludedEvent(other),
  ];
  const runDir = runDirectory(RUN, [...SESSION, ...samples]);
  await conclude(runDir);
  const page = readFileSync(join(runDir, 'index.html'), 'utf8');
  assert.match(page, /<a href="lighthouse\/schedule\.html">\/schedule<\/a>/);
  assert.match(
    page,
    /<td class="num">70<small>50 to 90<\/small><\/td>/,
    'the score of the representative, and all',
  );
  assert.match(
    page,
    />Reduce unused JavaScript<\/th><td class="num">140 ms<\/td><td class="num">252 kB<\/td><td class="num">2</,
  );
  assert.match(
    page,
    /had loaded and went on asking: \/people\. Their sizes and requests are those of 45 s\./,
  );
  assert.match(page, /Buttons have no &lt;name&gt;/);
  assert.match(page, /<code>&lt;td&gt;<\/code> elements without header/);
  assert.match(page, /<img src="lighthouse\/schedule-1\.jpg" alt="\/schedule after 375 ms"/);
  assert.doesNotMatch(page, /elsewhere\.jpg/);
  assert.match(page, /img-src data: 'self'/);
});

test('a run of audits has no empty parts of what audits are not, and says what to do about one that failed', async () => {
  const failed = { ...audit(1, {}, '/swaps'), ok: false, error: 'the page did not come' } as Sample;
  const { summary } = await concluded([...REPEATS, failed, concludedEvent()]);
  const page = report(summary);
  assert.doesNotMatch(page, /id="(glance|does-not-work|vitals|chart-requests|chart-p95)"/);
  assert.doesNotMatch(page, /Nothing failed|worked at least once/);
  assert.deepEqual(
    nextSteps(summary).map(({ command, to }) => [command, to]),
    [['npx loadtest audit', 'audits']],
  );
  assert.match(nextSteps({ ...summary, audits: [] })[0]?.text ?? '', /See which limits failed/);
  assert.match(
    nextSteps({ ...summary, audits: [], gates: [], verdict: 'pass', reasonDetails: [] })[0]?.text ?? '',
    /Nothing failed/,
  );
});

test('a run of something else has no section of audits', async () => {
  const runDir = runDirectory(runJson(), SESSION);
  await conclude(runDir);
  assert.doesNotMatch(readFileSync(join(runDir, 'index.html'), 'utf8'), /id="audits"/);
});

test('values stand beside those of the representative repeat', async () => {
  const { summary } = await concluded([...REPEATS, concludedEvent()]);
  const [page] = summary.audits ?? [];
  assert.equal(page?.concluded?.representative, 3);
  assert.deepEqual(page?.measures[0], { measure: 'LCP', unit: 'ms', value: 400, values: [500, 900, 400] });
});

test('an audit that failed makes the run red and is named; the others keep their figures', async () => {
  const why = 'leads to sign-in (/login), which is not audited as this page';
  const failed: Sample[] = [
    { ...audit(1, undefined, '/settings'), ok: false, error: why, errorKind: 'audit' },
    { t: START + 1000, kind: 'error', name: 'audit failed', error: `/settings: ${why}`, errorKind: 'audit' },
  ];
  const { summary, exitCode } = await concluded([...REPEATS, ...failed]);
  assert.equal(exitCode, 1);
  const gate = summary.gates.find(({ metric }) => metric === 'audits.failed');
  assert.deepEqual([gate?.verdict, gate?.n], ['fail', 4]);
  assert.ok(
    summary.reasons.some((reason) => reason.includes('leads to sign-in')),
    summary.reasons.join('\n'),
  );
  assert.deepEqual(summary.audits?.[1]?.failures, [{ error: why, count: 1 }]);
  assert.equal(summary.metrics['audit./schedule.LCP']?.n, 3);
});
