/** What a run leaves on the target is known from its samples alone, also when it was killed. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { Changes } from '../../measure/session/changes.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

/** The verdict, the report and leftovers.json of a healthy run in which one session also changed things. */
async function concluded(work: (changes: Changes) => void | Promise<void>) {
  const samples: Sample[] = [];
  const about = { session: 'b1', role: 'resident' as const, journey: 'request an absence' };
  const changes = new Changes((sample) => samples.push({ ...about, ...sample, t: START + 1000 } as Sample));
  await work(changes);
  const target = { ...runJson().target, kind: 'deployment' as const };
  const dir = runDirectory(runJson({ target }), [...healthySamples(), ...samples]);
  const { summary } = await conclude(dir);
  const file = join(dir, 'leftovers.json');
  return {
    summary,
    errors: samples.filter(({ kind }) => kind === 'error'),
    file: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined,
    html: readFileSync(join(dir, 'index.html'), 'utf8'),
  };
}

test('what was taken back leaves no file and no word of warning', async () => {
  const { summary, file } = await concluded(async (changes) => {
    changes.note({ what: 'absences', name: 'perf-1', undo: async () => {} });
    changes.note({ what: 'people', name: 'perf-2', undo: async () => {} }).undone();
    await changes.undoAll();
  });
  assert.deepEqual(summary.counts.changes, { planned: 2, undone: 2, left: 0 });
  assert.equal(file, undefined);
  assert.doesNotMatch(summary.reasons.join('\n'), /undone/);
});

test('the overview says what is left on the target and how much of it can be removed', async () => {
  const clean = await concluded((changes) => {
    changes.note({ what: 'people', name: 'perf-2', undo: async () => {} }).undone();
  });
  assert.match(
    clean.html,
    /The run made <a href="#leftovers">1 change<\/a> on the target: all were taken back\./,
  );
  const left = await concluded((changes) => {
    changes.note({ what: 'absences', name: 'perf-1', undo: async () => {} });
    changes.note({ what: 'people', name: 'perf-2', undo: async () => {} }).undone();
  });
  assert.match(left.html, />2 changes<\/a> on the target: 1 is still there, of which 1 can be removed\./);
});

test('the latest change is taken back first, and one that fails does not keep the others', async () => {
  const order: string[] = [];
  const { summary, file, errors } = await concluded(async (changes) => {
    changes.note({ what: 'absences', name: 'first', undo: async () => void order.push('first') });
    changes.note({ what: 'people', name: 'second', undo: () => Promise.reject(new Error('answered 500')) });
    changes.note({ what: 'absences', name: 'third', undo: async () => void order.push('third') });
    await changes.undoAll();
  });
  assert.deepEqual(order, ['third', 'first']);
  assert.deepEqual(summary.counts.changes, { planned: 3, undone: 2, left: 1 });
  assert.equal(file.leftovers.length, 1);
  assert.equal(file.leftovers[0].name, 'second');
  assert.equal(file.leftovers[0].why, 'answered 500');
  assert.equal(errors.length, 1, 'and it is an error of the run');
  assert.match(summary.reasons.join('\n'), /1 change of the target's data not undone: leftovers\.json/);
});

test('a run that was killed between a change and its undoing knows where it is', async () => {
  const { summary, file, html } = await concluded((changes) => {
    changes.note({ what: 'absences', name: 'perf-r-b1-absence1', undo: async () => {} }).at('/absences/77');
  });
  assert.deepEqual(file.leftovers[0], {
    what: 'absences',
    name: 'perf-r-b1-absence1',
    why: 'the run ended before it was taken back',
    canBeUndone: true,
    session: 'b1',
    role: 'resident',
    journey: 'request an absence',
    t: START + 1000,
    path: '/absences/77',
  });
  assert.equal(summary.leftovers.length, 1);
  assert.match(html, /perf-r-b1-absence1/);
});

test('what the application cannot take back is listed with its reason, and is no warning', async () => {
  const { summary, file } = await concluded(async (changes) => {
    changes.note({
      what: 'swaps',
      name: 'Moving house (perf-1)',
      why: 'the portal cannot take a request back',
    });
    await changes.undoAll();
  });
  assert.equal(file.leftovers[0].why, 'the portal cannot take a request back');
  assert.equal(file.leftovers[0].canBeUndone, false);
  assert.doesNotMatch(summary.reasons.join('\n'), /undone/);
});

test('a change must say how it is undone, or why it cannot be', () => {
  const changes = new Changes(() => {});
  assert.throws(() => changes.note({ what: 'calls', name: 'x' }), /say how it is undone/);
});
