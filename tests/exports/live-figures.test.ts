/** Live figures are counted as the summary counts, and are marked provisional. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { GrowingSamples } from '../../exports/live/growing-samples.ts';
import { LiveFigures } from '../../exports/live/live-figures.ts';
import { WINDOW_MS } from '../../exports/live/window.ts';
import type { RequestSample, Sample } from '../../measure/run/samples.ts';
import {
  runDirectory,
  runJson,
  START,
  temporaryDirectory,
  watchedSamples,
} from '../analysis/synthetic-run.ts';
import { documentedNames } from './documented-names.ts';

const SAMPLES = watchedSamples();

function liveOf(samples: readonly Sample[]): LiveFigures {
  const live = new LiveFigures(runJson(), []);
  for (const sample of samples) live.add(sample);
  return live;
}

const request = (t: number, value: number, changes: Partial<RequestSample> = {}): RequestSample => ({
  ...{ t, value, kind: 'request', name: 'swaps.list', class: 'crud', method: 'GET', unit: 'ms' },
  ...{ status: 200, ok: true, via: 'http' },
  ...changes,
});

test('at the end of a run the counts are those of its summary', async () => {
  const { summary } = await conclude(runDirectory(runJson(), SAMPLES));
  const [{ fields, labels } = assert.fail('no row')] = liveOf(SAMPLES).rows(START + 60_000);
  const { requests, steps, sessions } = summary.counts;
  assert.equal(fields.requests, requests.n);
  assert.equal(fields.requests_failed, requests.failed);
  assert.equal(fields.steps, steps.ok + steps.failed);
  assert.equal(fields.sessions, sessions.ok + sessions.failed);
  assert.equal(fields.users, 14);
  assert.equal(labels.provisional, 'true');
});

test('what the summary counts otherwise than it was recorded is counted so live: no answer, cancelled, interrupted, the generator', async () => {
  const aborted = { ok: false, status: 0, via: 'browser', errorKind: 'aborted' } as const;
  const interrupted = (ms: number): Sample => ({
    ...{ t: START + 21_000, kind: 'event', name: 'request-interrupted', via: 'http' },
    data: { operation: 'swaps.list', class: 'crud', ms },
  });
  const samples: Sample[] = [
    ...SAMPLES,
    request(START + 20_000, 11_000, aborted),
    request(START + 20_000, 300, aborted),
    request(START + 20_000, 3, { ok: false, status: 0, errorKind: 'generator-exhausted' }),
    interrupted(12_000),
    interrupted(200),
    { t: START + 22_000, kind: 'step', name: 'open', value: 9, unit: 'ms', ok: false, interrupted: true },
    {
      ...{ t: START + 22_000, kind: 'session', name: 's', session: 'cut', value: 9, unit: 'ms' },
      ...{ ok: false, interrupted: true, started: START + 21_000 },
    } as Sample,
  ].sort((a, b) => a.t - b.t) as Sample[];
  const { summary } = await conclude(runDirectory(runJson(), samples));
  const [whole, ...others] = liveOf(samples).rows(START + 60_000);
  const { requests, steps, sessions } = summary.counts;
  const live = whole?.fields ?? {};
  assert.deepEqual(
    [live.requests, live.requests_failed, live.requests_excused, live.requests_rate_limited],
    [requests.n, requests.failed, requests.excused, requests.rateLimited],
  );
  assert.ok(requests.failed >= 2 && requests.cancelled === 1);
  assert.deepEqual([live.steps, live.steps_failed], [steps.ok + steps.failed, steps.failed]);
  assert.deepEqual([live.sessions, live.sessions_failed], [sessions.ok + sessions.failed, sessions.failed]);
  const inClasses = others.filter(({ measurement }) => measurement === 'loadtest_live_class');
  assert.equal(
    inClasses.reduce((all, { fields }) => all + (fields.n ?? 0), 0),
    requests.n - requests.cancelled,
  );
});

test('times are of the last minute, of requests that were served; failures and 429 are counted apart', () => {
  const now = START + 10 * WINDOW_MS;
  const live = liveOf([
    request(START, 9000),
    request(now - 3000, 100),
    request(now - 2000, 300),
    request(now - 1000, 7000, { ok: false, status: 500 }),
    request(now - 1000, 2, { ok: false, status: 429 }),
  ]);
  const [whole, ofClass] = live.rows(now);
  assert.equal(whole?.fields.requests_per_second, 4 / 60);
  assert.equal(whole?.fields.requests_failed, 1);
  assert.equal(whole?.fields.requests_rate_limited, 1);
  assert.deepEqual(ofClass?.fields, { n: 5, failed: 1, window_n: 2, p50: 200, p95: 290 });
  assert.equal(ofClass?.labels.class, 'crud');
});

test('a file that grows gives each sample once, also one whose line comes in two parts', () => {
  const dir = temporaryDirectory();
  const samples = new GrowingSamples(dir);
  const names = () => [...samples.added()].map(({ t }) => t);
  assert.deepEqual(names(), [], 'nothing is written yet');
  const file = join(dir, 'samples.ndjson');
  const second = JSON.stringify(request(2, 1));
  writeFileSync(file, `${JSON.stringify(request(1, 1))}\n${second.slice(0, 20)}`);
  assert.deepEqual(names(), [1]);
  appendFileSync(file, `${second.slice(20)}\nno sample\n{"kind":"request"}\n`);
  assert.deepEqual(names(), [2]);
  assert.deepEqual(names(), []);
  samples.close();
});

test('docs/upload.md lists each live measurement, label and field', () => {
  const names = documentedNames(readFileSync('docs/upload.md', 'utf8'));
  const rows = liveOf(SAMPLES).rows(START + 60_000);
  assert.deepEqual(
    [...new Set(rows.map(({ measurement }) => measurement))],
    ['loadtest_live', 'loadtest_live_class', 'loadtest_live_step', 'loadtest_live_vital'],
  );
  for (const { measurement, labels, fields } of rows) {
    const documented = names.get(measurement) ?? assert.fail(`${measurement} is not documented`);
    for (const label of Object.keys(labels))
      assert.ok(documented.labels.has(label), `${measurement}: ${label}`);
    assert.deepEqual(
      Object.keys(fields).filter((field) => !documented.fields.has(field)),
      [],
    );
  }
});
