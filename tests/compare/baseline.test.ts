/** `npx loadtest baseline`: which runs it keeps, and which it refuses. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readBaseline } from '../../compare/baseline-file.ts';
import { runFigures, valuesOf } from '../../compare/run-figures.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { type Answer, explained } from '../cli/in-process.ts';
import { madeRun, madeSummary, spread } from './made-runs.ts';

/** A folder of its own for runs, and the command in it. */
function reportsFolder() {
  const root = join(temporaryDirectory(), 'reports');
  const runs = join(root, 'runs');
  mkdirSync(runs, { recursive: true });
  const baseline = (...words: string[]): Promise<Answer> =>
    explained(['baseline', ...words], { REPORTS_DIR: runs });
  return { root, runs, baseline, file: join(root, 'baselines/embedded/load.json') };
}

const isRefused = (answer: Answer, message: RegExp) => {
  assert.equal(answer.code, 2, answer.said);
  assert.match(answer.wrong, message);
  assert.equal(answer.wrong.trimEnd().split('\n').length, 1, answer.wrong);
};

test('runs are added, listed, shown and removed; the file says when it is complete', async () => {
  const { runs, baseline, file } = reportsFolder();
  assert.match((await baseline('list')).said, /no baseline yet/);
  const directories = spread(4, 1).map((factor, index) => madeRun(runs, { id: `r${index + 1}`, factor }));
  const added = await baseline('add', ...directories, '--note', 'before the index');
  assert.equal(added.code, 0, added.said);
  assert.match(added.said, /4 runs, complete with 1 more run/);
  madeRun(runs, { id: 'r5' });
  assert.match((await baseline('add', 'r5')).said, /5 runs, complete/);
  assert.match((await baseline('list')).said, /embedded\/load +5 +2026-11-29 to 2026-11-29 +complete/);
  const { said } = await baseline('show', 'embedded/load');
  assert.match(said, /r1 +2026-11-29 15:38:56 UTC +pass +67243456f068 +1\.0\.0 +before the index/);
  assert.match(said, /class\.crud\.p95 .* ms/);
  assert.match((await baseline('rm', 'embedded/load', 'r2')).said, /4 runs/);
  assert.deepEqual(
    readBaseline(file).runs.map(({ id }) => id),
    ['r1', 'r3', 'r4', 'r5'],
  );
  assert.match((await baseline('rm', file, 'r1', 'r3', 'r4', 'r5')).said, /removed/);
  assert.equal(existsSync(file), false);
});

test('a run that is invalid, failed, going on, not concluded or in it already is refused by name', async () => {
  const { runs, baseline, file } = reportsFolder();
  madeRun(runs, { id: 'good' });
  assert.equal((await baseline('add', 'good')).code, 0);
  const before = readFileSync(file, 'utf8');
  isRefused(await baseline('add', 'good'), /^good: is in the baseline already\./);
  const changed = (id: string, change: Parameters<typeof madeRun>[1]['change']) =>
    madeRun(runs, { id, change });
  changed('bad', (one) => {
    one.verdict = 'invalid';
    one.reasons = ['the generator was busy'];
  });
  isRefused(await baseline('add', 'bad', '--force'), /^bad: invalid \(the generator was busy\)\. Repeat/);
  changed('failed', (one) => {
    one.verdict = 'fail';
  });
  isRefused(await baseline('add', 'failed'), /^failed: its verdict is fail\./);
  changed('broken off', ({ run }) => {
    run.ended = 'interrupted';
  });
  isRefused(await baseline('add', 'broken off'), /^broken off: it was broken off \(interrupted\)\./);
  changed('going', ({ run }) => {
    delete run.ended;
  });
  isRefused(await baseline('add', 'going'), /^going: it has not ended, or was killed\./);
  changed('older', (one) => {
    Object.assign(one, { schema: 1 });
  });
  isRefused(
    await baseline('add', 'older'),
    /older\/summary\.json: schema 1, .* Conclude it again with `npx loadtest report/,
  );
  madeRun(runs, { id: 'twice' });
  isRefused(await baseline('add', 'twice', 'twice'), /^twice: named twice\./);
  writeFileSync(join(runs, 'twice/summary.json'), '{"schema": 2, "id": "tw');
  isRefused(await baseline('add', 'twice'), /summary\.json: damaged or half-written\./);
  isRefused(await baseline('add', 'nowhere'), /nowhere: no such directory\./);
  assert.equal(readFileSync(file, 'utf8'), before, 'nothing was added');
});

test('a run that is unlike the first is refused by what differs; by force it is added, and that is recorded', async () => {
  const { runs, baseline, file } = reportsFolder();
  madeRun(runs, { id: 'first', change: withSize(100) });
  assert.equal((await baseline('add', 'first')).code, 0);
  const unlike: Array<[id: string, what: RegExp, change: Parameters<typeof madeRun>[1]['change']]> = [
    [
      'cores',
      /cores: 2 and 8/,
      ({ run }) => {
        run.host.cores = 8;
      },
    ],
    [
      'cpu',
      /CPU benchmark: 12 ms and 16 ms/,
      ({ run }) => {
        run.host.cpuBenchmarkMs = 16;
      },
    ],
    [
      'browser',
      /browser build: headless shell and headless shell, Chromium 157/,
      ({ run }) => {
        run.host.browserBuild = 'Chromium 157';
      },
    ],
    [
      'slow',
      /throttling: none and CPU 4×/,
      ({ run }) => {
        run.throttle = { cpuSlowdown: 4 };
      },
    ],
    [
      'box',
      /limits of the container: none and \{"cores":1\}/,
      ({ run }) => {
        run.host.container = { cores: 1 };
      },
    ],
    [
      'times',
      /think times \(config\/think\.yml\): not set and [0-9a-f]+/,
      ({ run }) => {
        const median = { median: 3, sigma: 0.5 };
        run.plan.think = {
          resident: median,
          faculty: median,
          coordinator: median,
          admin: median,
          visitor: median,
        };
      },
    ],
    [
      'seed',
      /seed: 1 and 2/,
      ({ run }) => {
        run.plan.seed = 2;
      },
    ],
    [
      'mix',
      /mix of users: [0-9a-f]+ and [0-9a-f]+/,
      ({ run }) => {
        run.plan.mix.pop();
      },
    ],
    [
      'old',
      /schema: 2 and 1/,
      ({ schema, run }) => {
        Object.assign(run, { schema: schema - 1 });
      },
    ],
    ['data', /data of the target, people: 100 and 120/, withSize(120)],
    ['think', /THINK: 1 and 0.5/, withSize(100, { THINK: 0.5 })],
  ];
  for (const [id, what, change] of unlike) {
    madeRun(runs, {
      id,
      change: (one) => {
        withSize(100)(one);
        change?.(one);
      },
    });
    isRefused(
      await baseline('add', id),
      new RegExp(`^${id}: not like the first run of the baseline, first \\(${what.source}\\)\\.`),
    );
  }
  madeRun(runs, { id: 'near', change: withSize(109) });
  assert.equal((await baseline('add', 'near')).code, 0, 'data may differ by a tenth');
  const { said, code } = await baseline('add', 'cores', '--force');
  assert.equal(code, 0);
  assert.match(said, /cores: added by force \(cores: 2 and 8\)/);
  assert.deepEqual(readBaseline(file).runs[2]?.forced, ['cores: 2 and 8']);
  assert.match((await baseline('show', 'embedded/load')).said, /cores: added by force/);
});

function withSize(people: number, settings = {}) {
  return ({ run }: ReturnType<typeof madeSummary>) => {
    run.dataSize = { before: { at: run.start, counts: { people }, unknown: {} } };
    run.settings = {
      JOURNEYS: 2,
      THINK: 1,
      REPEAT: 1,
      CONNECTIONS: 'keep-alive' as never,
      HEADED: false,
      ARTIFACTS: 3,
      CHECK_RATE: 1 as never,
      ...settings,
    };
  };
}

test('a damaged, half-written or newer baseline is one clear line', async () => {
  const { runs, baseline, file } = reportsFolder();
  madeRun(runs, { id: 'one' });
  await baseline('add', 'one');
  const whole = readFileSync(file, 'utf8');
  madeRun(runs, { id: 'two' });
  for (const [text, message] of [
    [whole.slice(0, whole.length / 2), /load\.json: damaged or half-written: no whole JSON\. Restore it/],
    [
      whole.replace(/"quantiles":\[[^\]]*\]/, '"quantiles":[1]'),
      /damaged, or no baseline \('runs\.0\.metrics\..*quantiles'\)/,
    ],
    [whole.replace('"schema": 1', '"schema": 9'), /schema 9, this suite reads 1\./],
    ['', /damaged or half-written/],
    ['[]', /damaged, or no baseline/],
  ] as const) {
    writeFileSync(file, text);
    isRefused(await baseline('add', 'two'), message);
    isRefused(await baseline('show', 'embedded/load'), message);
    assert.equal(readFileSync(file, 'utf8'), text, 'it is left as it is');
  }
});

test('the file is small, has a line for each metric, and gives back every value of the run', async () => {
  const { runs, baseline, file } = reportsFolder();
  const directories = spread(5, 2).map((factor, index) => madeRun(runs, { id: `r${index}`, factor }));
  await baseline('add', ...directories);
  assert.deepEqual(readdirSync(dirname(file)), ['load.json'], 'nothing half-written is left');
  const before = readFileSync(file, 'utf8');
  madeRun(runs, { id: 'r5' });
  await baseline('add', 'r5');
  assert.ok(
    readFileSync(file, 'utf8').startsWith(before.slice(0, -'\n ]\n}\n'.length)),
    'no line of others changes',
  );
  await baseline('rm', file, 'r5');
  assert.equal(readFileSync(file, 'utf8'), before);
  const text = readFileSync(file, 'utf8');
  assert.match(
    text,
    /\n {4}"class\.crud": \{"unit":"ms","n":61,.*"quantiles":\[.*\],"attempts":89,"errors":0,"rate":3\.5859\},\n/,
  );
  const summary = madeSummary({ id: 'r0', factor: spread(5, 2)[0] });
  const metrics = Object.keys(summary.metrics).length;
  assert.ok(text.length < 1000 * metrics, `${text.length} bytes for five runs of ${metrics} metrics`);
  const [first] = readBaseline(file).runs;
  assert.ok(first);
  assert.deepEqual(valuesOf(first), valuesOf(runFigures(summary, 2)));
  const values = valuesOf(first);
  const p50 = summary.metrics['class.crud']?.p50 ?? 0;
  assert.equal(values.get('class.crud.p50')?.value, Number(p50.toPrecision(5)));
  assert.deepEqual(
    [...values.keys()].slice(0, 2),
    ['class.crud.p95', 'class.complex.p95'],
    'those that decide come first',
  );
});

test('an intended slowdown is written with its reason; a mistake in it names what is wrong', async () => {
  const { root, baseline } = reportsFolder();
  const file = join(root, 'accepted.yml');
  assert.match((await baseline('accept')).said, /no slowdown is accepted/);
  const entry = ['--limit', '30', '--reason', 'signs each row', '--until', '2099-03-31'];
  assert.equal((await baseline('accept', '--metric', 'class.crud.p95', ...entry)).code, 0);
  const { said } = await baseline('accept', '--metric', 'request.swaps.*.p50', ...entry);
  assert.match(
    said,
    /2 accepted\n {2}class\.crud\.p95, worse by up to 30: signs each row \(until 2099-03-31\)/,
  );
  const before = readFileSync(file, 'utf8');
  for (const [words, message] of [
    [['--metric', 'class.crud.p95'], /give --metric, --limit, --reason and --until together/],
    [['--metric', 'class.crud.p96', ...entry], /metric: unknown metric/],
    [['--metric', 'class.crud.p95', ...entry, '--limit', 'much'], /limit: must be a number/],
    [['--metric', 'class.crud.p95', ...entry, '--until', 'soon'], /until: /],
  ] as const)
    isRefused(await baseline('accept', ...words), message);
  assert.equal(readFileSync(file, 'utf8'), before);
  assert.equal(dirname(file), root);
});
