/** A disk that takes no more: nothing crashes, what is lost is counted, and how the run ended can still be reported. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { amendRunJson, readRunJson, writeRunJson } from '../../../measure/run/directory.ts';
import { Recorder } from '../../../measure/run/recorder.ts';
import { type RunJson, SCHEMA } from '../../../measure/run/run.ts';
import { emptyFolder, written } from '../../measure/run-folder.ts';

const WRITER = fileURLToPath(new URL('./full-disk-writer.ts', import.meta.url));
const noFull = existsSync('/dev/full') ? false : 'there is no /dev/full';
const noLimits = spawnSync('prlimit', ['--version']).status === 0 ? false : 'there is no prlimit';

test('a disk that was full from the start: reported once, nothing thrown, all counted as lost', {
  skip: noFull,
}, async (t) => {
  const folder = emptyFolder(t);
  symlinkSync('/dev/full', join(folder, 'samples.ndjson'));
  const said = t.mock.method(console, 'error', () => undefined);
  const told: string[] = [];
  const recorder = new Recorder(folder, { onTrouble: (why) => told.push(why) });
  for (let n = 0; n < 50; n += 1) {
    recorder.write({ t: n, kind: 'count', name: 'tick', value: n });
    if (n % 10 === 0) recorder.flush();
  }
  await wait(300); // the timer tries as well
  recorder.close();
  assert.deepEqual(told, ['ENOSPC: no space left on the disk']);
  assert.deepEqual([recorder.count, recorder.lost], [50, 50]);
  assert.match(
    String(said.mock.calls[0]?.arguments[0]),
    /samples\.ndjson: 50 samples could not be written and are lost \(ENOSPC: no space left on the disk\)/,
  );
});

test('room that comes back in time loses nothing, though a line was cut in two', {
  skip: noLimits,
}, async (t) => {
  const folder = emptyFolder(t);
  // A limit on the size of files stands for the disk: the write that reaches it is cut short, further ones fail.
  const words = ['--fsize=20000:unlimited', process.execPath, WRITER, folder];
  const writer = spawn('prlimit', words, { stdio: ['pipe', 'pipe', 'pipe'] });
  t.after(() => writer.kill('SIGKILL'));
  let said = '';
  let wrong = '';
  writer.stdout.on('data', (text) => {
    said += text;
  });
  writer.stderr.on('data', (text) => {
    wrong += text;
  });
  const ended = new Promise<number | null>((done) => writer.once('close', done));
  for (const until = performance.now() + 10_000; !wrong.includes('cannot be written'); await wait(20))
    assert.ok(performance.now() < until, `${said}${wrong}`);
  assert.equal(written(folder).length, 20_000);
  assert.ok(!written(folder).endsWith('\n'), 'the last line is cut');
  execFileSync('prlimit', ['--pid', String(writer.pid), '--fsize=unlimited']);
  for (const until = performance.now() + 10_000; written(folder).length < 40_000; await wait(20))
    assert.ok(performance.now() < until, wrong);
  writer.stdin.end();
  assert.equal(await ended, 0, wrong);
  const { count, lost } = JSON.parse(said) as { count: number; lost: number };
  assert.equal(lost, 0);
  assert.equal(wrong.trim().split('\n').length, 1, wrong);
  assert.match(
    wrong,
    /samples\.ndjson: cannot be written \(EFBIG: file too large\); samples are kept and tried again/,
  );
  const numbers: number[] = [];
  let torn = 0;
  for (const line of written(folder).split('\n').filter(Boolean)) {
    try {
      const { value } = JSON.parse(line) as { value?: number };
      if (value !== undefined) numbers.push(value);
    } catch {
      torn += 1;
    }
  }
  assert.equal(torn, 1);
  assert.deepEqual(
    numbers,
    Array.from({ length: count }, (_, index) => index + 1),
  );
});

const RUN = { schema: SCHEMA, id: 'x', profiles: ['load'], start: 'now' } as unknown as RunJson;

/** Where a file beside run.json cannot be made: a full disk, as far as run.json can see. */
function noRoomBeside(t: TestContext): string {
  const folder = emptyFolder(t);
  writeRunJson(folder, RUN);
  symlinkSync('/dev/full', join(folder, 'run.json.new'));
  return folder;
}

test('how a run ended is written over what was there when there is no room for a new file', {
  skip: noFull,
}, (t) => {
  const folder = noRoomBeside(t);
  amendRunJson(folder, { ended: 'recording-failed' });
  assert.deepEqual(readRunJson(folder), { ...RUN, ended: 'recording-failed' });
});

test('but not where it would not fit: half a run.json is worse than the one before', {
  skip: noFull,
}, (t) => {
  const folder = noRoomBeside(t);
  const before = readFileSync(join(folder, 'run.json'), 'utf8');
  assert.throws(() => amendRunJson(folder, { reasons: ['x'.repeat(5000)] }));
  assert.equal(readFileSync(join(folder, 'run.json'), 'utf8'), before);
});
