/** What is removed of old runs, and in which order: samples, then run directories, figures last. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { historyFolder, runsOf } from '../../compare/history.ts';
import { oldDirectories, removeOld } from '../../compare/old-directories.ts';
import { loadRetention } from '../../config/retention.ts';
import {
  healthySamples,
  runDirectory,
  runJson,
  START,
  temporaryDirectory,
} from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';
import { type MadeRun, madeRun } from './made-runs.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const [SAMPLES, REPORT] = ['samples.ndjson.gz', 'index.html'];

/** A folder of runs, and the command with rules of its own. */
function machine(rules: string) {
  const reports = join(temporaryDirectory(), 'reports/runs');
  mkdirSync(reports, { recursive: true });
  const retention = join(reports, '../retention.yml');
  writeFileSync(retention, rules);
  return {
    reports,
    prune: (...words: string[]) =>
      explained(['prune', '--retention', retention, ...words], { REPORTS_DIR: reports }),
    has: (...parts: string[]) => existsSync(join(reports, ...parts)),
    kept: () => runsOf(historyFolder(reports), 'embedded', 'load').map(({ id }) => id),
    add(id: string, days: number, files = [SAMPLES, REPORT], change: MadeRun['change'] = () => undefined) {
      const directory = madeRun(reports, {
        id,
        change(summary) {
          summary.run.start = new Date(Date.now() - days * DAY_MS).toISOString();
          change(summary);
        },
      });
      for (const file of files) writeFileSync(join(directory, file), 'as it was');
    },
  };
}

test('samples go first, then run directories, whose figures the history gets before, and those last', async () => {
  const { reports, prune, has, kept, add } = machine(
    'samples: 30\nreports: 90\nfigures: { days: 900, keep: 0 }\n',
  );
  add('fresh', 29);
  add('old', 31);
  add('older', 91);
  add('invalid', 91, undefined, (summary) => {
    summary.verdict = 'invalid';
  });
  add('unconcluded', 400, [SAMPLES]);
  add('oldest', 901);
  add('half-written', 400);
  writeFileSync(join(reports, 'half-written/summary.json'), '{"schema":');
  symlinkSync('oldest', join(reports, 'latest'));
  mkdirSync(join(reports, 'damaged'));
  writeFileSync(join(reports, 'damaged/run.json'), '{"schema":');
  const dry = await prune('--dry-run');
  assert.match(dry.said, /would remove the samples of 1 run and 3 run directories, /);
  assert.ok(['fresh', 'old', 'older', 'oldest'].every((id) => has(id, SAMPLES)) && kept().length === 0);

  const { code, said, wrong } = await prune();
  assert.equal(code, 0, said);
  assert.deepEqual([has('fresh', SAMPLES), has('old', SAMPLES), has('old', REPORT)], [true, false, true]);
  assert.deepEqual([has('older'), has('invalid'), has('oldest')], [false, false, false]);
  assert.deepEqual(kept(), ['older'], 'the oldest was added, and its figures were too old too');
  assert.match(said, /removed the directory of oldest .*\n(.*\n)*removed embedded\/load oldest /);
  assert.match(
    wrong,
    /^stays: damaged: .*run\.json: not JSON.*\nstays: half-written: .*damaged or half-written.*\nstays: unconcluded: not concluded.* `npx loadtest report /,
  );
  assert.ok(has('unconcluded', SAMPLES) && has('damaged'));
  assert.match((await prune()).said, /runs: removed the samples of 0 runs and 0 run directories, 0 B\n/);
});

test('a run whose samples were removed keeps its report and its summary, whatever is asked of it', async () => {
  const reports = temporaryDirectory();
  const directory = join(reports, 'run');
  cpSync(runDirectory(runJson({ ended: 'finished' }), healthySamples()), directory, { recursive: true });
  await conclude(directory);
  const read = () => ['summary.json', REPORT].map((file) => readFileSync(join(directory, file), 'utf8'));
  const before = read();
  const later = new Date(START + 2 * DAY_MS);
  const { old } = await oldDirectories(reports, { samples: 1, reports: 9 }, later);
  assert.deepEqual(
    old.map(({ what }) => what),
    ['samples'],
  );
  for (const one of old) removeOld(one, join(reports, 'history'));
  assert.deepEqual((await oldDirectories(reports, { samples: 1, reports: 9 }, later)).old, []);
  const gone =
    /run: its samples were removed, and nothing can be concluded again without them\. Open its index/;
  for (const words of [
    ['report', directory],
    ['report', directory, '--thresholds', 'config/thresholds.yml'],
    ['compare', directory, directory],
  ]) {
    const { code, wrong } = await explained(words);
    assert.equal(code, 2);
    assert.match(wrong, gone);
  }
  assert.deepEqual(read(), before);
  assert.equal(
    (await explained(['history', 'add', directory], { REPORTS_DIR: join(reports, 'r/runs') })).code,
    0,
  );
});

test('rules are read strictly, and what is large goes no later than what is small', () => {
  const file = join(temporaryDirectory(), 'retention.yml');
  const refused = (text: string, message: RegExp) => {
    writeFileSync(file, text);
    assert.throws(() => loadRetention(file), message);
  };
  assert.equal(loadRetention().samples, 30);
  refused(
    'samples: 9\nreports: 8\nfigures: { days: 9, keep: 0 }\n',
    /:2: reports: 8 days, and samples stay for 9\. /,
  );
  refused(
    'samples: 1\nreports: 8\nfigures: { days: 7, keep: 0 }\n',
    /:3: figures\.days: 7, and reports stay/,
  );
  refused(
    'samples: soon\nreports: 8\nfigures: { days: 9, keep: 0 }\n',
    /:1: samples: .*Write a number of days/,
  );
  refused('samples: 1\nreport: 8\n', /report/);
});

test('a branch needs its repository', async () => {
  const { code, wrong } = await machine('samples: 1\nreports: 2\nfigures: { days: 3, keep: 0 }\n').prune(
    '--branch',
    'x',
  );
  assert.deepEqual([code, wrong], [2, 'prune: --branch without --store. Name the repository too.\n']);
});
