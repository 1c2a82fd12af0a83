/** The first reason of a red run is its first failure, where it can be acted on: step, locator, screenshot. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { RequestSample, Sample, StepSample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const LOCATOR =
  "locator.waitFor: Timeout 3000ms exceeded (waiting for getByRole('heading', { name: 'Call Hbu' }))";

function failedStep(second: number, more: Partial<StepSample> = {}): Sample {
  return {
    t: START + second * 1000,
    kind: 'step',
    name: 'open the call roster',
    journey: 'review my calls',
    session: 'b1',
    page: '/call-hub',
    via: 'browser',
    value: 3000,
    unit: 'ms',
    ok: false,
    error: LOCATOR,
    errorKind: 'not-found',
    screenshot: `artifacts/roster-${second}.png`,
    ...more,
  };
}

function failedRequest(second: number, more: Partial<RequestSample> = {}): Sample {
  return {
    t: START + second * 1000,
    kind: 'request',
    name: 'swaps.execute',
    class: 'business',
    method: 'POST',
    journey: 'swap lifecycle',
    via: 'http',
    status: 500,
    value: 40,
    unit: 'ms',
    ok: false,
    error: 'Internal Server Error',
    errorKind: 'http-status',
    ...more,
  };
}

async function judged(failures: readonly Sample[], run: Partial<RunJson> = {}) {
  const dir = runDirectory(runJson(run), [...healthySamples(), ...failures]);
  const { summary, reportPath } = await conclude(dir);
  const file = (name: string) => readFileSync(join(dir, name), 'utf8');
  return { summary, first: summary.reasonDetails[0], terminal: verdictLine(summary, reportPath), file };
}

test('a step that failed is the first reason, with its locator and screenshot, in every output', async () => {
  // Not in order of time, as threads write.
  const { summary, first, terminal, file } = await judged([failedStep(40), failedStep(25), failedStep(50)]);
  assert.equal(summary.verdict, 'fail');
  assert.ok(first?.code === 'first-failure');
  assert.deepEqual(
    [first.kind, first.name, first.journey, first.at, first.count, first.screenshot],
    ['step', 'open the call roster', 'review my calls', 25, 3, 'artifacts/roster-25.png'],
  );
  const [reason] = terminal.split('\n').filter((line) => line.startsWith('  - '));
  for (const part of [
    'open the call roster',
    'review my calls',
    'Call Hbu',
    'artifacts/roster-25.png',
    '25 s',
  ])
    assert.ok(reason?.includes(part), `${part}: ${reason}`);
  const item = /^- .*$/m.exec(file('summary.md'))?.[0] ?? '';
  assert.ok(/first failure/.test(item) && /Call Hbu/.test(item) && /roster-25/.test(item), item);
  const [, listed = ''] = /<li>(.*?)<\/li>/s.exec(file('index.html').split('Reasons')[1] ?? '') ?? [];
  assert.match(listed, /Call Hbu/);
  assert.match(listed, /<a href="artifacts\/roster-25\.png">screenshot<\/a>/);
  assert.ok(summary.reasonDetails.slice(1).some(({ code }) => code === 'gate-failed'));
});

test('a step that failed for a request of its own names both', async () => {
  const request = failedRequest(24, {
    via: 'browser',
    step: 'open the call roster',
    journey: 'review my calls',
  });
  const { first } = await judged([failedStep(25), failedStep(26), request]);
  assert.ok(first?.code === 'first-failure');
  assert.deepEqual([first.kind, first.name], ['step', 'open the call roster']);
  assert.match(first.text, /request swaps\.execute: status 500: Internal Server Error/);
});

test('of requests over HTTP the first that failed is named', async () => {
  const { first } = await judged([30, 20, 40, 41, 42, 43].map((second) => failedRequest(second)));
  assert.ok(first?.code === 'first-failure');
  assert.deepEqual([first.kind, first.name, first.at, first.count], ['request', 'swaps.execute', 20, 6]);
  assert.match(first.text, /swap lifecycle.*status 500: Internal Server Error/);
});

test('a failure that its limit allows is no reason for another limit that failed', async () => {
  const slow = healthySamples().map(
    (sample): Sample => (sample.kind === 'request' ? { ...sample, value: sample.value + 30_000 } : sample),
  );
  const dir = runDirectory(runJson({ profiles: ['load'] }), [...slow, failedRequest(30)]);
  const { summary } = await conclude(dir);
  assert.equal(summary.verdict, 'fail');
  assert.ok(!summary.reasonDetails.some(({ code }) => code === 'first-failure'), summary.reasons.join('\n'));
});

test('a failure of the warm-up is not the first', async () => {
  const { first } = await judged([failedStep(3, { warmup: true, name: 'warm up' }), failedStep(25)]);
  assert.ok(first?.code === 'first-failure');
  assert.equal(first.name, 'open the call roster');
});

test('of pages whose scripts throw the first exception is named', async () => {
  const thrown = (second: number): Sample => ({
    t: START + second * 1000,
    kind: 'error',
    name: 'page error',
    session: 'b1',
    page: '/schedule',
    view: `b1.${second % 14}`,
    via: 'browser',
    error: 'TypeError: week is undefined',
    errorKind: 'page-error',
  });
  const { summary, first } = await judged([33, 31, 32, 34, 35, 36, 37, 38, 39, 40].map(thrown), {
    profiles: ['load'],
  });
  assert.ok(first?.code === 'first-failure', summary.reasons.join('\n'));
  assert.deepEqual([first.name, first.page, first.at, first.count], ['page error', '/schedule', 31, 10]);
  assert.match(first.text, /TypeError: week is undefined/);
});

test('what makes a run invalid comes before it', async () => {
  const { summary, first } = await judged([failedStep(25)], { ended: 'target-died' });
  assert.equal(first?.code, 'target-died');
  assert.equal(summary.reasonDetails.find(({ verdict }) => verdict === 'fail')?.code, 'first-failure');
});
