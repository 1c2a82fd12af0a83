/** `npx loadtest bench`: rounds, when they end, what is printed of them, and the run directory that is left. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { conclude } from '../../../analysis/conclude.ts';
import { defineBenchmark } from '../../../api/benchmark.ts';
import { benchmarks } from '../../../api/benchmarks/registry.ts';
import * as people from '../../../api/operations/people.ts';
import { type Bench, doBenchmark } from '../../../benchmarks/rounds.ts';
import { QUICK, reasonToStop, USUAL } from '../../../benchmarks/stop-rules.ts';
import { execute } from '../../../cli/execute.ts';
import { baselineOf, withRuns, writeBaseline } from '../../../compare/baseline-file.ts';
import { runFigures } from '../../../compare/run-figures.ts';
import { ConfigError } from '../../../config/errors.ts';
import { testData } from '../../../fixtures/data/generate.ts';
import type { JourneySample, RequestSample } from '../../../measure/run/samples.ts';
import { client, type Handler, json, serve } from '../../api/server.ts';
import { finishedRun, temporaryFolder } from '../../artillery/suite-process.ts';
import { told } from '../../cli/in-process.ts';
import { madeSummary } from '../../compare/made-runs.ts';

test('a quick run of two leaves a run directory that can be concluded again, and their table', async (t) => {
  const reports = join(temporaryFolder(t), 'runs');
  const recorded = runFigures(madeSummary({ id: 'recorded', of: 'bench' }), 2);
  writeBaseline(baselineOf(recorded.like, reports), withRuns(undefined, [recorded], {}));
  const words = ['bench', '--quick', '--only', 'list people', '--only', 'insert 50 people'];
  const { code, said } = await told(words, { REPORTS_DIR: reports, DATA_SIZE: 'small' });
  assert.equal(code, 0, said);
  assert.match(said, /^\| Benchmark +\| rounds \| +min \| median \| 95 % interval/m);
  assert.match(said, /^\| list people +\| +6 \|.*\| 6 rounds \|$/m);
  const { runDir, summary } = finishedRun(reports);
  assert.deepEqual([summary.run.runner, summary.run.profiles], ['bench', ['bench']]);
  assert.deepEqual(
    summary.benchmarks.map(({ name, rounds, failed, ended }) => [name, rounds, failed, ended]),
    [
      ['list people', 6, 0, '6 rounds'],
      ['insert 50 people', 6, 0, '6 rounds'],
    ],
  );
  for (const { min, median, medianCi, q1, q3 } of summary.benchmarks) {
    assert.ok(min && median && q1 && q3 && medianCi[0] && medianCi[1]);
    assert.ok(min <= q1 && q1 <= median && median <= q3);
  }
  // What is not timed is in no figure; the target is as it was.
  assert.equal(summary.metrics['request.people.list']?.n, 6);
  assert.deepEqual([summary.counts.changes, summary.leftovers], [{ planned: 1, undone: 1, left: 0 }, []]);
  // Of another machine: that it is not compared, and in what it differs, stands in its report.
  const page = readFileSync(join(runDir, 'index.html'), 'utf8');
  assert.match(page, /<h2 id="change">Change since the baseline<\/h2>\n<p>Not compared: /);
  const again = await conclude(runDir);
  assert.deepEqual(again.summary.benchmarks, summary.benchmarks);
});

test('rounds end when the median is known well enough, else by number or time', () => {
  const steady = Array.from({ length: 10 }, (_, index) => 100 + (index % 3));
  assert.equal(reasonToStop(steady, 1, USUAL)?.why, 'interval within ±5 %');
  assert.equal(reasonToStop(steady.slice(1), 1, USUAL), undefined, 'the least number is kept');
  const wild = steady.map((value, index) => value * (1 + (index % 4)));
  assert.equal(reasonToStop(wild, 1, USUAL), undefined);
  assert.equal(reasonToStop(wild, 10, USUAL)?.why, 'time (10 s)');
  assert.equal(reasonToStop([1, 2], 999, USUAL), undefined, 'three rounds are done however slow they are');
  assert.equal(
    reasonToStop(
      Array(300)
        .fill(0)
        .map((_, index) => index),
      1,
      USUAL,
    )?.why,
    '300 rounds',
  );
  assert.equal(reasonToStop(steady.slice(0, 6), 1, QUICK)?.why, '6 rounds');
});

const benchmark = defineBenchmark({
  name: 'list people',
  about: 'a list',
  prepare: async ({ api }) => ({
    before: () => api.request(people.residents),
    run: () => api.request(people.list),
    after: () => api.request(people.faculty),
  }),
});

/** Does the benchmark above against a server that answers as asked. */
async function done(t: TestContext, handler: Handler, defectOf: Bench['defectOf'] = () => undefined) {
  const { apiUrl, received } = await serve(t, handler);
  let taken: RequestSample[] = [];
  const { api, samples } = client(t, apiUrl, { onRequest: (sample) => taken.push(sample) });
  const takeRequests = () => {
    const all = taken;
    taken = [];
    return all;
  };
  const data = testData({ runId: 'r', session: 'bench', seed: 1 });
  const one = { api, data, write: samples.push.bind(samples), takeRequests, defectOf };
  const ended = await doBenchmark(benchmark, one, { ...QUICK, seconds: 30 });
  const rounds = samples.filter((sample): sample is JourneySample => sample.kind === 'journey');
  return { ended, rounds, received };
}

test('only the round itself is timed, and its warm-up is marked', async (t) => {
  const { ended, rounds } = await done(t, ({ url }, response) => {
    setTimeout(() => json(response, 200, { items: [], total: 0 }), url.endsWith('/people') ? 0 : 40);
  });
  assert.deepEqual(ended, { reason: 'enough-rounds', why: '6 rounds' });
  assert.deepEqual(
    rounds.map(({ warmup }) => warmup),
    [true, ...Array(6).fill(undefined)],
  );
  const fastest = Math.min(...rounds.map(({ value }) => value));
  assert.ok(fastest < 40, `${fastest} ms`);
});

test('a failing round is a failed journey; three end it; a known defect or a limit is none, and its name is reported', async (t) => {
  const failing: Handler = ({ url }, response) =>
    json(response, url.endsWith('/people') ? 500 : 200, { detail: 'out of order', items: [], total: 0 });
  const broken = await done(t, failing);
  assert.equal(broken.ended.reason, 'failed');
  assert.match(broken.ended.why, /^failed: people\.list \(GET \/people\): 500 out of order$/);
  assert.deepEqual(
    broken.rounds.map(({ ok }) => ok),
    [false, false, false],
  );
  // After each of them what it may have made is taken back.
  assert.equal(broken.received.filter(({ url }) => url.endsWith('/faculty')).length, 3);
  const excused = await done(t, failing, () => 'lists are out of order');
  assert.deepEqual(
    [excused.ended, excused.rounds],
    [{ reason: 'known-defect', why: 'stopped: known defect "lists are out of order"' }, []],
  );
  const limited = await done(t, ({ url }, response) =>
    json(response, url.endsWith('/people') ? 429 : 200, { items: [], total: 0 }),
  );
  assert.deepEqual(
    [limited.ended, limited.rounds],
    [{ reason: 'rate-limited', why: 'stopped: the target limits how often (429)' }, []],
  );
});

test('benchmarks have names of their own without a dot, and those that only read come first', () => {
  const names = benchmarks.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    names.filter((name) => name.includes('.')),
    [],
  );
  const changing = benchmarks.map(({ changes }) => changes.length > 0);
  assert.deepEqual(changing, [...changing].sort());
});

test('a name that there is not, and a time that is none, are one line and exit 2', async () => {
  const cases: Array<[words: string[], says: RegExp]> = [
    [
      ['--only', 'list peple'],
      /^loadtest bench: --only list peple: no such benchmark; did you mean list people\?/,
    ],
    [['--max-time', '5'], /^loadtest bench: --max-time 5: not a duration; write e\.g\. 30s or 2m$/],
    [['--quik'], /^loadtest bench: unknown option '--quik'\. Did you mean --quick\? See/],
    [['people'], /^loadtest bench: people: one word too many\. See/],
  ];
  for (const [words, message] of cases)
    await assert.rejects(execute(['bench', ...words]), { name: ConfigError.name, message, exitCode: 2 });
});
