/** The variables ALERT_…: a channel each, and mistakes that name the variable and never what it holds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readChannels } from '../../config/alert-channels.ts';
import { readEnvironment } from '../../config/environment.ts';

const SECRET = 'S3cret-T0ken';
const MAIL = { ALERT_MAIL_FROM: 'suite@example.org', ALERT_MAIL_TO: 'duty@example.org, owner@example.org' };

test('without variables there is no channel', () => {
  assert.deepEqual(readChannels({ ALERT_SLACK_URL: ' ' }), { found: [], problems: [] });
});

test('each variable sets a channel up', () => {
  const { found, problems } = readChannels({
    ALERT_ALERTMANAGER_URL: 'http://127.0.0.1:9093/am/',
    ALERT_WEBHOOK_URL: `https://me:${SECRET}%21@hooks.example.org/x?key=1`,
    ALERT_SLACK_URL: `https://hooks.slack.example.org/services/${SECRET}`,
    ALERT_PAGERDUTY_KEY: SECRET,
    ALERT_SMTP_URL: 'smtp://suite@mail.example.org',
    ALERT_SMTP_PASSWORD: SECRET,
    ...MAIL,
  });
  assert.deepEqual(problems, []);
  const [alertmanager, webhook, slack, pagerduty, email] = found;
  assert.deepEqual(alertmanager, {
    kind: 'alertmanager',
    url: 'http://127.0.0.1:9093/am/api/v2/alerts',
    authorization: undefined,
  });
  assert.deepEqual(webhook, {
    kind: 'webhook',
    url: 'https://hooks.example.org/x?key=1',
    authorization: `Basic ${Buffer.from(`me:${SECRET}!`).toString('base64')}`,
  });
  assert.equal(slack?.kind, 'slack');
  assert.deepEqual(pagerduty, {
    kind: 'pagerduty',
    url: 'https://events.pagerduty.com/v2/enqueue',
    routingKey: SECRET,
  });
  assert.deepEqual(email, {
    kind: 'email',
    host: 'mail.example.org',
    port: 587,
    secure: false,
    requireTLS: true,
    auth: { user: 'suite', pass: SECRET },
    from: 'suite@example.org',
    to: ['duty@example.org', 'owner@example.org'],
  });
});

test('a token goes before a name and a password', () => {
  const { found } = readChannels({
    ALERT_ALERTMANAGER_URL: 'http://a:b@127.0.0.1:9093',
    ALERT_ALERTMANAGER_TOKEN: SECRET,
  });
  assert.equal(found[0]?.kind === 'alertmanager' && found[0].authorization, `Bearer ${SECRET}`);
});

for (const [what, variables, message] of [
  [
    'no URL',
    { ALERT_WEBHOOK_URL: SECRET },
    /^ALERT_WEBHOOK_URL: not a URL of this kind\. Write e\.g\. https:/,
  ],
  ['another protocol', { ALERT_SLACK_URL: `ftp://${SECRET}` }, /^ALERT_SLACK_URL: not a URL of this kind\./],
  [
    'a % that stands for itself',
    { ALERT_WEBHOOK_URL: `http://a:%${SECRET}@host` },
    /^ALERT_WEBHOOK_URL: a % before the host is not encoded\./,
  ],
  [
    'a wrong address of PagerDuty',
    { ALERT_PAGERDUTY_KEY: SECRET, ALERT_PAGERDUTY_URL: 'eu' },
    /^ALERT_PAGERDUTY_URL: not a URL/,
  ],
  [
    'a user without a password',
    { ALERT_SMTP_URL: `smtp://${SECRET}@mail.example.org`, ...MAIL },
    /^ALERT_SMTP_PASSWORD: not set, and ALERT_SMTP_URL has a user\./,
  ],
  [
    'a mail from nobody',
    { ALERT_SMTP_URL: 'smtp://127.0.0.1', ALERT_MAIL_TO: 'duty@example.org' },
    /^ALERT_MAIL_FROM: not set, or no address\./,
  ],
  [
    'a mail to no address',
    { ALERT_SMTP_URL: 'smtp://127.0.0.1', ...MAIL, ALERT_MAIL_TO: SECRET },
    /^ALERT_MAIL_TO: not set, or no address\./,
  ],
] as const)
  test(`${what} is a problem of that channel, without its value, and no other's`, () => {
    const { found, problems } = readChannels({
      ALERT_ALERTMANAGER_URL: 'http://127.0.0.1:9093',
      ...variables,
    });
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['alertmanager'],
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.text ?? '', message);
    assert.ok(!problems[0]?.text.includes(SECRET));
  });

test('none of them is in the way of a run', () => {
  readEnvironment({ ALERT_WEBHOOK_URL: SECRET, ALERT_SMTP_URL: '%' });
});
