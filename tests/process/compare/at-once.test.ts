/** Several processes that add to one baseline or one history at once. */
import assert from 'node:assert/strict';
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readBaseline } from '../../../compare/baseline-file.ts';
import { withLock } from '../../../compare/file-lock.ts';
import { runsOf } from '../../../compare/history.ts';
import { childEnvironment } from '../../../config/environment.ts';
import { ConfigError } from '../../../config/errors.ts';
import { writerProcess } from '../../../measure/run/writer-process.ts';
import { temporaryFolder } from '../../artillery/suite-process.ts';
import { madeRun } from '../../compare/made-runs.ts';

const PROGRAM = new URL('./adding.ts', import.meta.url);

async function addedAtOnce(t: TestContext, kind: 'baseline' | 'history') {
  const root = join(temporaryFolder(t), 'reports');
  const runs = join(root, 'runs');
  const parts = ['a', 'b', 'c'].map((part) => [1, 2, 3, 4].map((index) => `${part}${index}`));
  mkdirSync(runs, { recursive: true });
  for (const id of parts.flat()) madeRun(runs, { id });
  const env = childEnvironment({ REPORTS_DIR: runs });
  const children = parts.map((part) => fork(PROGRAM, [kind, ...part], { env, execArgv: [], silent: true }));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  return { root, ids: parts.flat() };
}

test('what three processes add to one baseline at once is all in it', async (t) => {
  const { root, ids } = await addedAtOnce(t, 'baseline');
  const file = join(root, 'baselines/embedded/load.json');
  assert.deepEqual(
    readBaseline(file)
      .runs.map(({ id }) => id)
      .sort(),
    ids,
  );
  assert.deepEqual(readdirSync(dirname(file)), ['load.json']);
});

test('what three processes add to one history at once is all in it', async (t) => {
  const { root, ids } = await addedAtOnce(t, 'history');
  const runs = runsOf(join(root, 'history'), 'embedded', 'load');
  assert.deepEqual(runs.map(({ id }) => id).sort(), ids);
});

test('the lock of a process that has ended is taken over by one; that of one at work is waited for', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'load.json');
  const lock = `${file}.lock`;
  const ended = { ...writerProcess(), pid: spawnSync('true').pid, started: '1' };
  const now = Math.floor(Date.now() / 1000);
  for (const [text, age] of [
    [JSON.stringify(ended), 0],
    [JSON.stringify({ ...writerProcess(), where: 'another machine' }), 120],
    ['{"pid', 120],
  ] as const) {
    writeFileSync(lock, text);
    utimesSync(lock, now - age, now - age);
    let [inside, all] = [0, 0];
    const one = () =>
      withLock(file, () => {
        assert.equal(++inside, 1);
        all += 1;
        inside -= 1;
      });
    await Promise.all([one(), one(), one()]);
    assert.deepEqual([all, existsSync(lock), readdirSync(folder)], [3, false, []], text);
  }
  for (const text of [
    JSON.stringify(writerProcess()),
    JSON.stringify({ ...writerProcess(), where: 'another machine' }),
    '',
  ]) {
    writeFileSync(lock, text);
    await assert.rejects(
      withLock(file, () => assert.fail('it was not free'), 50),
      (error: Error) => {
        assert.ok(error instanceof ConfigError);
        return /load\.json\.lock: another process is changing .*load\.json\. Wait until/.test(error.message);
      },
    );
  }
});
