/**
 * Figures of one report that count the same thing are equal, and those that count a part of it say which: tried with every
 * recorded run and for a synthetic one that has some of everything.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { markdown } from '../../analysis/text/markdown.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import type { RequestSample, Sample, StepSample, VitalName } from '../../measure/run/samples.ts';
import { concluded, recordedRuns } from './recorded-run.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

/** Of a vital that nobody captured. */
const NOWHERE = { ofPages: 0, warmup: 0, drain: 0, uncounted: 0 };

const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

function holdSums(summary: Summary): void {
  const { sums, counts, shares, completeness } = summary;
  for (const [what, row] of Object.entries(sums.ended)) {
    const {
      started,
      ok,
      failed,
      excused,
      rateLimited,
      cancelled,
      interrupted,
      judged,
      warmup,
      drain,
      cutShort,
    } = row;
    assert.equal(started, ok + failed + excused + rateLimited + cancelled + interrupted, `${what} started`);
    assert.equal(started - interrupted - cancelled, judged + warmup, `${what}: attempts`);
    assert.ok(drain <= judged && cutShort <= ok, what);
    for (const [part, value] of Object.entries(row)) assert.ok(value >= 0, `${what} ${part}: ${value}`);
  }
  const { sessions, journeys, steps, requests, checks } = sums.ended;
  assert.deepEqual(
    [sessions.started, journeys.started, steps.started, requests.started, checks.started],
    [
      counts.sessions.started,
      counts.journeys.started,
      counts.steps.started,
      counts.requests.n + counts.requests.interrupted,
      counts.checks.n,
    ],
  );
  assert.equal(sessions.judged, shares['sessions.failed']?.n);
  assert.equal(journeys.cutShort, total(summary.cutShort.map(({ count }) => count)));
  assert.equal(steps.judged, total(summary.steps.map(({ attempts }) => attempts)), 'rows of steps');
  assert.equal(
    requests.judged,
    total(summary.operations.map(({ attempts }) => attempts)),
    'rows of operations',
  );
  const statuses = summary.operations.flatMap(({ statuses: { cancelled: _, ...own } }) => Object.values(own));
  assert.equal(requests.judged, total(statuses), 'statuses');
  for (const { name, ...row } of [...summary.steps, ...summary.operations]) {
    const timed = row.n + ('cold' in row ? row.cold : 0);
    assert.ok(timed + row.errors + (row.excused ?? 0) <= row.attempts, name);
  }
  const { satisfied, tolerating, frustrated } = summary.apdex;
  assert.equal(satisfied + tolerating + frustrated, shares.apdex?.n);
  assert.equal(satisfied + tolerating + frustrated, sums.apdex.n);
  const { n, excused, drained } = sums.apdex;
  assert.equal(steps.judged, n + excused + drained, 'Apdex');

  const { all, measurable, unmeasured, withoutInput, cut } = sums.views;
  assert.equal(all, measurable + unmeasured + withoutInput + cut, 'views');
  assert.equal(all, completeness.views);
  assert.equal(all, total(summary.pages.map(({ views }) => views)), 'views of pages');
  assert.equal(all, total(summary.pages.map(({ hard, soft }) => hard + soft)), 'hard and soft views');
  assert.equal(measurable, completeness.measurable);
  for (const [name, { got }] of Object.entries(completeness.vitals)) {
    const { ofPages, warmup, drain, uncounted } = completeness.counted?.[name as VitalName] ?? NOWHERE;
    assert.equal(got + uncounted, ofPages + warmup + drain, `captured ${name}`);
    const shown = summary.pages.map(({ vitals }) => vitals[name as VitalName]);
    assert.equal(ofPages, total(shown.map((vital) => (vital ? vital.n + vital.cold : 0))), `n of ${name}`);
    assert.ok(Math.min(ofPages, warmup, drain, uncounted) >= 0, name);
  }
  const roles = summary.journeysByRole ?? [];
  if (roles.length > 0) {
    const failed = Math.round((shares['journeys.failed']?.value ?? 0) * journeys.judged);
    assert.equal(total(roles.map(({ passes }) => passes)), journeys.judged, 'passes of roles');
    assert.equal(total(roles.map((one) => one.failed)), failed, 'failed passes of roles');
  }
  const drawn = total((summary.latencyMap?.columns ?? []).flat());
  assert.ok(drawn + (counts.requests.refused ?? 0) <= requests.ok, 'latency over time');
  const { n: asked, down, excused: defects } = counts.availability;
  assert.equal(asked, shares.availability?.n ?? 0, 'availability');
  assert.equal(
    asked,
    summary.operations.reduce((sum, { attempts }) => sum + attempts, 0),
    'calls',
  );
  if (asked > 0) {
    assert.equal(shares.availability?.value, 1 - down / asked);
    assert.equal(shares['availability.withDefects']?.value, 1 - (down + defects) / asked);
  }
  for (const { kind, name, n: times } of summary.doesNotWork) {
    const rows = kind === 'step' ? summary.steps : kind === 'request' ? summary.operations : [];
    const row = rows.find((one) => one.name === name);
    if (row)
      assert.equal(times + (('rateLimited' in row && row.rateLimited) || 0), row.attempts, `${kind} ${name}`);
  }
  for (const kind of ['step', 'request'] as const) {
    const rows = kind === 'step' ? summary.steps : summary.operations;
    for (const row of rows) {
      const groups = summary.errors.filter((one) => one.kind === kind && one.name === row.name);
      const listed = total(groups.map(({ count, warmup = 0 }) => count - warmup));
      assert.equal(listed, row.errors, `errors of ${kind} ${row.name}`);
    }
  }
  assert.equal(total(summary.timeline.map((second) => second.requests)), counts.requests.n, 'timeline');

  const places = (of: 'requests' | 'steps') =>
    total(summary.knownDefects.filter(({ excused: is }) => is).map(({ places: found }) => found?.[of] ?? 0));
  assert.equal(places('requests'), counts.requests.excused, 'excused requests and known defects');
  assert.equal(places('steps'), counts.steps.excused, 'excused steps and known defects');
  for (const { name, count, places: found } of summary.knownDefects)
    if (found) assert.equal(count, Math.max(...Object.values(found)), name);

  const texts = { html: report(summary), markdown: markdown(summary) };
  for (const [output, text] of Object.entries(texts))
    for (const found of text.matchAll(/\b1 (users|sessions|steps|requests|times|seconds|samples|views)\b/g))
      assert.fail(`${output}: ${text.slice(Math.max(0, found.index - 60), found.index + 30)}`);
}

for (const name of recordedRuns())
  test(`the sums of the recorded run "${name}" hold`, async () => {
    holdSums((await concluded(name)) as Summary);
  });

const HALF = { session: 'b0', via: 'browser' as const, role: 'resident' as const, phase: 'steady' };
const step = (second: number, more: Partial<StepSample>): Sample => ({
  ...HALF,
  t: START + second * 1000,
  kind: 'step',
  name: 'open the dashboard',
  journey: 'view my schedule',
  value: 40,
  unit: 'ms',
  ok: true,
  ...more,
});
const request = (second: number, more: Partial<RequestSample>): Sample => ({
  ...HALF,
  t: START + second * 1000,
  kind: 'request',
  name: 'people.list',
  class: 'crud',
  method: 'GET',
  status: 200,
  value: 40,
  unit: 'ms',
  ok: true,
  ...more,
});
const event = (second: number, name: string, data: object) =>
  ({ ...HALF, t: START + second * 1000, kind: 'event', name, data }) as Sample;

test('the sums of a run that has some of everything hold', async () => {
  const failed = { ok: false, error: 'no', errorKind: 'other' } as const;
  const view = { interacted: true, cold: false };
  const samples: Sample[] = [
    ...healthySamples(),
    event(0, 'phase-started', {}),
    step(5, { warmup: true }),
    step(6, failed),
    step(7, { ok: false, interrupted: true }),
    step(63, {}),
    step(64, failed),
    request(5, { warmup: true }),
    request(6, { ...failed, status: 500 }),
    request(7, { ...failed, status: 429 }),
    request(8, { ...failed, status: 0, errorKind: 'aborted' }),
    request(9, { ok: true, status: 403, expected: true }),
    request(63, {}),
    event(9, 'request-interrupted', {}),
    event(10, 'page-view', { id: 'x.1', nav: 'soft', measurable: false, ...view }),
    event(11, 'page-view', { id: 'x.2', nav: 'soft', measurable: false, unmeasured: 'no entries', ...view }),
    {
      ...event(12, 'page-view', { id: 'x.3', nav: 'hard', measurable: true, ...view }),
      session: 'never ended',
    },
    { ...event(12, 'session-started', { scenario: 'residents in the browser' }), session: 'never ended' },
    {
      ...HALF,
      t: START + 20_000,
      kind: 'journey',
      name: 'j',
      value: 9,
      unit: 'ms',
      ok: true,
      cutShort: { code: 'c', text: 'no swap' },
    },
    {
      ...HALF,
      t: START + 21_000,
      kind: 'journey',
      name: 'j',
      value: 9,
      unit: 'ms',
      ok: false,
      interrupted: true,
    },
    { ...HALF, t: START + 22_000, kind: 'journey', name: 'j', value: 9, unit: 'ms', ok: false, warmup: true },
  ].map((sample) =>
    sample.kind === 'event' && sample.name === 'phase-started' ? { ...sample, phase: 'steady' } : sample,
  ) as Sample[];
  const end = new Date(START + 70_000).toISOString();
  const { summary } = await conclude(runDirectory(runJson({ end, ended: 'interrupted' }), samples));
  holdSums(summary);
  const { steps, requests, journeys } = summary.sums.ended;
  assert.deepEqual([steps.failed, steps.interrupted, steps.warmup, steps.drain], [2, 1, 1, 2]);
  assert.deepEqual(
    [requests.rateLimited, requests.cancelled, requests.interrupted, requests.drain],
    [1, 1, 1, 1],
  );
  assert.deepEqual([journeys.cutShort, journeys.interrupted, journeys.warmup], [1, 1, 1]);
  assert.deepEqual(summary.sums.views, { all: 59, measurable: 56, unmeasured: 1, withoutInput: 1, cut: 1 });
  for (const text of [report(summary), markdown(summary)]) {
    assert.match(text, /begun after the last phase counts with its failures/);
    assert.match(text, /cut short/);
  }
});

test('a limit and what is observed have the same unit, also where there are no samples', async () => {
  const others = healthySamples().filter(({ kind }) => kind !== 'step' && kind !== 'check');
  const { summary } = await conclude(runDirectory(runJson({ profiles: ['load'] }), others));
  const gate = (metric: string) => summary.gates.find((one) => one.metric === metric);
  assert.equal(gate('steps.errorRate')?.expected, '≤ 1 %');
  assert.match(gate('step.*.p50 cold')?.expected ?? '', /^≤ 5.?000 ms$/);
  assert.match(gate('step.*.errors')?.message ?? '', /expected ≤ 5 %, but there are no samples/);
});

test('the interval of a rate is not shown as if it were what a limit of none is judged by', async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  assert.equal(summary.primary[0]?.expected, '≤ 0 %');
  for (const text of [report(summary), markdown(summary)]) assert.match(text, /none may fail/);
});

test('a defect that is seen in several places says how often in which, beside answers that are excused', async () => {
  const folder = temporaryDirectory();
  const knownDefects = join(folder, 'known-defects.yml');
  writeFileSync(
    knownDefects,
    '- { name: swaps break, operation: people.list, status: 500, reason: r, source: s, until: 2027-05-31 }\n',
  );
  const broken = [6, 7, 8].map((second) => request(second, { ok: false, status: 500, error: '500' }));
  const reported = [6, 7, 8, 9].map((second) => event(second, 'known-defect', { defect: 'swaps break' }));
  const dir = runDirectory(runJson(), [...healthySamples(), ...broken, ...reported]);
  const { summary, reportPath } = await conclude(dir, { knownDefects });
  holdSums(summary);
  const [{ count, places } = {}] = summary.knownDefects;
  assert.deepEqual(
    [count, places?.requests, places?.journeys, summary.counts.requests.excused],
    [4, 3, 4, 3],
  );
  assert.match(verdictLine(summary, reportPath), /seen 4 times \(3 requests, reported by 4 journeys\)/);
  assert.match(report(summary), />occurrences<[\s\S]*>4 <small>3 requests, reported by 4 journeys</);
  assert.match(report(summary), /a pass fails once, however often a defect showed in it/);
  const alone = {
    ...summary,
    knownDefects: summary.knownDefects.map((one) => ({
      ...one,
      count: 3,
      places: { ...places!, journeys: 0 },
    })),
  };
  assert.match(report(alone), />3 <small>3 requests</, 'also where it showed in one place only');
});
