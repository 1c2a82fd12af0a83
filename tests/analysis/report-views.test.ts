/** The four views of a report, and what its overview says in words. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { pointersOf } from '../../analysis/report/look-first-section.ts';
import { report } from '../../analysis/report/report.ts';
import { causesText, stateOf } from '../../analysis/report/roles-section.ts';
import { ticks } from '../../analysis/report/time-axis.ts';
import type { JourneyOfRole, Summary } from '../../analysis/summary/summary.ts';
import { HOW_JUDGED } from '../../analysis/text/gate-text.ts';
import { plainName, plainValue } from '../../analysis/text/plain-metric.ts';
import { plainVerdict } from '../../analysis/text/plain-verdict.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

async function reported(samples: readonly Sample[], changes: Partial<RunJson> = {}) {
  const { summary, reportPath } = await conclude(runDirectory(runJson(changes), samples));
  return { summary, page: readFileSync(reportPath, 'utf8') };
}

/** Of one view, without the others. */
function viewOf(page: string, id: string): string {
  const [, from = ''] = page.split(`<div class="view" id="${id}"`);
  return from.split('<div class="view"')[0] ?? '';
}

const failing = () =>
  healthySamples().map(
    (sample): Sample =>
      sample.kind === 'step' && sample.name === 'open absences' ? { ...sample, ok: false } : sample,
  );

test('a report has four views with links of their own, and all parts of the last one are closed', async () => {
  const { page } = await reported(healthySamples());
  for (const [id, title] of [
    ['overview', 'Overview'],
    ['load', 'Load'],
    ['browser', 'Browser'],
    ['figures', 'All figures'],
  ] as const) {
    assert.match(page, new RegExp(`<li><a href="#${id}">${title}</a></li>`));
    assert.ok(viewOf(page, id).length > 500, id);
  }
  const figures = viewOf(page, 'figures');
  assert.equal(figures.match(/<section/g), null);
  assert.ok((figures.match(/<details class="part"><summary>[^<]+<\/summary>\n<h2 id=/g) ?? []).length > 8);
  for (const [, to] of page.matchAll(/href="#([\w-]+)"/g)) assert.ok(page.includes(` id="${to}"`), `#${to}`);
});

test('a red verdict says what failed first, and has a card for each limit that failed', async () => {
  const { page, summary } = await reported(failing());
  const overview = viewOf(page, 'overview');
  assert.match(
    plainVerdict(summary),
    /^Step “open absences” never worked \(12 of 12 failed\), first \d+ s into the run, in “request an absence”\. 2 of/,
  );
  assert.match(plainVerdict(summary), / \d+ of \d+ limits failed, \d+ passed/);
  const failed = summary.gates.filter(({ outcome }) => outcome === 'failed');
  assert.ok(failed.length > 1);
  for (const { metric } of failed) assert.ok(overview.includes(`<code>${metric}</code>`), metric);
  assert.equal(overview.match(/<li class="tile (fail|warn)">/g)?.length, failed.length);
  assert.deepEqual(
    pointersOf(summary)
      .slice(0, 2)
      .map(({ to }) => to),
    ['does-not-work', 'failed-gates'],
  );
});

test('an overview says once how limits are judged, and which of those with too little data something speaks against', async () => {
  const { page, summary } = await reported(failing());
  assert.equal(viewOf(page, 'overview').split(HOW_JUDGED).length, 2);
  const green = await reported(healthySamples());
  assert.equal(viewOf(green.page, 'overview').split(HOW_JUDGED).length, 2);
  const [gate] = summary.gates;
  assert.ok(gate);
  const gates = (['pass', 'warn', 'warn'] as const).map((verdict) => ({
    ...gate,
    outcome: 'inconclusive' as const,
    verdict,
  }));
  assert.match(
    plainVerdict({ ...summary, gates }),
    /, 3 are undecided \(2 of these not confirmed: something failed, or was beyond the limit\)\.$/,
  );
  assert.match(report({ ...summary, gates }), /3 undecided, 2 of them not confirmed: /);
});

test('limits that failed because nothing was measured share a card', async () => {
  const { summary } = await reported(failing());
  const [gate] = summary.gates;
  assert.ok(gate);
  const none = { ...gate, observed: null, n: 0, outcome: 'failed', verdict: 'fail' } as const;
  const gates = ['vital.LCP.p75', 'vital.INP.p75'].map((metric) => ({ ...none, metric }));
  const overview = viewOf(report({ ...summary, gates }), 'overview');
  assert.equal(overview.match(/<li class="tile /g)?.length, 1);
  assert.match(
    overview,
    /2 limits failed[\s\S]*no samples[\s\S]*Main content on screen \(LCP\), Answer to a click/,
  );
});

test('a green run says so in one sentence, and has no card', async () => {
  const { page, summary } = await reported(healthySamples());
  assert.match(
    plainVerdict(summary),
    /^Nothing asked of this run failed\. \d+ of \d+ limits passed, none failed/,
  );
  assert.doesNotMatch(page, /id="failed-gates"/);
});

test('a warning comes after what the limits say', async () => {
  const paced = {
    t: START + 9000,
    kind: 'event',
    name: 'sign-in-paced',
    data: { ms: 24_000 },
  } as unknown as Sample;
  const { summary } = await reported([...healthySamples(), paced]);
  assert.equal(summary.verdict, 'warn');
  assert.match(plainVerdict(summary), /^\d+ of \d+ limits passed, none failed.*\. But: .*sign-in/);
});

test('a run that is not valid is said to say nothing of the application', async () => {
  const { summary } = await reported([], { ended: 'target-died' });
  assert.match(plainVerdict(summary), /^These figures say nothing of the application: /);
});

test('metrics have names and values in words', () => {
  const said = (metric: string, value: number, unit: 'ms' | '%' | '1' | 'B', n = 100) =>
    `${plainName(metric)}: ${plainValue(metric, value, unit, n)}`;
  assert.equal(said('class.crud.p95', 455, 'ms'), 'Simple reads: 95 % within 455 ms');
  assert.equal(said('load: class.crud.p50', 14, 'ms'), 'load: Simple reads: half within 14 ms');
  assert.equal(said('steps.errorRate', 0.082, '%'), 'Failed steps in browsers: 8.20 %');
  assert.equal(said('step.open absences.errors', 0.5, '%'), 'Step “open absences”: 50 % failed');
  assert.equal(
    said('vital.LCP.p75 page /people cold', 402, 'ms'),
    'Main content on screen (LCP) of /people, first views: 75 % within 402 ms',
  );
  assert.equal(said('vital.CLS.p75', 0, '1'), 'Unexpected movement (CLS): 75 % at most 0');
  assert.equal(said('request.people.list.max', 90, 'ms'), 'Call people.list: slowest 90 ms');
  assert.equal(said('capacity.users', 19, '1'), 'Users carried: 19');
  assert.equal(said('class.write.p95.drift', 3, 'ms'), 'Growth in an hour of Simple writes: 3 ms');
  assert.equal(said('count.swaps executed.n', 7, '1'), 'Swaps executed: 7 in all');
  // A limit on all of a kind that has no value is named as it is written.
  const names = [
    'step.*.max cold',
    'request.*.errors',
    'journey.*.p95',
    'stepCalls.*.max',
    'audit./*.LCP.max',
  ];
  assert.deepEqual(names.map(plainName), [
    ...['Each step, first views', 'Each call', 'Each journey', 'Calls made by each step', 'Each audit’s LCP'],
  ]);
});

test('one or two values have no percentile', async () => {
  assert.equal(plainValue('class.crud.p95', 455, 'ms', 1), '455 ms, a single value');
  assert.equal(plainValue('class.crud.p95', 455, 'ms', 2), '2 values, too few for a figure');
  const once: Sample = {
    ...{ t: START + 9000, kind: 'step', name: 'taken once', value: 123, unit: 'ms', ok: true, session: 'b0' },
  } as Sample;
  const { page } = await reported([...healthySamples(), once]);
  const row = /taken once .*?<\/tr>/s.exec(page)?.[0] ?? '';
  assert.deepEqual(
    [...row.matchAll(/class="num">([^<]*)</g)].slice(0, 5).map(([, cell]) => cell),
    [...['1', '–', '–', '–', '123']],
  );
});

test('a journey works, works in part, is slow, fails, finds nothing to do, or was not tried', () => {
  const state = (change: Partial<JourneyOfRole>) =>
    stateOf({
      ...{ role: 'admin', journey: 'j', via: 'http', passes: 40, failed: 0, cutShort: 0, score: 0.95 },
      ...change,
    } as JourneyOfRole);
  assert.equal(state({}), 'works');
  assert.equal(state({ failed: 2 }), 'works', 'one in twenty');
  assert.equal(state({ failed: 3, score: 0.2 }), 'fails');
  assert.equal(state({ score: 0.69 }), 'slow');
  assert.equal(state({ cutShort: 21 }), 'nothing to do', 'most of its passes');
  assert.equal(state({ cutShort: 20 }), 'works');
  assert.equal(state({ troubled: 3, score: 0.2 }), 'works in part');
  assert.equal(state({ troubled: 2 }), 'works', 'one in twenty');
  assert.equal(state({ troubled: 3, failed: 3 }), 'fails');
  assert.equal(state({ passes: 0, score: null }), 'not tried');
});

test('journeys of each role are counted with their failures and waits, those of the plan that nobody drew among them', async () => {
  const mix = runJson().plan.mix.map((part) => ({
    ...part,
    journeys: [{ name: 'never drawn', weight: 0.001 }],
  }));
  const { summary, page } = await reported(failing(), { plan: { ...runJson().plan, mix } });
  const rows = summary.journeysByRole ?? [];
  const browser = rows.find(({ via, passes }) => via === 'browser' && passes > 0);
  assert.equal(browser?.role, 'resident');
  assert.ok(browser.score !== null && browser.score > 0.5);
  assert.deepEqual(
    rows.filter(({ passes }) => passes === 0).map(({ role, journey }) => [role, journey]),
    [
      ['faculty', 'never drawn'],
      ['resident', 'never drawn'],
    ],
  );
  assert.match(viewOf(page, 'overview'), /never drawn <small>over HTTP: not tried<\/small>/);
});

test('a pass that went through although a call in it failed is counted as such, and its journey works in part', async () => {
  const about = { via: 'browser', role: 'resident', session: 'b7', journey: 'half broken' } as const;
  const pass = (at: number, more: object = {}): Sample =>
    ({
      ...about,
      ...{ t: START + at * 1000, kind: 'journey', name: 'half broken', value: 900, unit: 'ms', ok: true },
      ...more,
    }) as Sample;
  const call = (at: number, more: object = {}): Sample =>
    ({
      ...about,
      ...{ t: START + at * 1000, kind: 'request', name: 'people.list', class: 'crud', method: 'GET' },
      ...{ status: 500, value: 20, unit: 'ms', ok: false, errorKind: 'http-status', error: '500' },
      ...more,
    }) as Sample;
  const samples = [
    ...[call(6, { warmup: true }), pass(7, { warmup: true })],
    ...[call(20), call(20.5), pass(21), pass(22), call(23), pass(24, { ok: false })],
  ];
  const { summary, page } = await reported([...healthySamples(), ...samples]);
  const row = summary.journeysByRole?.find(({ journey }) => journey === 'half broken');
  assert.deepEqual([row?.passes, row?.failed, row?.troubled], [3, 1, 1]);
  assert.match(
    viewOf(page, 'overview'),
    /half broken <small>in the browser: fails at times · <a href="#failed-journeys">1 of 3 passes failed, 1 went on after a failure<\/a><\/small><small>what failed: call people\.list \(2\)</,
  );
});

test('of passes that failed, or went through all the same, what failed in them is named: causes without what repeats them, known defects last', async () => {
  const about = { via: 'browser', role: 'resident', session: 'b7', journey: 'troubled' } as const;
  const of = (at: number, kind: string, name: string, more: object = {}): Sample =>
    ({
      ...about,
      ...{ t: START + at * 1000, kind, name, value: 20, unit: 'ms', ok: false, error: 'no' },
      ...more,
    }) as unknown as Sample;
  const call = (at: number, name: string, status: number) =>
    of(at, 'request', name, { class: 'crud', method: 'GET', status });
  const pass = (at: number, ok: boolean) => of(at, 'journey', 'troubled', { ok });
  const defect = of(30, 'event', 'known-defect', { data: { defect: 'first click on People leads back' } });
  const { summary, page } = await reported([
    ...healthySamples(),
    ...[call(20, 'people.list', 500), of(20.5, 'step', 'see people'), pass(21, false)],
    ...[of(22, 'step', 'open the menu'), pass(23, false)],
    ...[
      of(24, 'check', 'title'),
      of(24, 'error', 'page broke'),
      call(24.1, 'people.list', 500),
      pass(25, false),
    ],
    ...[defect, pass(31, true)],
    // Signing in belongs to no journey, and another session's trouble to none of its passes.
    ...[{ ...call(32, 'blocks.list', 500), session: 'b8' }, pass(33, true)],
  ]);
  const row = summary.journeysByRole?.find(({ journey }) => journey === 'troubled');
  assert.deepEqual(
    row?.because?.map(({ kind, name, passes }) => [kind, name, passes]),
    [
      ['request', 'people.list', 2],
      ['step', 'open the menu', 1],
      ['check', 'title', 1],
      ['defect', 'first click on People leads back', 1],
    ],
  );
  const [, failures = ''] = page.split('id="failed-journeys"');
  const [, own = ''] = failures.split('<th scope="row">troubled <');
  assert.doesNotMatch(own.split('</tr>')[0] ?? '', /blocks\.list/, 'of another session');
  assert.match(own.split('</tr>')[0] ?? '', />call people\.list<\/a>/);
  assert.equal(
    causesText({ ...row, because: row?.because?.slice(2) } as JourneyOfRole),
    'check title (1); known defect “first click on People leads back” (1)',
  );
});

test('what the target failed to say before any load is among the first things to look at', async () => {
  const before = {
    at: new Date(START).toISOString(),
    counts: { users: 4 },
    unknown: { people: 'answer 500' as const },
    failed: ['people' as const],
  };
  const { page, summary } = await reported(failing(), { dataSize: { before } });
  const [box = '', rest = ''] = viewOf(page, 'overview').split('</section>');
  assert.doesNotMatch(box, /without any load/);
  assert.match(
    rest,
    /already failed before the run, without any load: it did not say how many people it has \(answer 500\)/,
  );
  assert.equal(
    pointersOf(summary).findIndex(({ to }) => to === 'data'),
    1,
  );
  assert.match(page, /See what fails without any load: it failed before the run: <code>npx loadtest doctor/);
});

test('beside each time of a machine that was full most of the time it is said that it may be too long', async () => {
  const { summary } = await reported(failing());
  const full = {
    verdict: 'warn',
    code: 'machine-busy',
    seconds: 50,
    of: 60,
    limit: 0.95,
    text: 'full',
    mayBeTarget: false,
  } as const;
  const doubts = (reason: object) => {
    const page = report({ ...summary, reasonDetails: [...summary.reasonDetails, { ...full, ...reason }] });
    return viewOf(page, 'overview').match(/may be too long: the machine was full/g)?.length ?? 0;
  };
  const times = summary.primary.filter(({ unit }) => unit === 'ms').length;
  assert.ok(times > 0);
  assert.deepEqual([doubts({}) >= times, doubts({ seconds: 20 })], [true, 0]);
});

test('the overview says which known defects were met, and what the target did not answer before any load', async () => {
  const defect = { t: START + 9000, kind: 'event', name: 'known-defect', session: 'b0' } as const;
  const met = { ...defect, data: { defect: 'first click on People leads back' } } as unknown as Sample;
  const before = {
    at: new Date(START).toISOString(),
    counts: { users: 4 },
    unknown: { people: 'answer 403' },
  };
  const { page } = await reported([...healthySamples(), met], { dataSize: { before } });
  const [box = ''] = viewOf(page, 'overview').split('</section>');
  assert.match(box, /<a href="#defects">1 known defect<\/a> of the application was seen: first click on/);
  assert.match(
    box,
    /without any load, the target did not say how much data it has: people not known \(answer 403\)/,
  );
  const healthy = (await reported(healthySamples())).page;
  assert.doesNotMatch(healthy, /of the application was seen|without any load/);
});

test('phases are drawn where they began, and named', async () => {
  const phases = ['warm-up', 'steady'].map((name, at) => ({
    ...{ name, duration: 30, arrivals: {} },
    ...(at === 0 && { warmup: true }),
  }));
  const began = phases.map(({ name }, at) => ({
    ...{ t: START + 2000 + at * 30_000, kind: 'event', name: 'phase-started', phase: name, data: {} },
  })) as unknown as Sample[];
  const { summary, page } = await reported([...began, ...healthySamples()], {
    plan: { ...runJson().plan, phases },
  });
  assert.deepEqual(
    summary.phases?.map(({ name, from, warmup }) => [name, from, warmup]),
    [
      ['warm-up', 2, true],
      ['steady', 32, undefined],
    ],
  );
  assert.match(viewOf(page, 'overview'), /<title>warm-up<\/title>[\s\S]*<rect class="band odd" x="533.3"/);
});

test('marks of time are round, and seven at most', () => {
  assert.deepEqual(ticks(62), [0, 15, 30, 45, 60]);
  assert.deepEqual(ticks(840), [0, 300, 600]);
  assert.deepEqual(ticks(1), [0, 1]);
  assert.deepEqual(ticks(30, 605), [605, 610, 615, 620, 625, 630, 635]);
  assert.deepEqual(ticks(30, 607, 3), [610, 620, 630]);
  for (const seconds of [1, 59, 61, 3599, 86_400, 200_000]) {
    const marks = ticks(seconds);
    assert.ok(marks.length >= 2 && marks.length <= 7, `${seconds}: ${marks}`);
    assert.ok(marks.every((s) => s <= seconds));
  }
});

test('summaries of older suites are drawn without what they lack', async () => {
  const { summary } = await reported(healthySamples());
  const { journeysByRole: _roles, phases: _phases, goals: _goals, ...older } = summary as Summary;
  const page = report(older as Summary);
  assert.doesNotMatch(page, /id="roles"/);
  assert.match(page, /id="glance"/);
});
