import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { childEnvironment, ROOT } from '../../../config/environment.ts';

/** Starts docker/run-and-upload.sh with a command of the shell, and a `loadtest` that notes what it is asked for, and then does this. */
function start(context: TestContext, command: string, upload = 'exit 1') {
  const folder = mkdtempSync(join(tmpdir(), 'run-and-upload-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const asked = join(folder, 'asked');
  writeFileSync(join(folder, 'loadtest'), `#!/bin/sh\nasked=${asked}\necho "$@" >>$asked\n${upload}\n`);
  chmodSync(join(folder, 'loadtest'), 0o755);
  const PATH = `${folder}${delimiter}${childEnvironment().PATH}`;
  const child = spawn('sh', [join(ROOT, 'docker/run-and-upload.sh'), 'sh', '-c', command], {
    env: childEnvironment({ PATH, REPORTS_DIR: folder }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  return { child, ended, uploads: () => (existsSync(asked) ? readFileSync(asked, 'utf8') : '') };
}

/** That end by themselves where no signal comes. */
const SOME_SECONDS = 'i=0; while [ $i -lt 100 ]; do i=$((i + 1)); sleep 0.05; done';
const NEW_RUN = 'ln -s 2026-11-30T10-00-00Z-smoke "$REPORTS_DIR/latest"';

test('a new run is uploaded, and the exit code is that of the command, even where the upload fails', async (context) => {
  for (const code of [0, 1]) {
    const { ended, uploads } = start(context, `${NEW_RUN}; exit ${code}`);
    assert.equal(await ended, code);
    assert.equal(uploads(), 'upload --to influxdb\n');
  }
});

test('a command that leaves no run uploads nothing', async (context) => {
  const { ended, uploads } = start(context, 'exit 3');
  assert.equal(await ended, 3);
  assert.equal(uploads(), '');
});

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`${signal} goes to the command, whose end is awaited, and what it leaves is uploaded`, async (context) => {
    const { child, ended, uploads } = start(
      context,
      `trap '${NEW_RUN}; sleep 0.1; exit 130' TERM; echo ready; ${SOME_SECONDS}`,
    );
    await new Promise((ready) => child.stdout?.once('data', ready));
    child.kill(signal);
    assert.equal(await ended, 130);
    assert.equal(uploads(), 'upload --to influxdb\n');
  });

test('a signal during the upload ends the upload, and the exit code stays that of the command', async (context) => {
  const { child, ended, uploads } = start(
    context,
    `${NEW_RUN}; exit 3`,
    `trap 'echo ended >>$asked; exit 130' TERM; echo ready; ${SOME_SECONDS}; echo whole >>$asked`,
  );
  await new Promise((ready) => child.stdout?.once('data', ready));
  child.kill('SIGTERM');
  assert.equal(await ended, 3);
  assert.equal(uploads(), 'upload --to influxdb\nended\n');
});
