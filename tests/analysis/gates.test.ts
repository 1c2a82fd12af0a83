import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

/** Verdict, exit code and gates of a healthy run (or these samples) under these limits. */
async function under(
  metrics: string,
  samples: readonly Sample[] = healthySamples(),
  run: Partial<RunJson> = {},
) {
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  const lines = metrics.split('\n').map((line) => `    ${line}`);
  writeFileSync(thresholds, `smoke:\n  metrics:\n${lines.join('\n')}\n`);
  const { verdict, exitCode, summary } = await conclude(runDirectory(runJson(run), samples), { thresholds });
  return {
    summary,
    verdict,
    exitCode,
    gates: summary.gates,
    reasons: summary.reasons,
    notes: summary.notes,
    headline: summary.headline.text,
    thresholds,
  };
}
/** Beside it one that has enough samples, so that something is proved. */
const proved = (metrics: string) => `${metrics}\nclass.auth.p50: [error, 10000]`;
const withoutClass = (name: string) =>
  healthySamples().filter((sample) => sample.kind !== 'request' || sample.class !== name);
/** A file of one limit that says nothing of refusals. */
function laxLimits(): string {
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  writeFileSync(thresholds, 'smoke:\n  metrics:\n    class.crud.p50: [error, 10000]\n');
  return thresholds;
}
const timed = (name: string, values: number[]): Sample[] =>
  values.map((value) => ({ t: START + 1, kind: 'step', name, value, unit: 'ms', ok: true }));

test('a limit holds at its value and fails beyond it', async () => {
  const samples = [
    ...healthySamples(),
    ...timed(
      's',
      Array.from({ length: 21 }, (_, i) => i * 10),
    ),
  ];
  const held = await under('step.s.p95: [error, 190]', samples);
  assert.deepEqual([held.verdict, held.exitCode, held.gates[0]?.observed], ['pass', 0, 190]);
  const failed = await under('step.s.p95: [error, 189.9]', samples);
  assert.deepEqual([failed.verdict, failed.exitCode], ['fail', 1]);
  const { message, expected, n, where } = failed.gates[0]!;
  assert.deepEqual([expected, n, where], ['≤ 190 ms', 21, `${failed.thresholds}:3`]);
  assert.match(
    message,
    /^step\.s\.p95: expected .*, observed 190 ms \(n = 21\), set in .*thresholds\.yml:3$/,
  );
});

test('the level decides: warn is reported and passes, off is nothing', async () => {
  const warned = await under('class.crud.p50: [warn, 1]');
  assert.deepEqual([warned.verdict, warned.exitCode, warned.gates[0]?.verdict], ['warn', 0, 'warn']);
  assert.deepEqual([warned.gates[0]?.outcome, warned.gates[0]?.reason], ['failed', 'above-limit']);
  const off = await under('class.crud.p50: [off, 1]\nclass.auth.p50: [error, 10000]');
  assert.deepEqual([off.verdict, off.gates.map(({ metric }) => metric)], ['pass', ['class.auth.p50']]);
});

test('a limit without samples fails: it would never be noticed else', async () => {
  const { verdict, gates } = await under('step.never done.p50: [error, 100]');
  assert.equal(verdict, 'fail');
  assert.match(gates[0]?.message ?? '', /step\.never done\.p50: expected ≤ 100 ms, but there are no samples/);
  assert.deepEqual([gates[0]?.outcome, gates[0]?.reason], ['failed', 'no-samples']);
  assert.equal((await under('step.never*.p50: [error, 100]')).verdict, 'fail');
});

test('a run that was interrupted did not come to it: no limit fails for that', async () => {
  const limits = 'step.never done.p50: [error, 100]\nstep.never*.p75: [error, 100]';
  const { verdict, gates, reasons, notes } = await under(limits, healthySamples(), { ended: 'interrupted' });
  assert.equal(verdict, 'warn');
  assert.match(reasons[0] ?? '', /^the run was interrupted/);
  assert.deepEqual(
    gates.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['inconclusive', 'no-samples'],
      ['inconclusive', 'no-samples'],
    ],
  );
  assert.deepEqual(notes, []);
});

test('a limit on the process of the target is for one that the run started, not for a deployment', async () => {
  const drift = 'targetProcess.memory.drift: [error, 100]';
  assert.equal((await under(drift)).verdict, 'fail');
  const target = { ...runJson().target, kind: 'deployment' as const };
  assert.deepEqual((await under(drift, healthySamples(), { target })).gates, []);
});

test('what is missing says why, where that is known', async () => {
  const { gates, verdict, notes } = await under(proved('class.crud.p50.drift: [error, 50]'));
  assert.deepEqual([gates[0]?.outcome, verdict], ['inconclusive', 'pass']);
  assert.match(notes[0]?.text ?? '', /nothing failed; no value yet: the run was too short for it/);
  assert.match(gates[0]?.message ?? '', /^class\.crud\.p50\.drift: the run was too short for it/);
});

/** A run with `n` times of one step, all beyond the limit or all within. */
async function withTimes(figure: string, n: number, value: 500 | 1) {
  const { verdict, gates, notes, reasons } = await under(proved(`step.s.${figure}: [error, 100]`), [
    ...healthySamples(),
    ...timed('s', Array<number>(n).fill(value)),
  ]);
  return { verdict, gate: gates[0], notes: notes.map(({ text }) => text), reasons };
}

for (const [figure, toPass, toFail] of [
  ['p50', 6, 6],
  ['mean', 6, 6],
  ['p75', 6, 4],
  ['p90', 10, 10],
  ['p95', 20, 20],
  ['p99', 100, 100],
  ['max', 6, 1],
] as const) {
  test(`${figure}: ${toPass} samples to pass, ${toFail} to fail; of fewer it is not decided`, async () => {
    assert.equal((await withTimes(figure, toPass, 1)).gate?.outcome, 'passed');
    assert.equal((await withTimes(figure, toFail, 500)).verdict, 'fail');

    // Nothing speaks against the limit: a note, and the run passes.
    const few = await withTimes(figure, toPass - 1, 1);
    assert.deepEqual(
      [few.verdict, few.gate?.outcome, few.gate?.reason, few.gate?.n, few.gate?.needed],
      ['pass', 'inconclusive', 'too-few-samples', toPass - 1, toPass],
    );
    assert.deepEqual(few.reasons, []);
    const samples = `${toPass - 1} samples of at least ${toPass}`;
    assert.deepEqual(
      few.notes.map((text) => text.replace(/\s/g, ' ')),
      [`step.s.${figure} ≤ 100 ms: nothing failed; too few samples to confirm it: ${samples}`],
    );

    if (toFail === 1) return;
    // Beyond the limit, and too few to say so: a warning.
    const slow = await withTimes(figure, toFail - 1, 500);
    assert.deepEqual(
      [slow.verdict, slow.gate?.reason, slow.gate?.needed, slow.notes],
      ['warn', 'too-few-to-fail', toFail, []],
    );
    assert.match(
      slow.reasons[0] ?? '',
      new RegExp(`beyond the limit, not confirmed: ${toFail} samples fail it`),
    );
  });
}

test('`*` holds each metric it finds, but those with a limit of their own', async () => {
  const { gates, verdict } = await under('class.*.p50: [error, 1000]\nclass.generation.p50: [error, 5000]');
  assert.equal(verdict, 'pass');
  const generation = gates.filter(({ metric }) => metric === 'class.generation.p50');
  assert.deepEqual(
    generation.map(({ expected }) => expected.replace(/\s/g, '')),
    ['≤5000ms'],
  );
  assert.equal(gates.length, 7);
});

test('a page’s own limit replaces the one for all pages, and may find nobody there', async () => {
  const all = await under('vital.CLS.p75 page *: [error, 0.1]');
  assert.deepEqual(
    all.gates.filter(({ verdict }) => verdict === 'fail').map(({ metric }) => metric),
    ['vital.CLS.p75 page /schedule'],
  );
  const own = 'vital.CLS.p75 page /schedule: [error, 0.28]\nvital.CLS.p75 page /call-hub: [error, 0.48]';
  const apart = await under(`vital.CLS.p75 page *: [error, 0.1]\n${own}`);
  assert.deepEqual([apart.verdict, apart.gates.length], ['pass', 4]);
  assert.equal((await under('vital.CLS.p75 page /call-hub: [error, 0.48]')).verdict, 'fail');
});

test('a vital over all pages, a page’s and a cold one are distinguished', async () => {
  const { gates } = await under('vital.LCP.p75: [error, 5000]\nvital.LCP.p75 cold: [error, 5000]');
  assert.deepEqual(
    gates.map(({ metric, n }) => [metric, n]),
    [
      ['vital.LCP.p75', 40],
      ['vital.LCP.p75 cold', 16],
    ],
  );
});

test('shares: errors, completeness and rates', async () => {
  const one = healthySamples();
  const index = one.findIndex((sample) => sample.kind === 'step' && sample.name === 'open absences');
  one[index] = { ...one[index]!, ok: false } as Sample;
  const failed = await under('step.open absences.errors: [error, 0]\nsteps.errorRate: [error, 0.9]', one);
  assert.deepEqual([failed.verdict, failed.gates[0]?.observed], ['fail', 1 / 12]);
  assert.equal((await under('step.*.errors: [error, 0.9]', one)).verdict, 'pass');
  assert.equal((await under('completeness: [error, 1]')).verdict, 'pass');
  assert.equal((await under('class.crud.rate: [error, 1000]')).verdict, 'fail');
  assert.equal((await under('request.class.crud.n: [error, 114]')).verdict, 'pass');
});

test('where no limit speaks of failed steps, none may fail', async () => {
  const samples: Sample[] = [
    ...healthySamples(),
    { t: START, kind: 'step', name: 's', value: 1, unit: 'ms', ok: false },
  ];
  const { verdict, gates } = await under('class.crud.p50: [error, 1000]', samples);
  assert.equal(verdict, 'fail');
  assert.match(gates[1]?.message ?? '', /^step\.s\.errors: .*observed 100 % \(n = 1\), built in/);
});

test('a broken limit on p75 of three samples is reported and fails nothing; of four it fails', async () => {
  const slow = (count: number): Sample[] =>
    Array.from({ length: count }, (_, index) => ({
      t: START + 3000 + index,
      kind: 'step',
      name: 'a rare one',
      value: 9000,
      unit: 'ms',
      ok: true,
    }));
  const judged = async (count: number) => {
    const thresholds = join(temporaryDirectory(), 'thresholds.yml');
    writeFileSync(thresholds, 'default:\n  metrics:\n    step.a rare one.p75: [error, 100]\n');
    const run = runDirectory(runJson(), [...healthySamples(), ...slow(count)]);
    const { summary } = await conclude(run, { thresholds });
    return summary.gates.find(({ metric }) => metric === 'step.a rare one.p75');
  };
  const few = await judged(3);
  assert.equal(few?.verdict, 'warn');
  assert.match(
    few?.message ?? '',
    /observed 9.000 ms \(n = 3\).*beyond the limit, not confirmed: 4 samples fail it/,
  );
  assert.equal((await judged(4))?.verdict, 'fail');
});

/** `failed` of `n` checks. */
const checked = (n: number, failed: number): Sample[] =>
  Array.from({ length: n }, (_, at) => ({ t: START + at, kind: 'check', name: 'c', ok: at >= failed }));
const rates = async (n: number, failed: number, limit: string) => {
  const { verdict, gates, reasons, notes } = await under(proved(`checks.failed: [error, ${limit}]`), [
    ...healthySamples().filter(({ kind }) => kind !== 'check'),
    ...checked(n, failed),
  ]);
  return { verdict, gate: gates[0], reasons: reasons.join('\n'), notes: notes.map(({ text }) => text) };
};

test('a rate fails when all of its 95 % interval is beyond the limit, and passes when all of it is within', async () => {
  // Exact intervals: 2 of 1 000: 0.02 to 0.72 %; 20 of 1 000: 1.23 to 3.07 %; 12 of 1 000: 0.62 to 2.09 %.
  const good = await rates(1000, 2, '0.01');
  assert.deepEqual([good.verdict, good.gate?.outcome, good.reasons], ['pass', 'passed', '']);
  assert.deepEqual(good.notes, ["2 of 1\u202f000 checks failed: 'c' 2 times"]);
  assert.equal((await rates(1000, 20, '0.01')).verdict, 'fail');
  const unclear = await rates(1000, 12, '0.01');
  assert.equal(unclear.verdict, 'warn');
  assert.match(
    unclear.reasons,
    /observed 1\.20 % .*: beyond the limit, not confirmed: the 95 % interval \(0\.62 % to 2\.09 %\) includes the limit/,
  );
});

test('what failed more often than it may is never said to need more samples; what failed less often, how many confirm it', async () => {
  const beyond = await rates(7, 2, '0.05');
  assert.deepEqual([beyond.gate?.outcome, beyond.gate?.needed], ['inconclusive', undefined]);
  assert.match(beyond.reasons, /beyond the limit, not confirmed: the 95 % interval/);
  // Exact: the interval of 1 of 109 reaches to 5.006 %, that of 1 of 110 to 4.961 %.
  const within = await rates(100, 1, '0.05');
  assert.deepEqual([within.gate?.outcome, within.gate?.needed], ['inconclusive', 110]);
  assert.match(
    within.reasons,
    /within the limit, not confirmed: 110 attempts in all without another failure confirm it/,
  );
  assert.equal((await rates(110, 1, '0.05')).gate?.outcome, 'passed');
  assert.equal((await rates(109, 1, '0.05')).gate?.outcome, 'inconclusive');
  for (const { reasons, notes } of [beyond, within, await rates(7, 7, '0.05')])
    assert.doesNotMatch([reasons, ...notes].join(), /needs|needed/);
});

test('too few attempts to show a limit are a note where none failed; none may fail of a limit of 0', async () => {
  assert.equal((await rates(368, 0, '0.01')).gate?.outcome, 'passed');
  const few = await rates(367, 0, '0.01');
  assert.deepEqual([few.verdict, few.reasons, few.gate?.outcome], ['pass', '', 'inconclusive']);
  assert.deepEqual(few.notes, [
    'checks.failed ≤ 1 %: nothing failed; too few samples to confirm it: 367 checks of at least 368',
  ]);
  assert.equal((await rates(3688, 0, '0.001')).gate?.outcome, 'passed');
  assert.equal((await rates(3687, 0, '0.001')).gate?.outcome, 'inconclusive');
  assert.deepEqual((await rates(3, 0, '0')).notes, []);
  assert.equal((await rates(3, 0, '0')).verdict, 'pass');
  assert.equal((await rates(3, 1, '0')).verdict, 'fail');
});

test('too few attempts to decide are a warning as soon as one failed', async () => {
  const { verdict, notes, reasons } = await rates(100, 1, '0.05');
  assert.deepEqual([verdict, notes.length], ['warn', 1], 'the note that names the check');
  assert.match(reasons, /observed 1 % \(n = 100\)/);
});

test('of single names there are few: where none failed they are not decided, and one note says so of all', async () => {
  const { verdict, gates, notes, headline } = await under('step.*.errors: [error, 0.05]');
  assert.deepEqual([verdict, gates.map(({ outcome }) => outcome)], ['warn', Array(4).fill('inconclusive')]);
  assert.deepEqual(
    notes.map(({ text }) => text),
    [
      '4 limits on single steps, requests or pages: nothing failed; too few samples to confirm them (the report has n of each)',
    ],
  );
  assert.match(headline, /^0 gates passed, 0 failed, 4 undecided; /);
  assert.equal((await under(proved('step.*.errors: [error, 0.05]'))).verdict, 'pass');
});

test('a check that fails in browsers does not hide among those over HTTP, and is named whatever the limits say', async () => {
  const overHttp = checked(1000, 0).map((sample): Sample => ({ ...sample, via: 'http' }));
  const inBrowser = Array.from(
    { length: 3 },
    (_, at): Sample => ({
      t: START + at,
      kind: 'check',
      name: 'total is shown',
      ok: false,
      via: 'browser',
    }),
  );
  const limits = 'checks.failed: [error, 0.02]\nbrowserChecks.failed: [error, 0.02]';
  const others = healthySamples().filter(({ kind }) => kind !== 'check');
  const { verdict, gates, notes } = await under(limits, [...others, ...overHttp, ...inBrowser]);
  assert.deepEqual(
    [verdict, ...gates.map(({ metric, outcome, n }) => [metric, outcome, n])],
    ['fail', ['checks.failed', 'passed', 1003], ['browserChecks.failed', 'failed', 3]],
  );
  assert.match(notes[0]?.text ?? '', /^3 of 1.003 checks failed: 'total is shown' 3 times$/);

  // Few journeys in browsers check anything; those over HTTP do.
  const { gates: without } = await under(limits, others);
  assert.deepEqual(
    without.map(({ metric, reason }) => [metric, reason]),
    [['checks.failed', 'no-samples']],
  );
});

/** One in each of the first `n` views of the healthy run, and one more in the very first. */
function thrownIn(
  n: number,
  errorKind: 'page-error' | 'console-error' | 'file-not-loaded',
  more: Partial<Sample> = {},
): Sample[] {
  const views = healthySamples().filter((sample) => sample.kind === 'event' && sample.name === 'page-view');
  return [views[0], ...views.slice(0, n)].map((view): Sample => {
    const { t = START, session = '', page, data } = view as EventSample<'page-view'>;
    const about = { t, session, page, view: data.id, kind: 'error' as const, errorKind };
    return { ...about, name: 'page error', error: 'x is not a function', ...more } as Sample;
  });
}

test('page views in which a script threw have a limit; errors in the console are counted beside them', async () => {
  const limit = proved('page.errors: [error, 0.02]');
  const every = await under(limit, [...healthySamples(), ...thrownIn(56, 'page-error')]);
  assert.deepEqual(
    [every.verdict, every.gates[0]?.observed, every.gates[0]?.n, every.summary.pageErrors?.exceptions],
    ['fail', 1, 56, { views: 56, n: 57 }],
  );
  const few = await under(limit, [...healthySamples(), ...thrownIn(1, 'page-error')]);
  assert.deepEqual([few.verdict, few.gates[0]?.observed], ['warn', 1 / 56]);
  const none = await under(limit, [...healthySamples(), ...thrownIn(56, 'console-error')]);
  assert.deepEqual(
    [none.verdict, none.gates[0]?.observed, none.summary.pageErrors?.console],
    ['pass', 0, { views: 56, n: 57 }],
  );
  const warmup = await under(limit, [...healthySamples(), ...thrownIn(56, 'page-error', { warmup: true })]);
  assert.equal(warmup.gates[0]?.observed, 0);
});

test('page views that lack a stylesheet or script have a limit, and the files are named', async () => {
  const limit = proved('page.filesFailed: [error, 0.02]');
  const samples = thrownIn(56, 'file-not-loaded', { error: 'Failed to load resource: 404 (/look.css)' });
  const { verdict, gates, notes, summary } = await under(limit, [...healthySamples(), ...samples]);
  assert.deepEqual([verdict, gates[0]?.observed, gates[0]?.n], ['fail', 1, 56]);
  assert.deepEqual(summary.pageErrors?.files, { views: 56, n: 57 });
  assert.equal(
    notes.find(({ code }) => code === 'files-not-loaded')?.text,
    '56 of 56 page views lacked a stylesheet or script: Failed to load resource: 404 (/look.css) 57 times',
  );
  assert.equal(summary.reasonDetails[0]?.code, 'first-failure');
});

test('requests that had to be sent again have a share and a limit', async () => {
  let turn = 0;
  const samples = healthySamples().map((sample): Sample => {
    turn += sample.kind === 'request' ? 1 : 0;
    return sample.kind === 'request' && turn % 5 === 0 ? { ...sample, resent: true } : sample;
  });
  const { verdict, gates } = await under(proved('requests.resent: [warn, 0.05]'), samples);
  assert.deepEqual([verdict, gates[0]?.outcome, gates[0]?.of], ['warn', 'failed', 'request']);
  assert.ok(Math.abs((gates[0]?.observed ?? 0) - 0.2) < 0.01);
  const { verdict: without } = await under(proved('requests.resent: [warn, 0.05]'));
  assert.equal(without, 'pass');
});

test('a run of an older suite, whose errors do not name their view, counts one view for each page of a session', async () => {
  const old = thrownIn(56, 'page-error').map(
    ({ view: _, ...sample }: Sample & { view?: string }) => sample as Sample,
  );
  const { gates } = await under('page.errors: [error, 0.02]', [...healthySamples(), ...old]);
  assert.deepEqual([gates[0]?.observed, gates[0]?.outcome], [16 / 56, 'failed']);
});

test('a journey that passed at its second attempt warns by its name, and both attempts are counted', async () => {
  const attempt = (session: string, ok: boolean, retry?: { journey: string; attempt: number }): Sample[] => [
    { t: START, kind: 'event', name: 'session-started', session, data: { scenario: 'perf', retry } },
    { t: START + 9, kind: 'session', name: 'perf', session, value: 9, unit: 'ms', ok, started: START },
  ];
  const { verdict, reasons, gates } = await under(
    'sessions.failed: [error, 0.5]',
    [...attempt('p1-1', false), ...attempt('p1-1-retry1', true, { journey: 'view my schedule', attempt: 2 })],
    {
      runner: 'playwright',
      plan: { phases: [], mix: [], seed: 1 },
      end: new Date(START + 1000).toISOString(),
    },
  );
  assert.equal(verdict, 'warn');
  assert.equal(
    reasons[0],
    "tried again after a failure: 'view my schedule' 1 time; every attempt is in the figures",
  );
  assert.deepEqual([gates[0]?.observed, gates[0]?.n], [0.5, 2]);
});

test('a limit beside a `*` that the run did not meet is a note by its name', async () => {
  const { verdict, notes } = await under(
    'vital.LCP.p75 page * cold: [error, 4000]\nvital.LCP.p75 page /schedul cold: [error, 9]\nclass.auth.p50: [error, 10000]',
  );
  assert.equal(verdict, 'pass');
  assert.deepEqual(
    notes.filter(({ code }) => code === 'limits-not-met').map(({ text }) => text),
    ['1 limit judged nothing, for the run did not meet what it names: vital.LCP.p75 page /schedul cold'],
  );
});

test('a limit of one name, beside a `*` for all of its kind, is in their note', async () => {
  const own = 'vital.LCP.p75 page /schedule cold: [error, 5000]';
  const { notes } = await under(`vital.LCP.p75 page * cold: [error, 4000]\n${own}`);
  assert.deepEqual(
    notes.map((note) => note.code === 'limits-of-many-unproved' && note.count),
    [4],
  );
});

/** 20 requests a second for a minute, of which this share is refused by a limiter or fails. */
const mostlyRefused = (share: number, status: number, name = 'reports.read'): Sample[] =>
  Array.from({ length: 1200 }, (_, at) => {
    const isRefused = at % 100 < share * 100;
    return {
      t: START + at * 50,
      kind: 'request',
      name,
      class: 'complex',
      method: 'GET',
      status: isRefused ? status : 200,
      value: isRefused ? 1 : 100,
      fromDue: 100,
      unit: 'ms',
      ok: !isRefused,
      via: 'http',
    };
  });

test('a rate counts good answers: neither refusals nor failures are delivered', async () => {
  for (const [status, share] of [
    [429, 0.9],
    [500, 0.9],
    [0, 0.5],
  ] as const) {
    const limits = 'class.complex.rate: [error, 15]\nrequest.reports.read.rate: [error, 15]';
    const samples = mostlyRefused(share, status);
    const { gates } = await under(limits, [...withoutClass('complex'), ...samples]);
    for (const { metric, outcome, observed } of gates.slice(0, 2)) {
      assert.equal(outcome, 'failed', metric);
      assert.ok(Math.abs((observed ?? 0) - 20 * (1 - share)) < 1e-9, `${metric} ${observed}`);
    }
  }
});

test('a run of which the target refused more than a tenth fails by that name, below it is a warning', async () => {
  const of = async (samples: Sample[]) => {
    const run = runDirectory(runJson(), samples);
    const { summary } = await conclude(run, { thresholds: laxLimits() });
    return summary.reasonDetails.find(({ code }) => code === 'rate-limited');
  };
  const most = await of([...healthySamples(), ...mostlyRefused(0.9, 429)]);
  assert.ok(most?.code === 'rate-limited' && most.beyond);
  assert.deepEqual([most.verdict, most.beyond.operation, most.beyond.limit], ['fail', undefined, 0.1]);
  const few = await of([...healthySamples(), ...mostlyRefused(0.05, 429)]);
  assert.deepEqual([few?.verdict, few?.code === 'rate-limited' && few.beyond], ['warn', undefined]);
  // Of all requests 2 %, and of one operation nearly all.
  const ofOne = await of([
    ...healthySamples(),
    ...mostlyRefused(0, 429),
    ...mostlyRefused(0.9, 429, 'reports.list').slice(0, 30),
  ]);
  assert.ok(ofOne?.code === 'rate-limited' && ofOne.beyond);
  assert.deepEqual([ofOne.verdict, ofOne.beyond.operation], ['fail', 'reports.list']);
  // Those that a journey comes for are no limit that shaped the run.
  const expected = mostlyRefused(0.9, 429).map(
    (sample) =>
      (sample.kind === 'request' && sample.status === 429
        ? { ...sample, ok: true, expected: true }
        : sample) as Sample,
  );
  assert.equal(await of([...healthySamples(), ...expected]), undefined);
});

test('a request or step that had not ended at the end of the run counts with its age where that is beyond the limit', async () => {
  const good = Array.from(
    { length: 3 },
    (): Sample => ({
      t: START + 2000,
      kind: 'request',
      name: 'schedule.validate',
      class: 'complex',
      method: 'GET',
      status: 200,
      value: 40,
      unit: 'ms',
      ok: true,
    }),
  );
  const hanging = (n: number, ms: number): Sample[] =>
    Array.from({ length: n }, () => [
      {
        t: START + 40_000,
        kind: 'event',
        name: 'request-interrupted',
        data: { operation: 'schedule.validate', class: 'complex', ms },
      } as Sample,
      {
        t: START + 40_000,
        kind: 'step',
        name: 'see the violations',
        value: ms,
        unit: 'ms',
        ok: false,
        interrupted: true,
      } as Sample,
    ]).flat();
  const limits = `class.complex.p95: [error, 3000]
request.schedule.validate.max: [error, 3000]
step.see the violations.p50: [error, 3000]`;
  const outcomes = async (...more: Sample[]) => {
    const others = withoutClass('complex');
    const { gates } = await under(limits, [
      ...others,
      ...good,
      ...timed('see the violations', [40]),
      ...more,
    ]);
    return gates.map(({ outcome, n, unended }) => [outcome, n, unended]);
  };
  assert.deepEqual(await outcomes(...hanging(12, 29_000)), [
    ['failed', 15, 12],
    ['failed', 15, 12],
    ['failed', 13, 12],
  ]);
  assert.deepEqual(await outcomes(...hanging(12, 20)), [
    ['inconclusive', 3, undefined],
    ['inconclusive', 3, undefined],
    ['inconclusive', 1, undefined],
  ]);
  const others = withoutClass('complex');
  const { gates } = await under(limits, [
    ...others,
    ...good,
    ...timed('see the violations', [40]),
    ...hanging(12, 29_000),
  ]);
  assert.match(
    gates[0]?.message ?? '',
    /observed 29\s000 ms \(n = 15, 12 of them not ended and counted with their age\)/,
  );
});
