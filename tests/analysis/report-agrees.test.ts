/** What a report says in several places it says alike: moments, counts, definitions and outcomes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { intoRun } from '../../analysis/format.ts';
import { report } from '../../analysis/report/report.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { markdown } from '../../analysis/text/markdown.ts';
import { plainVerdict } from '../../analysis/text/plain-verdict.ts';
import { ATTEMPTS, DRAIN, STARTED } from '../../analysis/text/sums-table.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { concluded } from './recorded-run.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const about = { via: 'browser', role: 'resident', session: 'b0', journey: 'request an absence' } as const;
const broken = { ok: false, error: 'broken', errorKind: 'http-status' } as const;
const at = (second: number, sample: object): Sample =>
  ({ ...about, t: START + second * 1000, unit: 'ms', value: 40, ok: true, ...sample }) as Sample;
const call = (second: number, more: object) =>
  at(second, { kind: 'request', name: 'absences.new', class: 'write', method: 'POST', status: 201, ...more });
const phase = { ...at(0, { kind: 'event', name: 'phase-started', data: {} }), phase: 'steady' } as Sample;

const summaryOf = async (samples: Sample[], changes = {}) =>
  (await conclude(runDirectory(runJson(changes), [...healthySamples(), ...samples]))).summary;

/** Text without tags, each run of blanks as one. */
const textOf = (page: string) =>
  page.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>|<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('a moment is the second of the timeline that it lies in, and is that of what is named', async () => {
  assert.deepEqual(
    [intoRun(27.4), intoRun(27.99), intoRun(0.9), intoRun(89.9)],
    ['27 s', '27 s', '0 s', '89 s'],
  );
  const samples = [27.3, 40, 41].flatMap((second) => [
    call(second, { ...broken, status: 500, step: 'submit' }),
    at(second + 0.5, { kind: 'step', name: 'submit', ...broken }),
  ]);
  const summary = await summaryOf(samples);
  const first = summary.reasonDetails.find(({ code }) => code === 'first-failure');
  assert.ok(first?.code === 'first-failure');
  assert.deepEqual([first.name, first.at], ['submit', 27.8]);
  assert.equal(summary.errors.find(({ kind }) => kind === 'step')?.firstAt, 27.8);
  assert.ok((summary.timeline[27]?.errors ?? 0) > 0 && summary.timeline[28]?.errors === 0);
  const page = textOf(report(summary));
  assert.match(plainVerdict(summary), /first 27 s into the run/);
  assert.doesNotMatch(page + markdown(summary), /\b28 s\b/);
});

test('what was begun after the last phase alone says so beside its figures; nothing else does', async () => {
  const late = (name: string) => at(63, { kind: 'step', name, page: '/late' });
  const view = at(63, {
    kind: 'event',
    name: 'page-view',
    page: '/late',
    data: { id: 'b0.l', nav: 'soft', interacted: true, measurable: true, cold: false },
  });
  const vital = (page: string, id: string) =>
    at(63, { kind: 'vital', name: 'LCP', page, view: id, nav: 'soft', rating: 'good' });
  const summary = await summaryOf(
    [
      ...[phase, late('open late'), late('open schedule'), view, vital('/late', 'b0.l'), vital('/', 'b0.0')],
      call(63, { name: 'late.read' }),
    ],
    { end: new Date(START + 70_000).toISOString() },
  );
  const marked = (all: ReadonlyArray<{ name: string; isOfDrain?: true }>) =>
    all.filter(({ isOfDrain }) => isOfDrain).map(({ name }) => name);
  assert.deepEqual(marked(summary.steps), ['open late']);
  assert.deepEqual(marked(summary.operations), ['late.read']);
  assert.equal(summary.pages.find(({ page }) => page === '/late')?.vitals.LCP?.isOfDrain, true);
  const page = report(summary);
  for (const name of ['open late', 'late.read'])
    assert.match(page, new RegExp(`${name} <small>[^<]*</small> <small class="drain">after the last phase<`));
  assert.ok(page.includes(DRAIN) && markdown(summary).includes(DRAIN));
  assert.deepEqual(summary.completeness.counted?.LCP, { ofPages: 56, warmup: 0, drain: 1, uncounted: 0 });
  assert.match(page, /Captured in the warm-up|Begun then, on pages that were viewed before too/);
});

test('counts are defined once: started, attempts, and what a limit of none is judged by', async () => {
  const summary = (await concluded('load')) as Summary;
  const page = textOf(report(summary));
  for (const text of [STARTED, ATTEMPTS]) assert.equal(page.split(text).length - 1, 2, text);
  assert.doesNotMatch(page, /ok \+ failed \+ interrupted/);
  const lost = summary.gates.find(({ metric }) => metric === 'pages.lost');
  assert.equal(lost?.outcome, 'passed');
  assert.match(page, /pages\.lost ✓ Passed level \w+ ≤ 0 % 0 % 0 % to [\d.]+ % judged: none may fail/);
});

test('the headline counts failures as the limits on them do; what includes the warm-up says so', async () => {
  const summary = (await concluded('load')) as Summary;
  const { steps, requests } = summary.sums.ended;
  assert.ok(steps.warmup > 0 && requests.warmup > 0);
  const judged = (share: 'steps.errorRate' | 'requests.errorRate') => {
    const { value, n } = summary.shares[share] ?? { value: 0, n: 0 };
    return `${Math.round((value ?? 0) * n)} of ${n}`;
  };
  assert.ok(
    summary.headline.text.includes(
      `; ${judged('steps.errorRate')} steps and ${judged('requests.errorRate')} requests failed`,
    ),
    summary.headline.text,
  );
  const page = textOf(report(summary));
  assert.match(
    page,
    new RegExp(`${steps.started} steps started, warm-up included: ${steps.ok} ok, ${steps.failed} failed, `),
  );
  assert.match(page, new RegExp(`${requests.started - requests.interrupted} requests, warm-up included: `));
  assert.match(page, /\d+ sessions started, warm-up included: /);
  assert.match(page, /\d+ page views outside of warm-up had a script error/);
});

test('reasons are counted by what they are: as many failed limits as there are cards', async () => {
  const summary = (await concluded('smoke')) as Summary;
  const failed = summary.gates.filter(({ outcome }) => outcome === 'failed').length;
  const page = textOf(report(summary));
  assert.match(
    page,
    new RegExp(
      ` ${failed} failed limits, \\d+ limits not confirmed, \\d+ other reasons and \\d+ notes in full`,
    ),
  );
  assert.match(page, new RegExp(` ${failed} limits failed `));
});

test('availability is in the overview, as users met it and without known defects, with its goal', async () => {
  const summary = await summaryOf(
    [20, 21, 22].map((second) => call(second, { ...broken, status: 500 })),
    {
      profiles: ['load'],
    },
  );
  const [, overview = ''] = report(summary).split('id="availability"');
  assert.match(
    textOf(overview.split('</section>')[0] ?? ''),
    /98\.9 % of 279 requests were answered \(goal 99\.90 %: missed; limit ≥ 99\.90 %: failed\)\.\s+3 had no answer or a status of 500 or more\. /,
  );
});

test('each goal for a speed is in the overview, beside the limit of the same figure', async () => {
  const summary = await summaryOf([], { profiles: ['load'] });
  const speeds = (summary.goals ?? []).filter(({ unit }) => unit === 'ms');
  assert.ok(speeds.length > 3);
  const [, from = ''] = report(summary).split('id="primary"');
  const list = from.split('</section>')[0] ?? '';
  for (const { metric } of speeds) assert.equal(list.split(`<code>${metric}</code>`).length, 2, metric);
  assert.match(
    textOf(list),
    /Simple reads: 95 % within [\d.]+ ms · goal 300 ms: met · limit ≤ 2.000 ms: passed/,
  );
});

test('beside a class of calls that missed its goal stands the slowest of its calls that was measured often enough', async () => {
  const slow = (name: string, value: number, n: number) =>
    Array.from({ length: n }, (_, at) => call(20 + at / 10, { name, class: 'complex', value }));
  const summary = await summaryOf(
    [...slow('slow.often', 1500, 30), ...slow('quick.often', 20, 30), ...slow('slowest.seldom', 9000, 3)],
    { profiles: ['load'] },
  );
  const [, from = ''] = report(summary).split('id="primary"');
  const list = textOf(from.split('</section>')[0] ?? '');
  assert.match(
    list,
    /Long lists[^·]*· goal 500 ms: missed .*?slowest in it: slow\.often, 95 % within 1.500 ms \(n 30\)/,
  );
  assert.doesNotMatch(
    list,
    /slowest\.seldom|Simple reads[^·]*· goal 300 ms: met [^•]*?slowest in it: people/,
  );
});

test('journeys that failed are among the errors, each with what failed in it', async () => {
  const summary = (await concluded('smoke')) as Summary;
  const failed = (summary.journeysByRole ?? []).filter((one) => one.failed > 0);
  const page = report(summary);
  const [, list = ''] = page.split('id="failed-journeys"');
  const rows = [...(list.split('</table>')[0] ?? '').matchAll(/<tr><th scope="row">([^<]+) <small>/g)];
  assert.deepEqual(rows.map(([, name]) => name).sort(), failed.map(({ journey }) => journey).sort());
  const passes = failed.reduce((sum, one) => sum + one.failed, 0);
  assert.match(
    textOf(page),
    new RegExp(
      `${passes} passes of journeys failed outside of warm-up, known defects included: the last table has them`,
    ),
  );
  assert.match(list, /<a href="#errors-\d+">call absences\.create<\/a>/);
  assert.match(page, /<a href="#failed-journeys">\d+ of \d+ pass(es)? failed<\/a>/);
});
