/** What blocks the event loop blocks everybody: seen from another process, as users are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, signIn, startProcess, token } from '../../scheduler/running.ts';

const WEEK = { start_date: '2026-12-14', end_date: '2026-12-20', algorithm: 'cp_sat', create_draft: true };

test('a password check blocks the server for about as long as it is asked to', async (t) => {
  const { url } = (await startProcess(t, { SCHEDULER_PASSWORD_COST_MS: '250' })).ready;
  const busy = signIn(`${url}/api/v1`, 'resident01');
  await new Promise((resolve) => setTimeout(resolve, 60));
  const waited = await call(`${url}/health`);
  const { ms } = await busy;
  // Calibrated at the start; a busy machine can only make it longer.
  assert.ok(ms > 170, `${ms} ms`);
  assert.ok(waited.ms > 80, `another request waited ${waited.ms} ms`);
});

test('generation holds the server until it is done', async (t) => {
  const { url } = (await startProcess(t)).ready;
  const admin = await token(`${url}/api/v1`, 'admin01');
  const busy = call(`${url}/api/v1/schedule/generate`, 'POST', { body: WEEK, token: admin });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const waited = await call(`${url}/health`);
  assert.equal((await busy).status, 200);
  assert.ok(waited.ms > 200, `health waited ${waited.ms} ms`);
});

test('generation lasts, and holds the server, for as long as it is set to', async (t) => {
  const { url } = (await startProcess(t, { SCHEDULER_GENERATION_MS: '2500' })).ready;
  const admin = await token(`${url}/api/v1`, 'admin01');
  let isDone = false;
  const busy = call(`${url}/api/v1/schedule/generate`, 'POST', { body: WEEK, token: admin }).finally(() => {
    isDone = true;
  });
  let longest = 0;
  while (!isDone) longest = Math.max(longest, (await call(`${url}/health`)).ms);
  const { status, ms } = await busy;
  assert.equal(status, 200);
  assert.ok(ms > 2490, `generation took ${ms} ms`);
  assert.ok(longest > 1500, `health waited ${longest} ms at most`);
});
