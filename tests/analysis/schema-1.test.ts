/** Runs of schema 1: the same facts in sentences conclude as they do in codes. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const t = START + 12_000;

/** What schema 2 says with codes, and how schema 1 said it. */
const EVENTS: ReadonlyArray<[Sample, old: Record<string, unknown>]> = [
  [
    { t, kind: 'event', name: 'known-defect', data: { defect: 'made up' } },
    { t, kind: 'event', name: 'known defect', data: { defect: 'made up' } },
  ],
  [
    {
      t,
      kind: 'event',
      name: 'change-planned',
      session: 'h1',
      data: { id: 'a', what: 'people', name: 'Dr Example' },
    },
    {
      t,
      kind: 'event',
      name: 'change planned',
      session: 'h1',
      data: { id: 'a', what: 'people', name: 'Dr Example' },
    },
  ],
  [
    { t, kind: 'event', name: 'change-not-undone', session: 'h1', data: { id: 'a', why: 'gone' } },
    { t, kind: 'event', name: 'change not undone', session: 'h1', data: { id: 'a', why: 'gone' } },
  ],
  [
    { t, kind: 'event', name: 'stood-still', data: { ms: 1500, cpuMs: 10 } },
    { t, kind: 'event', name: 'stood still', data: { ms: 1500, cpuMs: 10 } },
  ],
  [
    { t, kind: 'event', name: 'request-interrupted', data: { operation: 'people.list' } },
    { t, kind: 'event', name: 'request interrupted', data: { operation: 'people.list' } },
  ],
  [
    { t, kind: 'event', name: 'run-ended-early', data: { by: 'breaking-point', why: 'it broke' } },
    { t, kind: 'event', name: 'run ended early', data: { by: 'breaking point', why: 'it broke' } },
  ],
];

const ofSchema1 = (run: RunJson) => ({ ...run, schema: 1 }) as unknown as RunJson;
/** Names of events with spaces. */
const spaced = (sample: Sample) =>
  (sample.kind === 'event' ? { ...sample, name: sample.name.replaceAll('-', ' ') } : sample) as Sample;

/** Runs of both schemas with these samples, concluded. */
async function both(samples: readonly Sample[], old: readonly unknown[], run: [Partial<RunJson>, string?]) {
  const [facts, oldEnd] = run;
  const newer = await conclude(runDirectory(runJson(facts), [...healthySamples(), ...samples]));
  const oldRun = ofSchema1({ ...runJson(facts), ...(oldEnd && { ended: oldEnd as RunJson['ended'] }) });
  const dir = runDirectory(oldRun, [...healthySamples().map(spaced), ...(old as Sample[])]);
  return { newer: newer.summary, older: (await conclude(dir)).summary, dir };
}

test('events and ends of a run of schema 1 count as those of schema 2', async () => {
  const { newer, older } = await both(
    EVENTS.map(([sample]) => sample),
    EVENTS.map(([, old]) => old),
    [{ ended: 'stopped-by-threshold' }, 'stopped by a threshold'],
  );
  assert.deepEqual(older, newer);
  assert.deepEqual([newer.leftovers.length, newer.disturbances.length, newer.knownDefects.length], [1, 1, 1]);
});

test('how a run of schema 1 ended decides its verdict', async () => {
  for (const [ended, old] of [
    ['target-died', 'target died'],
    ['recording-failed', 'recording failed'],
    ['profile-lost', 'profile lost'],
  ] as const) {
    const { newer, older } = await both([], [], [{ ended }, old]);
    assert.deepEqual([older.verdict, older.reasons], ['invalid', newer.reasons]);
  }
});

test('failures and journeys cut short of schema 1 get their kind and code from their texts', async () => {
  const about = { t, session: 'b0', journey: 'j', via: 'browser', value: 5, unit: 'ms', ok: false } as const;
  const old = [
    { ...about, kind: 'step', name: 'open it', error: 'GET /people answered 503' },
    { ...about, kind: 'step', name: 'open it', error: 'GET /people answered 502' },
    { ...about, kind: 'step', name: 'see it', error: 'locator.waitFor: Timeout 20000ms exceeded.' },
    { ...about, kind: 'session', name: 's', started: t, error: 'open it: GET /people answered 503' },
    { ...about, kind: 'request', name: 'people.list', class: 'crud', status: 0, error: 'net::ERR_ABORTED' },
    { ...about, kind: 'request', name: 'people.list', class: 'crud', status: 500 },
    { ...about, kind: 'error', name: 'page error', error: 'x is not a function' },
    { ...about, kind: 'check', name: 'people.list schema', error: 'total: expected a number' },
    { ...about, kind: 'journey', name: 'j', ok: true, cutShort: 'no week ahead to swap' },
    { ...about, kind: 'journey', name: 'j', ok: true, cutShort: 'a reason of somebody else' },
  ];
  const { older } = await both([], old, [{}]);
  assert.deepEqual(
    older.errors.map(({ kind, name, errorKind }) => [kind, name, errorKind]),
    [
      ['step', 'open it', 'http-status'],
      ['step', 'open it', 'http-status'],
      ['step', 'see it', 'timeout'],
      ['request', 'people.list', 'http-status'],
      ['error', 'page error', 'page-error'],
      ['check', 'people.list schema', 'shape'],
    ],
    'neither the session, which repeats its step, nor the request that its page took back',
  );
  assert.deepEqual(
    older.cutShort.map(({ code }) => code),
    ['no-week-to-swap', 'other'],
  );
});

test('concluding leaves a run of schema 1 in its schema, so that it can be concluded again', async () => {
  const { older, dir } = await both([], [], [{ ended: 'interrupted' }]);
  const recorded = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'));
  assert.deepEqual([recorded.schema, recorded.verdict], [1, older.verdict]);
  assert.deepEqual((await conclude(dir)).summary, older);
  writeFileSync(join(dir, 'run.json'), JSON.stringify({ ...recorded, schema: 0 }));
  await assert.rejects(conclude(dir), /schema 0, this suite reads 1 and 2/);
});
