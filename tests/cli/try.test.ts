/** `npx loadtest try`: which journey is meant, and what is printed of its samples. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { journeyNamed } from '../../cli/try/journey-named.ts';
import { TrialLines } from '../../cli/try/trial-lines.ts';
import { ConfigError } from '../../config/errors.ts';
import { loadKnownDefects } from '../../config/known-defects.ts';
import type { RequestSample, Sample } from '../../measure/run/samples.ts';
import { told } from './in-process.ts';

test('a name finds its journey, in browsers and over HTTP', () => {
  assert.equal(journeyNamed('request an absence').via, 'browser');
  assert.equal(journeyNamed('Request a swap over HTTP').via, 'http');
});

test('a misspelt name, a part of one and none are one line that says what to write', () => {
  const cases: Array<[name: string, says: RegExp]> = [
    ['request an absense', /"request an absense": no such journey\. Did you mean "request an absence"/],
    ['request a swap', /Did you mean .*"request a swap over HTTP"/],
    ['rotations', /Did you mean "browse rotations"\?$/],
    ['xyz', /"xyz": no such journey\. docs\/journeys\.md lists/],
    ['', /no journey given\. Write its name, e\.g\. `npx loadtest try "request an absence"`/],
  ];
  for (const [name, message] of cases)
    assert.throws(() => journeyNamed(name), { name: ConfigError.name, message, exitCode: 2 });
});

test('what an environment does not allow is refused before anything starts', async () => {
  const settings = {
    ENVIRONMENT: 'production',
    BASE_URL: 'http://127.0.0.1:9',
    ACCOUNTS_FILE: 'package.json',
  };
  await assert.rejects(told(['try', '--allow-production', 'request', 'an', 'absence'], settings), {
    exitCode: 2,
    message:
      /^loadtest try: "request an absence" changes absences, and production does not allow that\. Name/,
  });
  await assert.rejects(told(['try', 'exceed the rate limits over HTTP']), {
    exitCode: 2,
    message: /needs a target that keeps rate limits, and embedded has none/,
  });
});

/** What is printed of samples, and what came of them. */
function lines(t: TestContext, samples: Sample[]) {
  const target = { url: '', apiUrl: '', environment: 'local', kind: 'deployment' } as const;
  const trial = new TrialLines({ runDir: '/run', defects: loadKnownDefects(), target });
  const said: string[] = [];
  const log = t.mock.method(console, 'log', (line: string) => void said.push(line));
  for (const sample of samples) trial.take(sample);
  log.mock.restore();
  return { said, trial };
}

const request: RequestSample = {
  t: 1,
  kind: 'request',
  name: 'swaps.history',
  class: 'crud',
  method: 'GET',
  status: 200,
  value: 31.4,
  unit: 'ms',
  ok: true,
};
const step = { t: 1, kind: 'step', name: 'open swaps', value: 412.7, unit: 'ms', ok: true } as const;

test('steps, requests, checks and counts are a line each; nothing failed', (t) => {
  const { said, trial } = lines(t, [
    step,
    request,
    { ...request, status: 403, expected: true },
    { ...request, status: 0, ok: false, via: 'browser', errorKind: 'aborted' },
    { t: 1, kind: 'check', name: 'swap is listed', ok: true },
    { t: 1, kind: 'count', name: 'swaps executed', value: 1 },
  ]);
  assert.deepEqual(said, [
    'step     open swaps  413 ms',
    'request  GET 200  swaps.history  31 ms',
    'request  GET 403  swaps.history  31 ms (refused, as it should be)',
    'request  GET no answer  swaps.history  31 ms (taken back by its page)',
    'check    swap is listed',
    'count    swaps executed: 1',
  ]);
  assert.equal(trial.summary(), '1 step, 3 requests, 1 check: none failed');
  assert.equal(trial.isBad, false);
});

test('a failed step, request or check says why, and where its picture is; a known defect is excused', (t) => {
  const { said, trial } = lines(t, [
    { ...step, ok: false, error: "Timeout (waiting for getByRole('tab'))", screenshot: 'artifacts/a.png' },
    { ...request, status: 500, ok: false, error: '500 out of order' },
    { t: 1, kind: 'check', name: 'swap is listed', ok: false, error: '0 rows' },
  ]);
  assert.deepEqual(said, [
    'FAILED   step open swaps  413 ms',
    "         Timeout (waiting for getByRole('tab'))",
    '         picture: /run/artifacts/a.png',
    'FAILED   request GET 500  swaps.history  31 ms',
    '         500 out of order',
    'FAILED   check swap is listed',
    '         0 rows',
  ]);
  assert.equal(trial.summary(), '1 step, 1 request, 1 check: 3 failed');
  assert.equal(trial.isBad, true);
  const rollback = { ...request, name: 'swaps.rollback', status: 500, ok: false, error: '500' };
  const excused = lines(t, [rollback]);
  assert.match(excused.said[0] ?? '', /known defect: swap rollback returns 500/);
  assert.equal(excused.trial.isBad, false);
});

test('a journey that was cut short, or left something that can be taken back, is none that worked', (t) => {
  const cutShort = { code: 'no-week-free', text: 'no week is free' };
  const journey = { t: 1, kind: 'journey', name: 'j', value: 1, unit: 'ms', ok: true, cutShort } as const;
  const cut = lines(t, [journey]);
  assert.deepEqual([cut.said, cut.trial.isBad], [['cut short  no week is free'], true]);

  const planned = (id: string, why?: string): Sample => ({
    t: 1,
    kind: 'event',
    name: 'change-planned',
    data: { id, what: 'absences', name: `note ${id}`, why },
  });
  const undone: Sample = { t: 1, kind: 'event', name: 'change-undone', data: { id: 'a' } };
  assert.deepEqual(lines(t, [planned('a'), undone]).trial.left(), []);
  const kept = lines(t, [planned('b', 'the target keeps it')]).trial;
  assert.deepEqual([kept.left(), kept.isBad], [['left     absences: note b: the target keeps it'], false]);
  const { trial } = lines(t, [planned('c')]);
  assert.deepEqual(trial.left(), [
    'left     absences: note c: not taken back; `npx loadtest clean` removes it',
  ]);
  assert.equal(trial.isBad, true);
});
