/** The headline, "look at first" and the tables of a report name the same worst failure, by one order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import {
  failingOf,
  gravestFailure,
  gravestFirst,
  gravestGates,
  mostFailedCall,
} from '../../analysis/judge/gravest.ts';
import { failedGatesSection } from '../../analysis/report/failed-gates-section.ts';
import { pointersOf } from '../../analysis/report/look-first-section.ts';
import { report } from '../../analysis/report/report.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { nextSteps } from '../../analysis/text/next-steps.ts';
import { plainVerdict } from '../../analysis/text/plain-verdict.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { concluded, recordedRuns } from './recorded-run.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const about = { via: 'browser', role: 'resident', session: 'b0', journey: 'request an absence' } as const;
const broken = { ok: false, error: 'broken', errorKind: 'http-status' } as const;
const call = (at: number, name: string, more: object = {}): Sample =>
  ({
    ...{ ...about, t: START + at * 1000, kind: 'request', name, class: 'crud', method: 'GET', status: 200 },
    ...{ value: 20, unit: 'ms', ok: true, ...more },
  }) as Sample;
const step = (at: number, name: string, more: object = {}): Sample =>
  ({
    ...about,
    t: START + at * 1000,
    kind: 'step',
    name,
    value: 40,
    unit: 'ms',
    ok: true,
    ...more,
  }) as Sample;

/** `absences.new` fails each time, `people.page` often but not always; and journeys over HTTP say so once more. */
const SAMPLES: Sample[] = [
  ...healthySamples(),
  call(5, 'absences.new', { ...broken, status: 500, warmup: true }),
  step(5.5, 'submit', { ...broken, warmup: true }),
  ...[20.7, 30, 40].flatMap((at) => [
    call(at, 'absences.new', { ...broken, status: 500, step: 'submit' }),
    step(at + 0.6, 'submit', broken),
  ]),
  ...Array.from(
    { length: 20 },
    (_, at): Sample => ({
      ...about,
      via: 'http',
      t: START + (25 + at) * 1000,
      kind: 'error',
      name: 'journey failed',
      error: 'no',
    }),
  ),
  ...Array.from({ length: 9 }, (_, at) =>
    call(10 + at, 'people.page', at > 0 ? { ...broken, status: 500 } : {}),
  ),
];
const summaryOf = async (samples = SAMPLES) => (await conclude(runDirectory(runJson(), samples))).summary;

test('what never worked comes before what failed more often, and a cause before what it made fail', async () => {
  const summary = await summaryOf();
  assert.deepEqual(
    failingOf(summary).map(({ kind, name, failed, never }) => [kind, name, failed, never]),
    [
      ['request', 'absences.new', 3, true],
      ['step', 'submit', 3, true],
      ['request', 'people.page', 8, false],
      ['error', 'journey failed', 20, false],
    ],
  );
});

test('what does not work is counted without the warm-up, as calls and steps are', async () => {
  const { doesNotWork } = await summaryOf();
  assert.deepEqual(
    doesNotWork.map(({ kind, name, n }) => [kind, name, n]),
    [
      ['request', 'absences.new', 3],
      ['step', 'submit', 3],
    ],
  );
});

test('headline, "look at first", calls, errors and what does not work name the same one first', async () => {
  const summary = await summaryOf();
  const page = report(summary);
  assert.match(
    plainVerdict(summary),
    /^Call “absences\.new” never worked \(3 of 3 failed, after 1 failure in the warm-up\), first 5 s into the run, in “request an absence”\. \d+ of/,
  );
  const [never, limit] = pointersOf(summary);
  assert.equal(limit?.to, 'errors');
  assert.match(
    never?.text ?? '',
    /^Call “absences\.new” never worked .*\. Failed each time too: step “submit” \(3 of 3\)\.$/,
  );
  const firstOf = (caption: string) =>
    new RegExp(`<caption>${caption}</caption>[\\s\\S]*?<th scope="row">([^<]*) <`).exec(page)?.[1];
  assert.equal(firstOf('Calls by operation'), 'absences.new');
  assert.equal(firstOf('What failed each time[^<]*'), 'absences.new');
  assert.match(page, /<h3 id="errors-1">call absences\.new </);
});

test('where nothing failed each time, what failed most is the worst of all of them, and single tries are no proof', async () => {
  const summary = await summaryOf([
    ...SAMPLES.filter((sample) => !('name' in sample) || !['absences.new', 'submit'].includes(sample.name)),
    call(15, 'tried once', { ...broken, status: 500 }),
  ]);
  const text = 'Call “people.page” failed 8 of 9 times';
  assert.ok(plainVerdict(summary).startsWith(text), plainVerdict(summary));
  assert.match(
    pointersOf(summary)[0]?.text ?? '',
    /^Failed requests: .* 2 calls failed: “people\.page” \(8 of 9 times\), “tried once” \(1 of 1 time\)\.$/,
  );
  assert.match(report(summary), /<h3 id="errors-1">call people\.page </);
});

test('what never worked comes before failed limits, as in the headline, and those before warnings', async () => {
  const summary = await summaryOf();
  const [gate] = summary.gates;
  assert.ok(gate);
  const slow = {
    ...gate,
    metric: 'class.crud.p50',
    unit: 'ms',
    limit: 100,
    observed: 120,
    outcome: 'failed',
  } as const;
  const gates = [
    { ...slow, metric: 'vital.TTFB.p75 cold', verdict: 'warn', level: 'warn', observed: 9000 } as const,
    ...summary.gates,
    { ...slow, verdict: 'fail', level: 'error' } as const,
  ];
  assert.deepEqual(
    pointersOf({ ...summary, gates })
      .slice(0, 4)
      .map(({ text }) => text.split(/[:“]/)[0]),
    ['Call ', 'Failed requests', 'Simple reads', 'First byte of a page (TTFB), first views'],
  );
  assert.equal(gravestGates(gates).at(-1)?.verdict, 'warn');
});

test('the card of the gravest failure comes first, though its limit only warns', async () => {
  const summary = await summaryOf();
  const [gate] = summary.gates;
  assert.ok(gate);
  const failed = {
    ...gate,
    outcome: 'failed',
    verdict: 'fail',
    unit: '%',
    limit: 0.05,
    observed: 1,
  } as const;
  const gates = [
    { ...failed, metric: 'request.people.page.errors', verdict: 'warn', isOneOfMany: true } as const,
    { ...failed, metric: 'requests.errorRate' },
    { ...failed, metric: 'request.absences.new.errors', verdict: 'warn', isOneOfMany: true } as const,
  ];
  const cards = failedGatesSection({ ...summary, gates });
  assert.ok(cards !== '');
  assert.deepEqual(
    [...cards.body.text.matchAll(/<code>([^<]*)</g)].map(([, metric]) => metric),
    ['request.absences.new.errors', 'requests.errorRate', 'request.people.page.errors'],
  );
  const ofProfiles = gates.map((gate) => ({ ...gate, metric: `load: ${gate.metric}` }));
  const [first] = gravestGates(ofProfiles, gravestFailure(summary));
  assert.equal(first?.metric, 'load: request.absences.new.errors');
});

test('a call that failed more often than the worst is named beside it, and has a next step', async () => {
  const summary = await summaryOf();
  assert.equal(mostFailedCall(summary)?.name, 'people.page');
  assert.match(
    pointersOf(summary)[1]?.text ?? '',
    /^Failed requests: .* Call “people\.page” failed 8 of 9 times/,
  );
  assert.ok(
    nextSteps(summary).some(({ text }) => text.includes('“people.page” failed most often (8 of 9 times)')),
  );
  const rare = SAMPLES.filter((sample) => !('name' in sample) || sample.name !== 'people.page');
  assert.equal(mostFailedCall(await summaryOf(rare)), undefined);
});

test('the first failure is said to be after the warm-up where something failed in that, and its count leaves that out', async () => {
  const early = call(6, 'people.page', { ...broken, status: 500, warmup: true });
  const summary = await summaryOf([...SAMPLES, early]);
  const reason = summary.reasonDetails.find(({ code }) => code === 'first-failure');
  assert.match(reason?.text ?? '', /^first failure after the warm-up, 11 s into the run: .*\(8 times\)$/);
  const later = SAMPLES.filter((sample) => !('warmup' in sample) || !sample.warmup);
  const calm = (await summaryOf(later)).reasonDetails.find(({ code }) => code === 'first-failure');
  assert.match(calm?.text ?? '', /^first failure, 11 s into the run: /);
});

test('what a known defect explains is not the worst, however often it failed', async () => {
  const summary = await summaryOf();
  const doesNotWork = summary.doesNotWork.map((one) => ({ ...one, defects: ['known'] }));
  assert.equal(gravestFailure({ ...summary, doesNotWork })?.name, 'people.page');
});

for (const name of recordedRuns())
  test(`failures of the recorded run "${name}" are in one order, which every table follows`, async () => {
    const summary = (await concluded(name)) as Summary;
    const things = failingOf(summary);
    assert.deepEqual([...things].sort(gravestFirst), things);
    const [worst] = things.filter(({ never }) => never);
    const pointed = pointersOf(summary).find(({ to }) => to === 'does-not-work');
    assert.equal(pointed?.text.includes(`“${worst?.name}” never worked`) ?? false, worst !== undefined);
    if (worst && summary.verdict === 'fail')
      assert.ok(plainVerdict(summary).includes(`“${worst.name}” never worked`));
  });
