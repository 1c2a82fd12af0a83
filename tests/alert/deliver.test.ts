/** What each channel is sent, by its own protocol; what is tried again, and what is said of a failure. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import type { Alert } from '../../cli/alert/alert-state.ts';
import { type Delivery, deliver, PATIENCE, type Patience } from '../../cli/alert/deliver.ts';
import { type Channel, readChannels } from '../../config/alert-channels.ts';
import { closedPort, httpReceiver, mailServer } from './receivers.ts';

const NOW = new Date('2026-11-30T10:00:00.000Z');
const SINCE = '2026-11-30T09:00:00.000Z';
const QUICK: Patience = { tries: 3, timeout: 60_000, pause: 1, longest: 10, grace: 60_000 };
const FIRING: Alert = {
  name: 'slow <b>',
  kind: 'threshold',
  profile: 'load',
  environment: 'staging',
  severity: 'critical',
  runbook: 'https://example.org/runbook',
  since: SINCE,
  text: 'p95 was 900 ms & more',
  run: '2026-11-30T08-59-00Z-load',
  takenBy: [],
};
const OVER: Alert = {
  ...FIRING,
  name: 'probe',
  severity: 'info',
  runbook: 'docs/alerts.md',
  over: NOW.toISOString(),
  takenBy: ['slack'],
};

function channel(variables: Record<string, string>): Channel {
  const { found, problems } = readChannels(variables);
  assert.deepEqual(problems, []);
  return found[0] as Channel;
}

/** What a channel took of these, and what is said of the rest. */
async function sent(to: Channel, alerts: readonly Alert[], given: Partial<Delivery> = {}) {
  const taken: Alert[] = [];
  const onTaken = (some: Alert[]) => void taken.push(...some);
  const warning = await deliver(to, alerts, { now: NOW, patience: QUICK, onTaken, ...given });
  return { taken, warning };
}

test('Alertmanager: one list, labels that never change, and times that end what is over', async (t) => {
  const { url, received } = await httpReceiver(t);
  const { taken, warning } = await sent(
    channel({ ALERT_ALERTMANAGER_URL: url, ALERT_ALERTMANAGER_TOKEN: 'token' }),
    [FIRING, OVER],
  );
  assert.deepEqual([taken, warning], [[FIRING, OVER], undefined]);
  assert.equal(received.length, 1);
  assert.equal(received[0]?.path, '/api/v2/alerts');
  assert.equal(received[0]?.headers.authorization, 'Bearer token');
  const [firing, over] = received[0]?.body ?? [];
  assert.deepEqual(firing, {
    labels: {
      alertname: 'slow <b>',
      severity: 'critical',
      kind: 'threshold',
      profile: 'load',
      environment: 'staging',
      source: 'residency-load-suite',
    },
    annotations: {
      summary: 'p95 was 900 ms & more',
      runbook_url: 'https://example.org/runbook',
      run: '2026-11-30T08-59-00Z-load',
    },
    startsAt: SINCE,
    endsAt: '2026-12-07T10:00:00.000Z',
  });
  assert.equal(over.endsAt, NOW.toISOString());
});

test('webhook: all in one JSON, and nothing of what the suite keeps for itself', async (t) => {
  const { url, received } = await httpReceiver(t);
  await sent(channel({ ALERT_WEBHOOK_URL: `${url}/hook?key=1` }), [FIRING, OVER]);
  const { path, body } = received[0] ?? {};
  assert.equal(path, '/hook?key=1');
  const { takenBy: _, ...facts } = FIRING;
  assert.deepEqual(body.alerts[0], { status: 'firing', ...facts });
  assert.deepEqual([body.schema, body.sent, body.alerts[1].status], [1, NOW.toISOString(), 'recovered']);
});

test('Slack: a line each, with what it would take for markup written out', async (t) => {
  const { url, received } = await httpReceiver(t);
  await sent(channel({ ALERT_SLACK_URL: url }), [FIRING, OVER]);
  assert.deepEqual(received[0]?.body.text.split('\n'), [
    '*[critical] slow &lt;b&gt;* (staging): p95 was 900 ms &amp; more · <https://example.org/runbook|runbook>',
    '*[recovered] probe* (staging): p95 was 900 ms &amp; more · runbook: docs/alerts.md',
  ]);
});

test('PagerDuty: an event each, and one key for an alert and its end', async (t) => {
  const { url, received } = await httpReceiver(t, { status: 202 });
  const to = channel({ ALERT_PAGERDUTY_KEY: 'R0UTING', ALERT_PAGERDUTY_URL: url });
  await sent(to, [FIRING, { ...FIRING, name: 'other', text: 'x'.repeat(2000), over: NOW.toISOString() }]);
  const [trigger, resolve] = received
    .map(({ body }) => body)
    .sort((a, b) => b.event_action.localeCompare(a.event_action));
  assert.ok(received.every(({ path }) => path === '/v2/enqueue'));
  assert.deepEqual(resolve, {
    routing_key: 'R0UTING',
    dedup_key: 'residency-load-suite/other',
    event_action: 'resolve',
  });
  assert.equal(trigger.dedup_key, 'residency-load-suite/slow <b>');
  const { summary, source, severity, timestamp } = trigger.payload;
  assert.deepEqual(
    [summary, source, severity, timestamp],
    ['slow <b>: p95 was 900 ms & more', 'staging', 'critical', SINCE],
  );
  assert.deepEqual(trigger.links, [{ href: 'https://example.org/runbook', text: 'runbook' }]);
});

test('PagerDuty: an alert that was taken is not sent again because another was not', async (t) => {
  const { url } = await httpReceiver(t, { status: 202 }, { status: 400 });
  const to = channel({ ALERT_PAGERDUTY_KEY: 'R0UTING', ALERT_PAGERDUTY_URL: url });
  const { taken, warning } = await sent(to, [FIRING, { ...FIRING, name: 'other' }]);
  assert.equal(taken.length, 1);
  assert.match(warning ?? '', /^pagerduty: .*answered 400/);
});

test('e-mail: one to all, by a user with a password', async (t) => {
  const { port, mails } = await mailServer(t, 'S3cret');
  const mail = {
    ALERT_SMTP_PASSWORD: 'S3cret',
    ALERT_MAIL_FROM: 'suite@example.org',
    ALERT_MAIL_TO: 'a@example.org,b@example.org',
  };
  const { taken, warning } = await sent(
    channel({ ALERT_SMTP_URL: `smtp://suite@127.0.0.1:${port}`, ...mail }),
    [FIRING, OVER],
  );
  assert.deepEqual([taken.length, warning, mails.length], [2, undefined, 1]);
  assert.deepEqual([mails[0]?.from, mails[0]?.to], ['suite@example.org', ['a@example.org', 'b@example.org']]);
  assert.match(mails[0]?.text ?? '', /^Subject: residency-load-suite: 1 alert, 1 recovered\r$/m);
  assert.match(mails[0]?.text ?? '', /\[critical\] slow <b> \(staging\): p95 was 900 ms & more/);
});

test('e-mail: a wrong password is tried once, and neither it nor the answer is repeated', async (t) => {
  const { port, mails } = await mailServer(t, 'other');
  const mail = {
    ALERT_SMTP_PASSWORD: 'S3cret',
    ALERT_MAIL_FROM: 'suite@example.org',
    ALERT_MAIL_TO: 'a@example.org',
  };
  const { taken, warning } = await sent(
    channel({ ALERT_SMTP_URL: `smtp://suite@127.0.0.1:${port}`, ...mail }),
    [FIRING],
  );
  assert.deepEqual([taken, mails], [[], []]);
  assert.equal(
    warning,
    'email: did not take its alerts: EAUTH, answered 535. Check ALERT_SMTP_URL; the next `npx loadtest alert` tries again.',
  );
});

for (const [what, answers, tries, why] of [
  ['401', [{ status: 401 }], 1, 'answered 401 (not allowed)'],
  [
    'a redirect, which is not followed',
    [{ status: 307, headers: { location: 'http://127.0.0.1:9/' } }],
    1,
    'answered 307',
  ],
  ['429 without a time', [{ status: 429 }], 3, 'answered 429 (3 tries)'],
  [
    '429 for longer than anybody waits',
    [{ status: 429, headers: { 'retry-after': '3600' } }],
    1,
    'answered 429',
  ],
  ['503, then 200', [{ status: 503, headers: { 'retry-after': '0' } }, { status: 200 }], 2, undefined],
  ['500', [{ status: 500 }], 3, 'answered 500 (3 tries)'],
] as const)
  test(`webhook: ${what}`, async (t) => {
    const { url, received } = await httpReceiver(t, ...answers);
    const secret = url.replace('//', '//me:S3cret@');
    const { warning } = await sent(channel({ ALERT_WEBHOOK_URL: `${secret}/S3cret` }), [FIRING]);
    assert.equal(received.length, tries);
    assert.equal(
      warning,
      why &&
        `webhook: did not take its alerts: ${why}. Check ALERT_WEBHOOK_URL; the next \`npx loadtest alert\` tries again.`,
    );
  });

test('nobody there: a warning with the name of the channel', async () => {
  const url = `http://127.0.0.1:${await closedPort()}/S3cret`;
  const { taken, warning } = await sent(channel({ ALERT_SLACK_URL: url }), [FIRING]);
  assert.deepEqual(taken, []);
  assert.match(
    warning ?? '',
    /^slack: did not take its alerts: no answer \(ECONNREFUSED\) \(3 tries\)\. Check ALERT_SLACK_URL;/,
  );
  assert.ok(!warning?.includes('S3cret'));
});

test('all tries of a channel end before the lock of the history counts as left behind', () => {
  const { tries, timeout, longest } = PATIENCE;
  assert.ok(tries * timeout + (tries - 1) * longest < 60_000);
});

test('e-mail: a server that says nothing is given up in time', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  server.on('connection', (socket) => t.after(() => socket.destroy()));
  const { port } = server.address() as AddressInfo;
  const mail = { ALERT_MAIL_FROM: 'suite@example.org', ALERT_MAIL_TO: 'a@example.org' };
  const { warning } = await sent(channel({ ALERT_SMTP_URL: `smtp://127.0.0.1:${port}`, ...mail }), [FIRING], {
    patience: { ...QUICK, timeout: 20 },
  });
  assert.match(warning ?? '', /^email: did not take its alerts: no answer in time\./);
});

test('a command that is to end begins nothing more, and waits for nothing', async (t) => {
  const { url, received } = await httpReceiver(t, { status: 503, headers: { 'retry-after': '60' } });
  const stopping = new AbortController();
  const sending = sent(channel({ ALERT_WEBHOOK_URL: url }), [FIRING], {
    stop: stopping.signal,
    patience: { ...QUICK, longest: 60_000 },
  });
  while (received.length === 0) await new Promise(setImmediate);
  stopping.abort();
  assert.match((await sending).warning ?? '', /^webhook: did not take its alerts: answered 503\. /);
  assert.match(
    (await sent(channel({ ALERT_WEBHOOK_URL: url }), [FIRING], { stop: stopping.signal })).warning ?? '',
    /^webhook: interrupted before it took its alerts; the next `npx loadtest alert` tries again\.$/,
  );
  assert.equal(received.length, 1);
});

for (const [grace, warning] of [
  [1, 'webhook: interrupted before it took its alerts; the next `npx loadtest alert` tries again.'],
  [60_000, undefined],
] as const)
  test(`what is under way at the end has ${grace} ms to be taken`, async (t) => {
    const taking = Promise.withResolvers<void>();
    const { url, received } = await httpReceiver(t, { status: 200, after: taking.promise });
    const stopping = new AbortController();
    const sending = sent(channel({ ALERT_WEBHOOK_URL: url }), [FIRING], {
      stop: stopping.signal,
      patience: { ...QUICK, grace },
    });
    while (received.length === 0) await new Promise(setImmediate);
    stopping.abort();
    if (warning === undefined) taking.resolve();
    assert.equal((await sending).warning, warning);
  });
