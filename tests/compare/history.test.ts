/** The history of runs: one file each, found again by time, and refused by name where it is damaged. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { addRun, profilesIn, runsOf } from '../../compare/history.ts';
import { type RunFigures, valuesOf } from '../../compare/run-figures.ts';
import { ConfigError } from '../../config/errors.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';
import { madeFigures, madeRun } from './made-runs.ts';

test('runs are kept in a file each and come back whole, by the time at which they began', () => {
  const store = join(temporaryDirectory(), 'history');
  assert.deepEqual([profilesIn(store), runsOf(store, 'embedded', 'load')], [[], []]);
  const late = madeFigures('a', 30);
  assert.equal(addRun(store, late), true);
  assert.equal(addRun(store, madeFigures('b', 10)), true);
  const elsewhere = madeFigures('c', 0, ({ like }) => {
    like.environment = '../my host';
    like.profile = 'load+spike';
  });
  addRun(store, elsewhere);
  assert.deepEqual(profilesIn(store), [
    { environment: '---my-host', profile: 'load+spike' },
    { environment: 'embedded', profile: 'load' },
  ]);
  assert.equal(runsOf(store, '../my host', 'load+spike').length, 1);
  const runs = runsOf(store, 'embedded', 'load');
  assert.deepEqual(
    runs.map(({ id }) => id),
    ['b', 'a'],
  );
  assert.deepEqual(valuesOf(runs[1] as RunFigures), valuesOf(late));
  assert.deepEqual(
    readdirSync(join(store, 'runs/embedded/load')),
    ['a.json', 'b.json'],
    'nothing half-written',
  );
});

test('a run is kept once, and two runs of one name are both kept', () => {
  const store = temporaryDirectory();
  const run = madeFigures('a');
  addRun(store, run);
  const concludedAgain = { ...run, note: 'again', verdict: 'warn' as const };
  assert.equal(addRun(store, concludedAgain), false);
  assert.equal(addRun(store, madeFigures('a', 1)), true, 'of another machine');
  assert.equal(addRun(store, madeFigures('a', 1)), false);
  assert.deepEqual(
    runsOf(store, 'embedded', 'load').map(({ start }) => start),
    ['2026-11-29T15:00:00.000Z', '2026-11-29T15:01:00.000Z'],
  );
});

test('a damaged, half-written or newer file, and a store that is a file, are one clear line', () => {
  const store = temporaryDirectory();
  addRun(store, madeFigures('a'));
  const file = join(store, 'runs/embedded/load/a.json');
  const whole = readFileSync(file, 'utf8');
  const refused = (message: RegExp, work = () => runsOf(store, 'embedded', 'load')) => {
    assert.throws(work, (error: Error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, message);
      return !error.message.includes('\n');
    });
  };
  for (const [text, message] of [
    [whole.slice(0, whole.length / 2), /a\.json: damaged or half-written: no whole JSON\. Remove it, then/],
    ['', /damaged or half-written/],
    ['[]', /damaged, or no run of the history/],
    [whole.replace('"schema": 1', '"schema": 9'), /a\.json: schema 9, this suite reads 1\. Use the suite/],
    [whole.replace(/"quantiles":\[[^\]]*\]/, '"quantiles":[1]'), /\('run\.metrics\..*quantiles'\)/],
  ] as const) {
    writeFileSync(file, text);
    refused(message);
    assert.equal(readFileSync(file, 'utf8'), text, 'it is left as it is');
  }
  refused(/a\.json: schema|a\.json: damaged/, () => addRun(store, madeFigures('a')) as never);
  const taken = join(store, 'taken');
  writeFileSync(taken, '');
  const isFile = /taken: a file, where the history is a folder\. Name another store, or move it\./;
  refused(isFile, () => addRun(taken, madeFigures('a')) as never);
  refused(isFile, () => runsOf(taken, 'embedded', 'load'));
  refused(isFile, () => profilesIn(taken) as never);
  mkdirSync(join(store, 'empty'));
  assert.deepEqual(profilesIn(join(store, 'empty')), []);
});

test('the command adds all runs or none, and refuses one that is invalid, broken off or there already', async () => {
  const root = join(temporaryDirectory(), 'reports');
  const runs = join(root, 'runs');
  mkdirSync(runs, { recursive: true });
  const history = (...words: string[]) => explained(['history', ...words], { REPORTS_DIR: runs });
  assert.match((await history('list')).said, /history: no run yet\. `npx loadtest history add` adds one/);
  for (const id of ['a', 'b', 'c']) madeRun(runs, { id });
  const changed = (id: string, change: Parameters<typeof madeRun>[1]['change']) =>
    madeRun(runs, { id, change });
  changed('failed', (one) => {
    one.verdict = 'fail';
  });
  assert.match((await history('add', 'a', 'failed')).said, /history: 2 runs added/);
  changed('bad', (one) => {
    one.verdict = 'invalid';
    one.reasons = ['the generator was busy'];
  });
  changed('broken', ({ run }) => {
    run.ended = 'interrupted';
  });
  for (const [named, message] of [
    ['a', /^a: is in the history already\. Name another run\.\n$/],
    ['bad', /^bad: invalid \(the generator was busy\)\. Repeat the run\.\n$/],
    ['broken', /^broken: it was broken off \(interrupted\)\. Add a run that has finished\.\n$/],
    ['c', /^c: named twice\. Name each run once\.\n$/],
    ['nowhere', /nowhere: no such directory\. .*\n$/],
  ] as const) {
    const { code, wrong } = await history('add', 'b', named, 'c');
    assert.equal(code, 2, wrong);
    assert.match(wrong, message);
  }
  assert.match((await history('list')).said, /embedded\/load +2 +2026-11-29 to 2026-11-29 +1\n/);
});
