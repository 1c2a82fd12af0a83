/** The pictures of a report's views of load and browsers: what they are drawn from, and how large they make it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { largeSummary } from './large-summary.ts';
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
  const found = summary.slowestPasses?.find(({ journey, ok }) => journey === 'look round' && ok);
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
  const [, , fall = ''] = page.split('<summary>look round ');
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

test('signing in belongs to no journey: its slowest pass is there with its calls, named after the last step', async () => {
  const outside = (one: Sample, session: string) => {
    const { journey: _none, ...rest } = one as Sample & { journey: string };
    return { ...rest, session } as Sample;
  };
  const signIn = (session: string, at: number, ms: number) => [
    ...[step('open sign-in', at, 100), call('auth.login', at + 500, ms - 50, 'sign in')].map((one) =>
      outside(one, session),
    ),
    outside(step('sign in', at + 500, ms), session),
  ];
  const after = (session: string) => [
    { ...step('open it', 9000, 100), session },
    { ...pass(9000, 300), session },
    ...[call('auth.logout', 12_000, 30), step('sign out', 12_000, 40)].map((one) => outside(one, session)),
    {
      ...about,
      session,
      kind: 'session',
      name: 'admins',
      t: START + 13_000,
      started: START,
      value: 13_000,
    } as Sample,
  ];
  const { slowestPasses = [] } = await summaryOf([
    ...[...signIn('b7', 1000, 700), ...after('b7')],
    ...[...signIn('b8', 2000, 900), ...after('b8')],
  ]);
  const found = slowestPasses.filter(({ isOutside }) => isOutside);
  assert.deepEqual(
    found.map(({ journey, at, ms, steps, calls }) => [
      ...[journey, at, ms],
      ...[steps.map(({ name }) => name), calls.map(({ name }) => name)],
    ]),
    [
      ['sign in', 2, 1400, ['open sign-in', 'sign in'], ['auth.login']],
      ['sign out', 12, 40, ['sign out'], ['auth.logout']],
    ],
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

test('of each journey the slowest pass that failed comes before the slowest that worked, and is open', async () => {
  const passes = async (...ok: boolean[]) => {
    const summary = await summaryOf(
      ok.flatMap((one, at) => [step('open it', at * 5000, 10), pass(at * 5000, 100 - at, { ok: one })]),
    );
    const drawn = [
      ...report(summary).matchAll(/<details class="pass"( open)?><summary>look round (<strong)?/g),
    ];
    return {
      kept: summary.slowestPasses?.map(({ ok: worked, ms }) => [worked, ms]),
      drawn: drawn.map(([, open, bad]) => [open !== undefined, bad !== undefined]),
    };
  };
  const [failed, worked] = [
    [true, true],
    [false, false],
  ];
  assert.deepEqual(await passes(true, false, true, false), {
    kept: [
      [false, 99],
      [true, 100],
    ],
    drawn: [failed, worked],
  });
  assert.deepEqual(await passes(false, false), { kept: [[false, 100]], drawn: [failed] });
  assert.deepEqual(await passes(true, true), { kept: [[true, 100]], drawn: [[true, false]] });
});

test('a failed step is drawn as long as it was tried, or may have been where nobody timed it', async () => {
  const failed = { ok: false, error: 'gave up' };
  const summary = await summaryOf([
    ...[step('open it', 1000, 100), { ...step('fill it in', 2000, 700), ...failed }, pass(900, 1900, failed)],
    ...[step('open it', 11_000, 100), { ...step('after "open it"', 41_000, 0), ...failed }].map((one) => ({
      ...one,
      session: 'b8',
      journey: 'look twice',
    })),
    { ...pass(10_900, 30_200, failed), session: 'b8', name: 'look twice', journey: 'look twice' },
  ] as Sample[]);
  const [untimed, timed] = summary.slowestPasses ?? [];
  assert.deepEqual(untimed?.steps[1], {
    ...{ name: 'after "open it"', at: 200, ms: 29_900, ok: false, isAtMost: true },
  });
  assert.deepEqual(timed?.steps[1], { name: 'fill it in', at: 1100, ms: 700, ok: false });
  const page = report(summary);
  assert.match(page, /> failed at most 29.900 ms after the step before it, thinking included<\/strong>/);
  assert.match(page, /class="bar bad"[^>]* width="997"[^>]*\/><\/svg>\s*<span class="value">≤ 29.900 ms</);
  assert.match(page, /fill it in<strong class="bad"> failed after 700 ms<\/strong>/);
  assert.doesNotMatch(page, /<span class="value">0 ms/);
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
  const bytes = Buffer.byteLength(report(await largeSummary()));
  assert.ok(bytes < 2_000_000, `${bytes} bytes`);
});
