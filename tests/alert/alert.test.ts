/** `npx loadtest alert` as users run it, against services of this machine. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { judgeAndSend } from '../../cli/alert/judge-and-send.ts';
import { processEnv, setProcessEnv } from '../../config/environment.ts';
import { madeRun } from '../compare/made-runs.ts';
import { environment, project } from './project.ts';
import { httpReceiver } from './receivers.ts';

test('a new alert is sent once, and once that it is over; the verdict of the run is in no way', async (t) => {
  const { limit, alert, run, state } = project();
  const { url, received } = await httpReceiver(t);
  const settings = { ALERT_WEBHOOK_URL: `${url}/S3cret` };
  const first = await alert(settings);
  assert.equal(first.code, 0);
  assert.match(
    first.said,
    /^slow reads: warning, new: expected ≤ 1 ms, but .*\n {2}runbook: docs\/thresholds\.md\nwebhook: sent 1 alert\n$/,
  );
  const again = await alert(settings, run);
  assert.match(again.said, /^slow reads: warning, since 20.*Z: expected/);
  limit(1e6);
  const over = await alert(settings);
  assert.match(over.said, /^slow reads: recovered: class\.crud\.p95 ≤ .*\nwebhook: sent 1 recovered\n$/);
  assert.match((await alert(settings)).said, /^slow reads: ok: class\.crud\.p95 ≤ [^\n]*\n$/);
  assert.deepEqual(
    received.map(({ body }) => body.alerts.map((one: { status: string }) => one.status)),
    [['firing'], ['recovered']],
  );
  assert.deepEqual(JSON.parse(readFileSync(state, 'utf8')), { schema: 1, alerts: [] });
  assert.ok(!`${first.said}${again.said}${over.said}`.includes('S3cret'));
});

test('a dry run says what it would send, sends nothing and keeps nothing', async (t) => {
  const { alert, state } = project();
  const { url, received } = await httpReceiver(t);
  const { code, said } = await alert({ ALERT_SLACK_URL: url }, '--dry-run');
  assert.equal(code, 0);
  assert.match(said, /slack: would be sent 1 alert \(slow reads\)\n$/);
  assert.deepEqual([received.length, existsSync(state)], [0, false]);
});

test('a channel that refuses is a warning with its name, keeps no other back, and is tried again by the next command', async (t) => {
  const { alert } = project();
  const refusing = await httpReceiver(t, { status: 401 }, { status: 200 });
  const taking = await httpReceiver(t);
  const settings = { ALERT_WEBHOOK_URL: `${refusing.url}/S3cret`, ALERT_SLACK_URL: taking.url };
  const first = await alert(settings);
  assert.equal(first.code, 0);
  assert.match(
    first.wrong,
    /^warning: webhook: did not take its alerts: answered 401 \(not allowed\)\. Check ALERT_WEBHOOK_URL; .*\n$/,
  );
  assert.match(first.said, /slack: sent 1 alert/);
  assert.ok(!first.said.includes('S3cret'));
  assert.match((await alert(settings)).said, /webhook: sent 1 alert\n$/);
  assert.deepEqual([refusing.received.length, taking.received.length], [2, 1]);
});

test('a channel that is set up wrongly is exit code 2, after the others were sent theirs', async (t) => {
  const { alert } = project();
  const { url, received } = await httpReceiver(t);
  const { code, wrong } = await alert({
    ALERT_SLACK_URL: url,
    ALERT_SMTP_URL: 'smtp://S3cret@mail.example.org',
  });
  assert.deepEqual([code, received.length], [2, 1]);
  assert.equal(
    wrong,
    'ALERT_SMTP_PASSWORD: not set, and ALERT_SMTP_URL has a user. Set it, or take the user out.\n',
  );
});

test('two commands at once send an alert once', async (t) => {
  const { rules, reports } = project();
  const { url, received } = await httpReceiver(t);
  const settings = { REPORTS_DIR: reports, ALERT_WEBHOOK_URL: url };
  const before = Object.fromEntries(Object.keys(settings).map((name) => [name, processEnv(name)]));
  setProcessEnv(settings);
  t.after(() => setProcessEnv(before));
  t.mock.method(console, 'log', () => undefined);
  const codes = await Promise.all([judgeAndSend({ rules }), judgeAndSend({ rules })]);
  assert.deepEqual([codes, received.length], [[0, 0], 1]);
});

test('a history that cannot be written is one line, before anything is sent', async (t) => {
  const { alert, folder } = project();
  writeFileSync(join(folder, 'history'), '');
  const { url, received } = await httpReceiver(t);
  const { code, wrong } = await alert({ ALERT_WEBHOOK_URL: url });
  assert.deepEqual([code, received.length], [2, 0]);
  assert.match(wrong, /history: a file, where the history is a folder\. /);
});

test('a damaged state is one line, and nothing is sent', async (t) => {
  const { alert, state } = project();
  await alert();
  writeFileSync(state, '{');
  const { url, received } = await httpReceiver(t);
  const { code, wrong } = await alert({ ALERT_WEBHOOK_URL: url });
  assert.deepEqual([code, received.length], [2, 0]);
  assert.match(
    wrong,
    /alerts\.json: damaged or half-written: no whole JSON\. Remove it: what is firing is then sent again\.\n$/,
  );
});

test('without a channel it says how to set one up; a run that no rule is about is no mistake', async () => {
  const { alert, folder } = project();
  assert.match((await alert()).said, /no channel is set up: set ALERT_… variables \(docs\/alerts\.md\)\n$/);
  const other = madeRun(join(folder, 'runs'), {
    id: 'other',
    change: (summary) => {
      summary.run.profiles = ['soak'];
    },
  });
  assert.match(
    (await alert({}, other)).said,
    new RegExp(`^other: no rule is about soak on ${environment}\n`),
  );
});
