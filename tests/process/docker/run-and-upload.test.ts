import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { childEnvironment, ROOT } from '../../../config/environment.ts';

/** Starts docker/run-and-upload.sh with a command of the shell, and a `loadtest` that notes what it is asked for. */
function start(context: TestContext, command: string) {
  const folder = mkdtempSync(join(tmpdir(), 'run-and-upload-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const asked = join(folder, 'asked');
  writeFileSync(join(folder, 'loadtest'), `#!/bin/sh\necho "$@" >>${asked}\nexit 1\n`);
  chmodSync(join(folder, 'loadtest'), 0o755);
  const PATH = `${folder}${delimiter}${childEnvironment().PATH}`;
  const child = spawn('sh', [join(ROOT, 'docker/run-and-upload.sh'), 'sh', '-c', command], {
    env: childEnvironment({ PATH, REPORTS_DIR: folder }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  return { child, ended, uploads: () => (existsSync(asked) ? readFileSync(asked, 'utf8') : '') };
}

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

test('SIGTERM goes to the command, whose end is awaited', async (context) => {
  const { child, ended, uploads } = start(
    context,
    `trap '${NEW_RUN}; exit 130' TERM; echo ready; while :; do sleep 0.05; done`,
  );
  await new Promise((ready) => child.stdout?.once('data', ready));
  child.kill('SIGTERM');
  assert.equal(await ended, 130);
  assert.equal(uploads(), 'upload --to influxdb\n');
});
