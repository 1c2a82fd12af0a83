import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defectBook } from '../../analysis/known-defects.ts';
import { newTally } from '../../analysis/read/read-samples.ts';
import { type Collector, dispatcher } from '../../analysis/summary/collector.ts';
import { collectors } from '../../analysis/summary/collectors.ts';
import { observe } from '../../analysis/summary/summarize.ts';
import { RUN_SHARES } from '../../config/run-figure.ts';
import type { EventCode } from '../../measure/run/events.ts';
import type { Sample, SampleKind } from '../../measure/run/samples.ts';
import { healthySamples, runJson, START } from './synthetic-run.ts';

const UNEVENTFUL = { excused: false, isError: false, drained: false };
/** By kind of sample: whether a collector takes it. Events are listed by code below. */
const KINDS: Record<Exclude<SampleKind, 'event'>, boolean> = {
  session: true,
  journey: true,
  step: true,
  request: true,
  vital: true,
  check: true,
  count: true,
  error: true,
  generator: true,
  target: true,
  scrape: true,
  audit: true,
};
const EVENTS: Record<EventCode, boolean> = {
  'page-view': true,
  'browser-entries': true,
  'known-defect': true,
  'defect-effect': true,
  'session-started': true,
  'phase-started': true,
  'sign-in-paced': true,
  'change-planned': true,
  'change-made': true,
  'change-undone': true,
  'change-not-undone': true,
  'answered-from-cache': true,
  'request-interrupted': true,
  'journey-skipped': true,
  'trace-kept': true,
  interrupted: false, // run.json says so
  'target-died': true,
  'target-unresponsive': true,
  'target-watched': true,
  'worker-lost': true,
  'clock-jumped': true,
  'stood-still': true,
  suspended: true,
  'samples-lost': true,
  'temporary-folder-full': true,
  'lines-written': false, // reading.ts counts whole lines
  'benchmark-ended': true,
  'audit-concluded': true,
  'level-ended': true,
  'search-ended': true,
  'run-ended-early': true,
};

test('each kind of sample and each event is taken by a collector, or is named here as not collected', () => {
  const all = collectors(runJson(), defectBook([], runJson()));
  const taken = (part: 'samples' | 'events') =>
    new Set(all.flatMap((collector: Collector) => Object.keys(collector[part] ?? {})));
  const named = (table: Record<string, boolean>) =>
    new Set(Object.keys(table).filter((name) => table[name] === true));
  assert.deepEqual(taken('samples'), named(KINDS));
  assert.deepEqual(taken('events'), named(EVENTS));
});

test('a sample is given to each collector that takes its kind, an event to those that take its code', () => {
  const seen: string[] = [];
  const noting = (name: string): Collector => ({
    samples: { check: (sample, { isError }) => seen.push(`${name} ${sample.name} ${isError}`) },
    events: { interrupted: () => seen.push(`${name} interrupted`) },
  });
  const collect = dispatcher([noting('one'), { into() {} }, noting('other')]);
  collect({ t: 0, kind: 'check', name: 'shape', ok: false }, { ...UNEVENTFUL, isError: true });
  collect({ t: 0, kind: 'event', name: 'interrupted', data: { why: 'a signal' } }, UNEVENTFUL);
  collect({ t: 0, kind: 'event', name: 'change-undone', data: { id: '1' } }, UNEVENTFUL);
  collect({ t: 0, kind: 'count', name: 'interrupted', value: 1 }, UNEVENTFUL);
  assert.deepEqual(seen, ['one shape true', 'other shape true', 'one interrupted', 'other interrupted']);
});

test('together they fill the summary, with each share that a limit can be set on', async () => {
  const read = async function* (): AsyncGenerator<Sample> {
    yield* healthySamples();
    // None of its journeys in browsers checks anything.
    yield { t: START + 1000, kind: 'check', name: 'it fits', ok: true, via: 'browser', session: 'b0' };
    // Nor is any of its pages audited.
    yield { t: START + 1000, kind: 'audit', name: '/people', mode: 'navigation', repeat: 1, ok: true };
  };
  const seen = await observe(runJson(), read(), defectBook([], runJson()), newTally());
  assert.deepEqual(Object.keys(seen.shares).sort(), Object.keys(RUN_SHARES).sort());
  const full: Record<Exclude<keyof typeof seen.counts, 'missing'>, true> = {
    sessions: true,
    journeys: true,
    steps: true,
    requests: true,
    availability: true,
    checks: true,
    shapes: true,
    changes: true,
    samples: true,
    warmup: true,
    drain: true,
    torn: true,
    unusable: true,
    peakUsers: true,
    peakBrowserUsers: true,
    peakHttpUsers: true,
  };
  assert.deepEqual(Object.keys(seen.counts).sort(), Object.keys(full).sort());
});
