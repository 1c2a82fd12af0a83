/** `npx loadtest baseline docs`: the page says what the baselines hold, in figures that a reader can check by hand. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allBaselines, baselineName, readBaseline } from '../../compare/baseline-file.ts';
import { baselinesPage, HISTORY_HEADING } from '../../compare/baselines-page.ts';
import { addRun } from '../../compare/history.ts';
import { runFigures } from '../../compare/run-figures.ts';
import { ROOT } from '../../config/root.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';
import { madeRun, madeSummary } from './made-runs.ts';

function folder() {
  const root = join(temporaryDirectory(), 'reports');
  const runs = join(root, 'runs');
  mkdirSync(runs, { recursive: true });
  const file = join(root, 'baselines.md');
  const say = (...words: string[]) => explained(['baseline', ...words], { REPORTS_DIR: runs });
  const page = async () => {
    const answer = await say('docs', '--markdown', file);
    assert.equal(answer.code, 0, answer.said);
    return readFileSync(file, 'utf8');
  };
  return { root, runs, say, page };
}

/** Cells of the row that begins with this. */
function row(page: string, first: string): string[] {
  const line = page.split('\n').find((one) => one.startsWith(`| ${first} `));
  assert.ok(line, `no row ${first}`);
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

test('without a baseline the page says so, and how to make one', async () => {
  const text = await folder().page();
  assert.match(text, /\*\*No baseline is kept yet\.\*\*/);
  assert.match(text, /npx loadtest baseline add/);
  assert.match(text, /None here: `npx loadtest history add`/);
});

test('figures are the median of the runs with the smallest and the largest, and the spread between runs', async () => {
  const { root, runs, say, page } = folder();
  const factors = [1, 0.9, 1.1, 1.2, 0.8];
  const directories = factors.map((factor, at) =>
    madeRun(runs, {
      id: `r${at + 1}`,
      factor,
      change: (summary) => {
        summary.run.target.version = '2.0 <b>|_x_';
        const memory = { ...(summary.metrics['class.crud'] as object), unit: 'MiB' } as never;
        summary.metrics['target.application.memory'] = memory;
      },
    }),
  );
  assert.equal((await say('add', ...directories, '--note', 'before *the* index')).code, 0);
  addRun(join(root, 'history'), runFigures(madeSummary({ id: 'older' }), 2));
  const text = await page();
  assert.match(text, /## embedded\/load\n\n5 runs, complete\./);
  assert.match(text, /- Machine: 2 cores, .* MiB, CPU benchmark 12 ms/);
  assert.match(text, /- Data: medium data set, seed 1/);
  assert.match(text, /- Target: version 2\.0 \\<b>\|\\_x\\_\n/, 'nothing that a target says becomes markup');
  assert.match(text, /- Notes: before \\\*the\\\* index/);

  // 99.2 ms times the factors, whose standard deviation is 0.158 and whose mean is 1.
  assert.deepEqual(row(text, '`class.crud.p95`').slice(1, 3), ['99.2 ms (79.4 ms to 119 ms)', '15.8 %']);
  assert.deepEqual(row(text, '`steps.errorRate`').slice(1, 3), ['0 %', '–'], 'a spread of nothing but 0');
  const [, p50 = ''] = row(text, '`people.list`');
  assert.match(p50, /^[\d.]+ ms \([\d.]+ ms to [\d.]+ ms\)$/);
  assert.match(row(text, '`/login`, first views')[1] ?? '', /^[\d.]+ ms \(/);
  assert.doesNotMatch(text, /^\| `[^|]+\|(?: *– \|)+$/m, 'no row without a figure');
  assert.match(row(text, '`application.memory`')[1] ?? '', /MiB \(.* MiB to .* MiB\)$/);
  assert.match(text.slice(text.indexOf(HISTORY_HEADING)), /\| older +\|.*\n/);
  assert.match(row(text, 'r3').join(' '), /pass 67243456f068 2\.0 .* yes before/);
  assert.doesNotMatch(row(text, 'older').join(' '), /yes/);
});

test('a damaged baseline, and a file that cannot be written, are one line', async () => {
  const { root, runs, say } = folder();
  assert.equal((await say('add', madeRun(runs, { id: 'r1' }))).code, 0);
  const file = join(root, 'baselines/embedded/load.json');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 500));
  const damaged = await say('docs', '--markdown', join(root, 'page.md'));
  assert.equal(damaged.code, 2);
  assert.match(damaged.wrong, /load\.json: damaged or half-written: no whole JSON\. [^\n]+\n$/);
  assert.equal(existsSync(join(root, 'page.md')), false);
  rmSync(file);
  const nowhere = await say('docs', '--markdown', join(runs, 'gone/page.md'));
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.wrong, /page\.md: cannot be written \(ENOENT\)\. Name another file\.\n$/);
});

test('docs/baselines.md says what reports/baselines holds', () => {
  const reports = join(ROOT, 'reports/runs');
  const kept = new Map(allBaselines(reports).map((file) => [baselineName(file), readBaseline(file)]));
  const before = (page: string) => page.slice(0, page.indexOf(HISTORY_HEADING));
  assert.equal(
    before(readFileSync(join(ROOT, 'docs/baselines.md'), 'utf8')),
    before(baselinesPage(kept, [])),
    'run `npx loadtest baseline docs` and commit the page',
  );
});
