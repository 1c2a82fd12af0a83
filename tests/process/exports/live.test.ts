/** Live figures of a run come from a process of its own, and no trouble of theirs reaches the run. */
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { readEnvironment, setProcessEnv } from '../../../config/environment.ts';
import { checkLive, startLive } from '../../../exports/live/start-live.ts';
import { healthySamples, runJson, temporaryDirectory } from '../../analysis/synthetic-run.ts';
import { fakeServer } from '../../exports/fake-server.ts';

/** On a busy machine the last figures take their time. */
const MINUTE = 60_000;

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

function runGoingOn(): string {
  const dir = temporaryDirectory();
  writeFileSync(join(dir, 'run.json'), JSON.stringify(runJson({ end: undefined, ended: undefined })));
  return dir;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(100);
}

test('/metrics shows what was written so far, and a server gets the last figures at the end', async () => {
  const { url, received } = await fakeServer(() => ({ status: 204 }));
  const port = await freePort();
  const settings = {
    ...{ METRICS_PORT: String(port), LIVE_TO: 'influxdb', INFLUX_URL: url, INFLUX_BUCKET: 'b' },
  };
  setProcessEnv(settings);
  const runDir = runGoingOn();
  const live = startLive(runDir, readEnvironment(settings)) ?? assert.fail('not started');
  const samples = healthySamples();
  appendFileSync(join(runDir, 'samples.ndjson'), samples.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const page = () =>
    fetch(`http://127.0.0.1:${port}/metrics`)
      .then((answer) => answer.text())
      .catch(() => '');
  await until(async () => (await page()).includes(`loadtest_live_samples{`));
  await until(async () =>
    new RegExp(`^loadtest_live_samples\\{.*\\} ${samples.length}$`, 'm').test(await page()),
  );
  assert.match(await page(), /^loadtest_live_requests\{[^}]*provisional="true"[^}]*\} \d+$/m);
  assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 404);
  await live.stop(MINUTE);
  assert.equal(await page(), '', 'the port is free again');
  const last = received.at(-1)?.body.toString() ?? '';
  assert.match(last, new RegExp(`^loadtest_live,.*provisional=true.*[ ,]samples=${samples.length},`, 'm'));
});

test('a port in use is wrong use, before a run begins', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await assert.rejects(
    checkLive(readEnvironment({ METRICS_PORT: String(port) })),
    new RegExp(`METRICS_PORT=${port}: another program uses it\\. Write another port`),
  );
  server.close();
});

test('a server that never answers does not keep a run from ending', async () => {
  const { url } = await fakeServer(() => ({ status: 0, hang: true }));
  const settings = { METRICS_PORT: '', LIVE_TO: 'influxdb', INFLUX_URL: url, INFLUX_BUCKET: 'b' };
  setProcessEnv(settings);
  const live = startLive(runGoingOn(), readEnvironment(settings)) ?? assert.fail('not started');
  await live.stop();
  await live.stop();
});

test('nobody asked: no process', () => {
  assert.equal(startLive('/nowhere', readEnvironment({})), undefined);
});
