/** config/alerts.yml: what it may say, and how a mistake in it is named. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadAlertRules } from '../../config/alert-rules.ts';
import { ConfigError } from '../../config/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const SUBJECT = 'profile: load, environment: staging, runbook: docs/alerts.md';

function rules(...lines: string[]) {
  const file = join(temporaryFolder(), 'alerts.yml');
  writeFileSync(file, ['rules:', ...lines.map((line) => `  - { ${line} }`)].join('\n'));
  return { file, load: () => loadAlertRules(file) };
}

test('the rules that the suite brings can be read, and each kind is among them', () => {
  const kinds = loadAlertRules().map(({ kind }) => kind);
  assert.deepEqual([...new Set(kinds)].sort(), ['no-data', 'probe', 'regression', 'threshold', 'trend']);
});

test('durations are days, hours or minutes, and what is left out has its default', () => {
  const [silent, worse, probe] = rules(
    `name: a, kind: no-data, ${SUBJECT}, after: 8d, to: [slack]`,
    `name: b, kind: trend, ${SUBJECT}`,
    `name: c, kind: probe, ${SUBJECT}, silence: 30m`,
  ).load();
  assert.deepEqual([silent?.kind === 'no-data' && silent.after, silent?.to], [8 * 86_400, ['slack']]);
  assert.deepEqual([worse?.kind === 'trend' && worse.within, worse?.severity], [14 * 86_400, 'warning']);
  assert.deepEqual(probe?.kind === 'probe' && [probe.failures, probe.silence], [2, 1800]);
});

for (const [what, line, message] of [
  [
    'an unknown kind',
    `name: a, kind: treshold, ${SUBJECT}`,
    /2: rules: "a": kind: must be one of .*did you mean threshold\?$/,
  ],
  [
    'an unknown metric',
    `name: a, kind: threshold, ${SUBJECT}, metric: class.crud.p97, limit: 1`,
    /2: rules: "a": metric: unknown metric; allowed: /,
  ],
  [
    'an unknown class',
    `name: a, kind: trend, ${SUBJECT}, metric: class.crude.p95`,
    /2: rules: "a": metric: unknown class; allowed: auth, /,
  ],
  [
    'a threshold without a limit',
    `name: a, kind: threshold, ${SUBJECT}, metric: apdex`,
    /"a": limit: missing\. A rule of kind threshold needs it\.$/,
  ],
  [
    'a share above 1',
    `name: a, kind: threshold, ${SUBJECT}, metric: requests.errorRate, limit: 5`,
    /"a": limit: /,
  ],
  [
    'a key of another kind',
    `name: a, kind: probe, ${SUBJECT}, after: 1h`,
    /"a": after: a rule of kind probe has no such key\. Take it out\.$/,
  ],
  [
    'a misspelt key',
    `name: a, kind: probe, ${SUBJECT}, silense: 1h`,
    /unknown key 'silense'; did you mean silence\?/,
  ],
  [
    'no duration',
    `name: a, kind: no-data, ${SUBJECT}, after: soon`,
    /"a": after: not a duration; write e\.g\. 15m, 26h or 14d\.$/,
  ],
  [
    'an unknown profile',
    'name: a, kind: probe, profile: prob, environment: staging, runbook: docs/alerts.md',
    /"a": profile: no such profile; did you mean probe\?$/,
  ],
  [
    'an unknown environment',
    'name: a, kind: probe, profile: probe, environment: stagin, runbook: docs/alerts.md',
    /"a": environment: no such environment; did you mean staging\?$/,
  ],
  ['no runbook', 'name: a, kind: probe, profile: probe, environment: staging', /"a": runbook: missing\.$/],
  [
    'a runbook that is not there',
    'name: a, kind: probe, profile: probe, environment: staging, runbook: nowhere',
    /"a": runbook: neither a URL nor a file of this project\.$/,
  ],
  [
    'an unknown channel',
    `name: a, kind: probe, ${SUBJECT}, to: [slac]`,
    /"a": to\.0: must be one of .*did you mean slack\?$/,
  ],
] as const)
  test(`${what} is one line with its place`, () => {
    const { file, load } = rules(line);
    assert.throws(load, (error: Error) => {
      assert.ok(error instanceof ConfigError && error.message.startsWith(`${file}:2: `), error.message);
      assert.match(error.message.replace(/\?\.$/, '?'), message);
      return true;
    });
  });

test('two rules of one name would be one alert', () => {
  const line = `name: a, kind: probe, ${SUBJECT}`;
  assert.throws(
    rules(line, line).load,
    /3: rules: "a": name: there is a rule of that name already\. Give each its own\.$/,
  );
});
