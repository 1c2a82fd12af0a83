/** The pictures of a report's views of load and browsers: what they are drawn from, and how large they make it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

async function summaryOf(samples: readonly Sample[]): Promise<Summary> {
  return (await conclude(runDirectory(runJson(), samples))).summary;
}

test('each good answer is in one cell of the heat map, by its time and its latency', async () => {
  const { latencyMap } = await summaryOf(healthySamples());
  assert.ok(latencyMap);
  const good = healthySamples().filter(
    (sample) => sample.kind === 'request' && sample.ok && sample.status < 400,
  );
  const sum = latencyMap.columns.flat().reduce((total, count) => total + count, 0);
  assert.equal(sum, good.length);
  assert.deepEqual([latencyMap.every, latencyMap.columns.length], [1, 60]);
  const request = (value: number, second: number) =>
    ({ ...good[0], t: START + second * 1000, value }) as Sample;
  const { latencyMap: few } = await summaryOf([
    request(9.9, 3),
    request(10, 3),
    request(1999, 3),
    request(70_000, 59.5),
    { ...request(50, 5), ok: false, status: 500 } as Sample,
  ]);
  assert.deepEqual(few?.columns[3], [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual(few?.columns[59], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.equal(
    few?.columns.flat().reduce((total, count) => total + count, 0),
    4,
  );
});

const about = {
  session: 'b9',
  journey: 'look round',
  role: 'admin',
  via: 'browser',
  unit: 'ms',
  ok: true,
} as const;
const step = (name: string, at: number, value: number) =>
  ({ ...about, kind: 'step', name, t: START + at + value, value }) as Sample;
const call = (name: string, at: number, value: number, during?: string) =>
  ({
    ...about,
    kind: 'request',
    class: 'crud',
    method: 'GET',
    status: 200,
    name,
    t: START + at + value,
    value,
    step: during,
  }) as Sample;
const pass = (at: number, value: number, more: object = {}) =>
  ({ ...about, kind: 'journey', name: 'look round', t: START + at + value, value, ...more }) as Sample;

test('the slowest pass of a journey has its steps in order, each with its calls', async () => {
  const summary = await summaryOf([
    ...healthySamples(),
    ...[step('open it', 1000, 100), pass(1000, 500)],
    // A request may be reported after the step that waited for it.
    ...[
      step('open it', 10_000, 300),
      call('people.list', 10_050, 200, 'open it'),
      step('close it', 11_000, 50),
    ],
    ...[call('auth.me', 10_900, 20), pass(10_000, 1200)],
    ...[step('open it', 20_000, 400), pass(20_000, 9000, { ok: false })],
  ]);
  const found = summary.slowestPasses?.find(({ journey }) => journey === 'look round');
  assert.deepEqual(found, {
    ...{ journey: 'look round', role: 'admin', at: 10, ms: 1200, ok: true },
    steps: [
      { name: 'open it', at: 0, ms: 300, ok: true },
      { name: 'close it', at: 1000, ms: 50, ok: true },
    ],
    calls: [
      { name: 'people.list', step: 'open it', at: 50, ms: 200, ok: true, status: 200 },
      { name: 'auth.me', at: 900, ms: 20, ok: true, status: 200 },
    ],
  });
  const page = report(summary);
  const [, fall = ''] = page.split('<summary>look round ');
  const rows = [
    ...(fall.split('</ol>')[0] ?? '').matchAll(/<li class="(step|call)">(?:<span class="name">)?([\w .]+)/g),
  ];
  assert.deepEqual(
    rows.map(([, kind, name]) => `${kind} ${name}`),
    ['step open it', 'call people.list', 'step close it', 'step between steps', 'call auth.me'],
  );
  assert.match(
    fall,
    /^<span class="count">admin · 1\.20 s with thinking, 2 steps, 2 calls, begun 10 s into the run/,
  );
});

test('a step begins with its first call at the latest, each time that it is taken', async () => {
  const { slowestPasses } = await summaryOf([
    ...[call('people.list', 1000, 20, 'open it'), step('open it', 1040, 30)],
    ...[call('people.list', 3000, 20, 'open it'), step('open it', 3005, 30), pass(900, 3000)],
  ]);
  assert.deepEqual(
    slowestPasses?.[0]?.steps.map(({ at }) => at),
    [100, 2100],
  );
});

test('a pass that failed is shown only where none worked', async () => {
  const passes = async (...ok: boolean[]) =>
    (
      await summaryOf(
        ok.flatMap((one, at) => [step('open it', at * 5000, 10), pass(at * 5000, 100 - at, { ok: one })]),
      )
    ).slowestPasses?.map(({ ok: worked, ms }) => [worked, ms]);
  assert.deepEqual(await passes(false, true), [[true, 99]]);
  assert.deepEqual(await passes(true, false), [[true, 100]]);
  assert.deepEqual(await passes(false, false), [[false, 100]]);
});

test('the spread of an operation needs three values, and the slowest comes first', async () => {
  const summary = await summaryOf(healthySamples());
  const [one] = summary.operations;
  assert.ok(one);
  const named = (name: string, n: number, p95: number) => ({ ...one, name, n, p95, max: p95 });
  const page = report({
    ...summary,
    operations: [named('quick', 50, 20), named('few', 2, 900), named('slow', 50, 800)],
  });
  const [, section = ''] = page.split('<h2 id="spread">');
  const list = section.split('</section>')[0] ?? '';
  assert.deepEqual(
    [...list.matchAll(/<li><span class="name">(\w+)</g)].map(([, name]) => name),
    ['slow', 'quick'],
  );
});

test('the report of fourteen minutes with every journey, and 500 000 answers behind it, is smaller than 2 MB', async () => {
  const summary = await summaryOf([...healthySamples(), step('open it', 10, 5), pass(10, 20)]);
  const [second] = summary.timeline.slice(20);
  const [operation] = summary.operations;
  const [gate] = summary.gates;
  const [slowest] = summary.slowestPasses ?? [];
  assert.ok(second && operation && gate && slowest);
  const many = <T>(n: number, make: (at: number) => T) => Array.from({ length: n }, (_, at) => make(at));
  const large: Summary = {
    ...summary,
    timeline: many(840, (s) => ({ ...second, s, requests: 595 + (s % 7), p95: 100 + ((s * 37) % 91) })),
    operations: many(120, (at) => ({ ...operation, name: `operation.${at}`, n: 4200 })),
    gates: many(400, (at) => ({ ...gate, metric: `request.operation.${at}.p95` })),
    latencyMap: {
      ...{ every: 7, edges: summary.latencyMap?.edges ?? [] },
      columns: many(120, () => many(11, (row) => 10 + row)),
    },
    slowestPasses: many(31, (at) => ({
      ...{ ...slowest, journey: `journey ${at}` },
      calls: many(100, (no) => ({ name: `operation.${no}`, at: no, ms: 5, ok: true, status: 200 })),
    })),
  };
  const bytes = Buffer.byteLength(report(large));
  assert.ok(bytes < 2_000_000, `${bytes} bytes`);
});
