/** The site of all runs: what each page says, links that lead somewhere, and a store with bad files or hostile names. */
import assert from 'node:assert/strict';
import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { JourneyOfRole } from '../../analysis/summary/summary.ts';
import { conclusionOf } from '../../compare/conclusion.ts';
import { addRun, historyFolder } from '../../compare/history.ts';
import { type RunFigures, runFigures } from '../../compare/run-figures.ts';
import { weekOf } from '../../compare/site/periods.ts';
import { serviceLevels } from '../../compare/site/service-levels.ts';
import { sitePages } from '../../compare/site/site.ts';
import { siteContent } from '../../compare/site/site-runs.ts';
import { journeysByWeek } from '../../compare/site/weekly.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';
import { type MadeRun, madeFigures, madeRun, madeSummary, spread } from './made-runs.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const JOURNEY: JourneyOfRole = {
  ...{ role: 'resident', journey: 'request an absence', via: 'browser' },
  ...{ passes: 5, failed: 0, cutShort: 0, score: 1 },
};

/** A run as the history keeps it, on a day of November. */
function run(id: string, day: number, more: Omit<MadeRun, 'id'> = {}): RunFigures {
  const summary = madeSummary({
    ...more,
    id,
    change(made) {
      made.run.start = new Date(Date.UTC(2026, 10, 1, 3) + day * DAY_MS).toISOString();
      made.headline = { verdict: made.verdict, text: 'as planned' };
      made.goals = [];
      made.journeysByRole = [JOURNEY];
      more.change?.(made);
    },
  });
  return { ...runFigures(summary, 2), conclusion: conclusionOf(summary) };
}

function storeOf(runs: readonly RunFigures[]): string {
  const store = join(temporaryDirectory(), 'store');
  for (const one of runs) addRun(store, one);
  return store;
}

/** Pages by path, as they are drawn without a folder. */
function pagesOf(store: string): Map<string, string> {
  const commitsBetween = () => ({ commits: [], n: 0, missing: 'the same commit' });
  return new Map(
    sitePages(
      siteContent(store, () => false),
      { commitsBetween },
    ),
  );
}

const site = (out: string, ...words: string[]) => explained(['site', '--out', out, ...words]);
const goals = (outcome: 'met' | 'missed') =>
  [{ metric: 'class.crud.p95', outcome, side: 'at most', goal: 300, observed: 1, unit: 'ms', n: 9 }] as never;

test('weeks begin on Monday and belong to the year of their Thursday', () => {
  const weeks = ['2026-11-29', '2026-11-30', '2027-01-03', '2027-01-04', '2024-12-30'];
  assert.deepEqual(
    weeks.map((day) => weekOf(`${day}T23:59:59.999Z`)),
    ['2026-W48', '2026-W49', '2026-W53', '2027-W01', '2025-W01'],
  );
});

test('a month sums requests of all runs, and counts goals that could be decided', () => {
  const share = (value: number | null, n: number) => (one: RunFigures) => {
    one.shares.availability = { value, n };
    delete one.shares['availability.withDefects'];
    one.start = '2026-11-03T00:00:00.000Z';
  };
  const runs = [
    madeFigures('a', 0, share(1, 900)),
    { ...madeFigures('b', 0, share(0.9, 100)), verdict: 'fail' as const },
    madeFigures('c', 0, share(null, 0)),
    { ...madeFigures('d'), start: '2026-10-31T23:59:59.000Z' },
  ];
  const [first, second] = runs as [RunFigures, RunFigures];
  first.conclusion = { ...conclusionOf(madeSummary({ id: 'a' })), goals: goals('met') };
  second.conclusion = { ...conclusionOf(madeSummary({ id: 'b' })), goals: goals('missed') };
  const [november, october] = serviceLevels(runs);
  assert.deepEqual(november, {
    ...{ month: '2026-11', runs: 3, passed: 2, availability: 0.99, withDefects: null, requests: 1000 },
    ...{ goals: { met: 1, n: 2 }, missed: [{ metric: 'class.crud.p95', runs: 1 }] },
  });
  assert.deepEqual([october?.month, october?.goals.n], ['2026-10', 0]);
});

test('journeys of each role by week: passes of all runs of a week, and nothing where it was not planned', () => {
  const of = (role: 'resident' | 'admin', passes: number, failed: number, score: number | null) =>
    ({ role, journey: 'read', via: 'http', passes, failed, cutShort: 0, score }) as const;
  const [a, b, c] = [run('a', 1), run('b', 2), run('c', 9)];
  const journeys = (one: RunFigures, ...all: JourneyOfRole[]) =>
    Object.assign(one.conclusion as object, { journeys: all });
  journeys(a, of('resident', 10, 1, 0.5), of('admin', 1, 1, null));
  journeys(b, of('resident', 30, 2, 0.9));
  journeys(c, of('admin', 2, 0, 1));
  const { weeks, rows } = journeysByWeek([a, b, c]);
  assert.deepEqual(weeks, ['2026-W46', '2026-W45']);
  assert.deepEqual(
    rows.map(({ role, cells }) => [role, ...cells]),
    [
      ['admin', of('admin', 2, 0, 1), of('admin', 1, 1, null)],
      ['resident', undefined, of('resident', 40, 3, 0.8)],
    ],
  );
});

test('the command draws every page once; all links are relative and lead to a page', async () => {
  const factors = spread(14, 3);
  const store = storeOf(
    factors.map((factor, at) => run(`r${at}`, at, { factor: factor * (at < 7 ? 1 : 1.6) })),
  );
  addRun(
    store,
    run('s', 3, {
      of: 'smoke',
      change: (made) => Object.assign(made.run.target, { environment: 'staging' }),
    }),
  );
  const out = join(temporaryDirectory(), 'site');
  const { code, said } = await site(out, '--store', store);
  assert.deepEqual([code, said], [0, `${out}/index.html: 15 runs, 0 whole reports\n`]);
  const pages = globSync('**/*.html', { cwd: out });
  assert.equal(pages.length, 1 + 2 + 15);
  for (const page of pages) {
    const text = readFileSync(join(out, page), 'utf8');
    const links = [...text.matchAll(/ (?:href|src)="([^"#]+)"/g)].map(([, to = '']) => to);
    for (const to of links.filter((one) => one !== 'data:,'))
      assert.ok(existsSync(join(out, dirname(page), to)), `${page}: ${to}`);
    assert.doesNotMatch(text, /https?:\/\//);
  }
  const list = readFileSync(join(out, 'index.html'), 'utf8');
  assert.match(list, /<h1>15 runs of 2 profiles on 2 environments, 2026-11-01 to 2026-11-14<\/h1>/);
  assert.equal(list.match(/<tr><th scope="row"><a href="runs\//g)?.length, 15, 'complete without script');
  const profile = readFileSync(join(out, 'profiles/embedded/load.html'), 'utf8');
  assert.match(profile, /load on embedded: Worse since 2026-11-08: /);
  assert.match(profile, /▲ worse \+\d/);
  assert.match(profile, /request an absence<small>resident, in the browser<\/small>[\s\S]*works</);
  assert.match(readFileSync(join(out, 'runs/embedded/load/r3.html'), 'utf8'), /r2\.html[\s\S]*r4\.html/);
});

test('whole reports are copied without samples, stay when the directory is gone, and go with their run', async () => {
  const reports = join(temporaryDirectory(), 'reports/runs');
  mkdirSync(reports, { recursive: true });
  const directory = madeRun(reports, { id: 'a' });
  for (const file of ['index.html', 'samples.ndjson.gz', 'shot.png'])
    writeFileSync(join(directory, file), 'x');
  const settings = { REPORTS_DIR: reports };
  symlinkSync('a', join(reports, 'latest'));
  await explained(['history', 'add', directory], settings);
  const out = join(reports, '../site');
  const make = () => explained(['site', '--out', out], settings);
  const has = (file: string) => existsSync(join(out, 'reports/embedded/load/a', file));
  assert.match((await make()).said, /1 run, 1 whole report\n/);
  assert.deepEqual([has('index.html'), has('shot.png'), has('samples.ndjson.gz')], [true, true, false]);
  assert.ok(!lstatSync(join(out, 'reports/embedded/load/a')).isSymbolicLink());
  rmSync(directory, { recursive: true });
  assert.match((await make()).said, /1 run, 1 whole report\n/, 'it is kept by the folder');
  const store = historyFolder(reports);
  addRun(store, run('b', 0));
  rmSync(join(store, 'runs/embedded/load/a.json'));
  assert.match((await make()).said, /1 run, 0 whole reports\n/);
  assert.deepEqual([has('index.html'), existsSync(join(out, 'runs/embedded/load/a.html'))], [false, false]);
});

test('damaged and newer files are named on the page and do not keep the others away; older runs are shown', async () => {
  const store = storeOf([run('a', 1), run('b', 2)]);
  const old = madeFigures('old');
  old.verdict = 'excellent' as never;
  old.like.schema = 1;
  addRun(store, old);
  const folder = join(store, 'runs/embedded/load');
  const whole = readFileSync(join(folder, 'a.json'), 'utf8');
  writeFileSync(join(folder, 'half.json'), whole.slice(0, 200));
  writeFileSync(join(folder, 'newer.json'), whole.replace('"schema": 1', '"schema": 9'));
  writeFileSync(join(folder, 'noday.json'), whole.replace('2026-11-02T', 'yesterday'));
  const out = join(temporaryDirectory(), 'site');
  const { code, said, wrong } = await site(out, '--store', store);
  assert.equal(code, 0, said);
  assert.match(said, /: 3 runs, /);
  assert.match(
    wrong,
    /^left out: runs\/embedded\/load\/half\.json: damaged or half-written.*\nleft out: .*newer\.json: schema 9, .*\nleft out: .*noday\.json: damaged.*\n$/,
  );
  const list = readFileSync(join(out, 'index.html'), 'utf8');
  assert.match(list, /Left out[\s\S]*newer\.json[\s\S]*schema 9, this suite reads 1/);
  assert.match(list, /<span class="badge">excellent<\/span>/);
  const page = (id: string) => existsSync(join(out, 'runs/embedded/load', `${id}.html`));
  assert.deepEqual([page('a'), page('half')], [true, false]);
  writeFileSync(join(folder, 'a.json'), whole.slice(0, 200));
  await site(out, '--store', store);
  assert.ok(page('a'), 'the page of a run whose file was damaged later stays');
  rmSync(join(folder, 'a.json'));
  await site(out, '--store', store);
  assert.ok(!page('a'), 'that of a run which is gone does not');
});

test('HTML, control and right-to-left characters in names are shown and do nothing', () => {
  const bad = '<script>alert(1)</script>\u202e\u0007"';
  const store = storeOf([
    run('..', 1),
    run(`x${bad}`, 2, {
      change(made) {
        Object.assign(made.run.target, { environment: bad, version: bad });
        made.reasons = [bad];
        made.headline = { verdict: 'fail', text: bad };
        made.metrics[`journey.${bad}`] = made.metrics['journey.request an absence'] as never;
        made.journeysByRole = [{ ...JOURNEY, journey: bad }];
      },
    }),
  ]);
  for (const [path, text] of pagesOf(store)) {
    assert.match(path, /^[\w./+-]+$/);
    assert.doesNotMatch(path, /(^|\/)\.\.?(\/|$)/);
    for (const one of ['<script>alert', '\u202e', '\u0007']) assert.ok(!text.includes(one), path);
  }
  assert.equal(pagesOf(store).size, 1 + 2 + 2);
});

test('nothing to show, and a folder that is none, not empty or not to be written to, are one line', async () => {
  const [store, full] = [storeOf([run('a', 1)]), temporaryDirectory()];
  writeFileSync(join(full, 'mine.txt'), 'mine');
  const empty = temporaryDirectory();
  for (const [words, message] of [
    [
      ['--out', join(full, 'mine.txt'), '--store', store],
      /mine\.txt: a file, where the site is a folder\. Name another\.\n$/,
    ],
    [
      ['--out', full, '--store', store],
      /: not empty, and no site that this command made\. Name a new folder, or an empty/,
    ],
    [
      ['--out', '/proc/nowhere/site', '--store', store],
      /^\/proc\/nowhere\/site: cannot be written \(\w+\)\. Make it/,
    ],
    [
      ['--out', join(empty, 'a'), '--store', join(empty, 'none')],
      /none: no such folder\. Push a history to it first/,
    ],
    [
      ['--out', join(empty, 'b'), '--store', empty],
      /: no run\. Add some with `npx loadtest history add`\.\n$/,
    ],
    [
      ['--out', join(empty, 'c'), '--branch', 'x'],
      /^site: --branch without --store\. Name the repository too\.\n$/,
    ],
    [['--store', store], /^--out: missing\. Name a folder for the pages, e\.g\. site\.\n$/],
  ] as Array<[string[], RegExp]>) {
    const { code, wrong } = await explained(['site', ...words]);
    assert.equal(code, 2, wrong);
    assert.match(wrong, message);
    assert.equal(wrong.trimEnd().split('\n').length, 1);
  }
  assert.deepEqual(globSync('*', { cwd: full }), ['mine.txt']);
});
