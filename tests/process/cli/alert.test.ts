/** `npx loadtest alert` that is ended while a channel does not answer. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { project } from '../../alert/project.ts';
import { httpReceiver } from '../../alert/receivers.ts';

test('what a channel took before the command was ended is not sent to it again', async (t) => {
  const { reports, rules, state, alert } = project();
  const slack = await httpReceiver(t);
  const webhook = await httpReceiver(t, { status: 200, after: new Promise(() => undefined) });
  const child = spawn(process.execPath, [join(ROOT, 'cli/loadtest.ts'), 'alert', '--rules', rules], {
    env: childEnvironment({
      REPORTS_DIR: reports,
      ALERT_SLACK_URL: slack.url,
      ALERT_WEBHOOK_URL: webhook.url,
    }),
    stdio: 'ignore',
  });
  t.after(() => child.kill('SIGKILL'));
  const isKept = () => existsSync(state) && readFileSync(state, 'utf8').includes('"slack"');
  while (child.exitCode === null && !(webhook.received.length > 0 && isKept())) await wait(10);
  child.kill('SIGTERM');
  await once(child, 'exit');
  assert.equal(child.exitCode, 130);

  const next = await httpReceiver(t);
  const { said } = await alert({ ALERT_SLACK_URL: slack.url, ALERT_WEBHOOK_URL: next.url });
  assert.match(said, /^slow reads: warning, since .*Z: expected .*\n.*\nwebhook: sent 1 alert\n$/);
  assert.deepEqual([slack.received.length, next.received.length], [1, 1]);
});
