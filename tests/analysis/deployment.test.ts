/** What the entry of an environment adds to the report of a run: headroom, and links to the target's traces and logs. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

const ENTRIES = `embedded: {}
local:
  expectedPeak: 40
  links:
    - { name: all traces, url: 'https://traces.test/search?start={from}&end={to}' }
    - { name: trace, url: 'https://traces.test/trace/{traceId}' }
    - { name: log lines, url: 'https://logs.test/?q={requestId}&from={from}' }
`;

async function concluded(entries: string, more: readonly Sample[] = []) {
  const environments = join(temporaryDirectory(), 'environments.yml');
  writeFileSync(environments, entries);
  const dir = runDirectory(runJson(), [...healthySamples(), ...more]);
  const { summary, reportPath } = await conclude(dir, { environments });
  return { summary, page: readFileSync(reportPath, 'utf8') };
}

const failed = (via: 'http' | 'browser', requestId: string, message: string): Sample =>
  ({
    ...{
      kind: 'request',
      name: `by ${via}`,
      class: 'crud',
      method: 'GET',
      status: 500,
      value: 5,
      unit: 'ms',
      ok: false,
    },
    ...{ t: START + 45_000, via, requestId, error: message, session: 'h1', role: 'faculty', journey: 'j' },
  }) as Sample;

test('the users of a run, or those that a search found, are compared with those expected at the peak', async () => {
  const { summary, page } = await concluded(ENTRIES);
  assert.match(
    page,
    /At most 14 users were there at once, 35 % of the 40 expected at the peak\. This run did not look/,
  );
  const found = (value: number) =>
    report({ ...summary, findings: { 'capacity.users': { value, unit: '1', n: 3 } } });
  assert.match(found(50), /carried 50 users: 25 % more than the 40 expected at its peak/);
  assert.match(found(19), /carried 19 users: 53 % fewer than the 40 expected at its peak/);
});

test('links of a run have its time, those of a failed request its ids', async () => {
  const { page } = await concluded(ENTRIES, [
    failed('http', '0af76519-16cd-43dd-8448-eb211c80319c', 'one'),
    failed('browser', 'a/b&"c', 'two'),
  ]);
  const end = START + 60_000;
  assert.ok(page.includes(`href="https://traces.test/search?start=${START}&amp;end=${end}"`));
  assert.ok(page.includes('href="https://traces.test/trace/0af7651916cd43dd8448eb211c80319c"'));
  assert.ok(page.includes(`href="https://logs.test/?q=a%2Fb%26%22c&amp;from=${START + 15_000}"`));
  // A browser sends no trace id.
  assert.equal(page.match(/traces\.test\/trace/g)?.length, 1);
});

test('an environment that says neither adds nothing', async () => {
  const { summary, page } = await concluded('embedded: {}\nlocal: {}\n');
  assert.equal(summary.deployment, undefined);
  assert.doesNotMatch(page, /id="(headroom|elsewhere)"/);
});
