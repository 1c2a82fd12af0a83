/** `npx loadtest trend`: change points in a history of runs, which runs are in it, and what is said when there are none. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axisOf } from '../../analysis/report/history-chart.ts';
import { alikeRuns } from '../../compare/alike-runs.ts';
import { addRun } from '../../compare/history.ts';
import { type RunFigures, runFigures } from '../../compare/run-figures.ts';
import type { Trend } from '../../compare/trend.ts';
import { trendOf } from '../../compare/trend-of-runs.ts';
import { trendPage } from '../../compare/trend-page.ts';
import { trendMarkdown, trendText } from '../../compare/trend-text.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';
import { type MadeRun, madeRun, madeSummary, spread } from './made-runs.ts';

const CRUD = 'class.crud.p95';

const dayOf = (at: number) => new Date(Date.UTC(2026, 9, 1 + at, 3)).toISOString();

/** One a day from 1 October 2026 on, 3 % apart; from these indices on by these factors slower. */
function runs(
  n: number,
  slower: Readonly<Record<string, ReadonlyArray<readonly [from: number, factor: number]>>> = {},
  change: (run: RunFigures, at: number) => void = () => undefined,
): RunFigures[] {
  return spread(n, 7).map((factor, at) => {
    const own = Object.entries(slower).map(([metric, steps]) => [
      metric,
      steps.reduce((product, [from, by]) => (at >= from ? product * by : product), 1),
    ]);
    const run = runFigures(madeSummary({ id: `run-${at}`, factor, slower: Object.fromEntries(own) }), 2);
    run.start = dayOf(at);
    run.commit = `${'a'.repeat(11)}${at < 20 ? 1 : 2}`;
    run.targetVersion = at < 20 ? '1.4' : '1.5';
    change(run, at);
    return run;
  });
}

function trendIn(all: readonly RunFigures[], only?: readonly string[]): Trend {
  return trendOf(all, {
    environment: 'embedded',
    profile: 'load',
    leftOut: [],
    only,
    commitsBetween: (from, to) => ({ from, to, commits: ['abc1234 Sort in the browser'], n: 1 }),
  });
}

test('a slowdown of a quarter is found at its run, with its size, the commits and the versions between', () => {
  const result = trendIn(runs(30, { 'class.crud': [[20, 1.25]] }));
  const [first] = result.changes;
  assert.deepEqual(
    [first?.metric, first?.decides, first?.isWorse, first?.between],
    [CRUD, true, true, [19, 20]],
  );
  const [low, high] = first?.interval ?? [];
  assert.ok((low ?? 9) < 0.25 && (high ?? 0) > 0.25 && (high ?? 9) - (low ?? 0) < 0.1, `${low} ${high}`);
  assert.ok((first?.p ?? 1) <= 0.01);
  assert.match(
    result.headline,
    /^Worse since 2026-10-21: class\.crud\.p95 \+2\d\.\d % \(.*\), and \d+ more change/,
  );
  const [span, more] = result.spans;
  assert.deepEqual([span?.between, span?.targetVersions, more], [[19, 20], ['1.4', '1.5'], undefined]);
  const text = trendText(result);
  assert.match(text, /\n {2}2026-10-21 {2}\* class\.crud\.p95\n/);
  assert.match(
    text,
    /Between run-19 and run-20:\n {2}target: 1\.4 before, 1\.5 after\n {2}suite: 1 commit \(a+1 to a+2\)\n {2}abc1234 Sort/,
  );
});

test('what became better stands apart, below what became worse and later', () => {
  const result = trendIn(runs(40, { 'class.crud': [[28, 1.3]], 'vital.LCP': [[12, 0.6]] }));
  const deciding = result.changes.filter(({ decides }) => decides);
  assert.deepEqual(
    deciding.map(({ metric, isWorse, between }) => [metric, isWorse, between[1]]),
    [
      [CRUD, true, 28],
      ['vital.LCP.p75 cold', false, 12],
    ],
  );
  assert.match(trendText(result), /\nWorse \([\s\S]* \* class\.crud[\s\S]*\nBetter \([\s\S]*\* vital\.LCP/);
  const markdown = trendMarkdown(result);
  assert.match(markdown, /^## Since when is it slower\?\n\n\*\*Worse since 2026-10-29: class\.crud\.p95 \+/);
  assert.match(markdown, /### Better\n\n\| since /);
  const page = trendPage(result, 'trend.json');
  assert.match(page, /<path class="mark bad"/);
  assert.match(page, /<path class="mark good"/);
  assert.match(page, /class\.crud\.p95, 40 runs\. \+\d\d\.\d % since 2026-10-29\./);
  assert.doesNotMatch(page, /<script|https?:\/\//);
});

test('a metric that informs is found by itself among hundreds, and nothing where nothing changed', () => {
  const one = trendIn(runs(30, { 'request.people.list': [[15, 1.5]] }));
  assert.deepEqual(
    [...new Set(one.changes.map(({ metric }) => metric.replace(/\.p\d+$/, '')))],
    ['request.people.list'],
  );
  assert.ok(one.changes.every(({ decides, p }) => !decides && p <= 0.05));
  const none = trendIn(runs(30));
  assert.deepEqual(none.changes, []);
  assert.match(none.headline, /^Nothing became worse: no change point in 30 runs\.$/);
  assert.ok(none.metrics.every(({ levels }) => levels.length <= 1));
});

test('nine runs are too few, which is said; a metric that nine runs have is not searched', () => {
  const few = trendIn(runs(9, { 'class.crud': [[5, 3]] }));
  assert.deepEqual([few.isEnough, few.changes], [false, []]);
  assert.match(few.headline, /^Too few runs: 9 of load on embedded that are alike; change points take 10\.$/);
  assert.doesNotMatch(trendText(few), /searched/);
  const lacking = trendIn(
    runs(20, { 'class.crud': [[10, 3]] }, (run, at) => {
      if (at % 2 === 0 || at === 1) run.primary = run.primary.map((one) => ({ ...one, value: null, n: 0 }));
      if (at % 2 === 0 || at === 1) run.metrics = {};
    }),
    [CRUD],
  );
  assert.deepEqual([lacking.changes, lacking.metrics[0]?.levels], [[], []]);
});

test('runs that differ from most are left out with what differs, whichever is the newest', () => {
  const all = runs(12, {}, (run, at) => {
    if (at === 4) run.like.schema = 1;
    if (at === 11) run.like.cores = 99;
  });
  const { runs: alike, leftOut } = alikeRuns([...all].reverse());
  assert.deepEqual(
    alike.map(({ id }) => id),
    all.filter((_, at) => at !== 4 && at !== 11).map(({ id }) => id),
  );
  assert.deepEqual(
    leftOut.map(({ id, reason }) => [id, reason.replace(/\d+$/, 'N')]),
    [
      ['run-4', 'schema: 2 and N'],
      ['run-11', `cores: ${all[0]?.like.cores} and N`],
    ],
  );
});

/** A store with these runs, and the folder of runs beside it. */
function reportsWith(kept: readonly RunFigures[], there: readonly MadeRun[] = []): string {
  const folder = temporaryDirectory();
  for (const run of kept) addRun(join(folder, 'history'), run);
  for (const run of there) madeRun(join(folder, 'runs'), run);
  return join(folder, 'runs');
}

test('the command takes runs of the store and of the folder of runs, each once, and writes what it is asked for', async () => {
  const kept = runs(12, { 'class.crud': [[8, 1.5]] });
  const begins = (at: number) => (summary: ReturnType<typeof madeSummary>) => {
    summary.run.start = dayOf(at);
  };
  const reports = reportsWith(kept, [
    { id: 'run-11', change: begins(11) },
    { id: 'run-12', slower: { 'class.crud': 1.5 }, change: begins(12) },
    {
      id: 'run-13',
      change: (summary) => {
        begins(13)(summary);
        summary.verdict = 'invalid';
        summary.reasons = ['the generator was busy'];
      },
    },
  ]);
  const [html, markdown] = [join(reports, '../trend.html'), join(reports, '../trend.md')];
  const settings = { REPORTS_DIR: reports };
  const { code, said } = await explained(['trend', '--html', html, '--markdown', markdown], settings);
  assert.equal(code, 0, said);
  assert.match(said, /load on embedded: 13 runs, 2026-10-01 to 2026-10-13\n/);
  assert.match(said, /left out: run-13 \(run-13: invalid \(the generator was busy\)/);
  assert.match(said, /2026-10-09 {2}\* class\.crud\.p95/);
  assert.match(readFileSync(html, 'utf8'), /href="trend\.json"/);
  assert.match(readFileSync(markdown, 'utf8'), /class\.crud\.p95/);
  const written = JSON.parse(readFileSync(join(reports, '../trend.json'), 'utf8')) as Trend;
  assert.equal(written.runs.length, 13);
  const json = await explained(['trend', 'load', '--metric', 'class.*.p95', '--json'], settings);
  const metrics = (JSON.parse(json.said) as Trend).metrics.map(({ metric }) => metric);
  assert.ok(
    metrics.includes(CRUD) && metrics.every((metric) => /^class\..*\.p95$/.test(metric)),
    `${metrics}`,
  );
  const since = await explained(['trend', '--since', '2026-10-05', '--json'], settings);
  assert.deepEqual((JSON.parse(since.said) as Trend).runs[0]?.id, 'run-4');
});

test('bad input is one line each', async () => {
  const reports = reportsWith(runs(2));
  const wrong = async (words: readonly string[], folder = reports) => {
    const { code, wrong: line } = await explained(['trend', ...words], { REPORTS_DIR: folder });
    assert.equal(code, 2, line);
    assert.equal(line.trim().split('\n').length, 1, line);
    return line.trim();
  };
  assert.match(
    await wrong([], temporaryDirectory()),
    /trend: no run in .* or .*\. Make some with `npx loadtest run`/,
  );
  assert.match(await wrong(['lod']), /trend: no run of lod; did you mean load\? There are runs of load\.$/);
  assert.match(
    await wrong(['load', '--environment', 'staging']),
    /--environment: no run of load on staging\. There are runs of embedded\.$/,
  );
  assert.match(
    await wrong(['--metric', 'class.curd.p95']),
    /--metric: no run has class\.curd\.p95; did you mean class\.crud\.p95\? /,
  );
  assert.match(await wrong(['--since', 'monday']), /--since: 'monday' is no day\. Write one as YYYY-MM-DD/);
  assert.match(
    await wrong(['--since', '2026-12-01']),
    /trend: no run of load on embedded since 2026-12-01\. /,
  );
  assert.match(
    await wrong(['--markdown', join(reports, 'no/such/trend.md')]),
    /trend\.md: cannot be written \(ENOENT\)/,
  );
  writeFileSync(join(reports, '../history/runs/embedded/load/run-1.json'), '{"schema": 1, "ru');
  assert.match(await wrong([]), /run-1\.json: damaged or half-written/);
});

test('an axis has round ends around all values, from 0 on where they reach near it', () => {
  assert.deepEqual(axisOf(97, 139, 1), [50, 150]);
  assert.deepEqual(axisOf(3, 139, 1), [0, 200]);
  assert.deepEqual(axisOf(0, 0, 0.01), [0, 0.01]);
  assert.deepEqual(axisOf(7, 7, 1), [0, 10]);
});
