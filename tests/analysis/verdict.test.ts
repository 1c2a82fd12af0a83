import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, watchedSamples } from './synthetic-run.ts';

async function judged(samples: readonly Sample[], changes: Partial<RunJson> = {}) {
  const { verdict, exitCode, summary } = await conclude(runDirectory(runJson(changes), samples));
  const { reasons, reasonDetails } = summary;
  assert.deepEqual(
    reasonDetails.map(({ text }) => text),
    reasons,
  );
  return { verdict, exitCode, first: reasons[0] ?? '', reasons, code: reasonDetails[0]?.code };
}
const each = (change: (sample: Sample) => Sample) => healthySamples().map(change);

test('no samples at all: invalid, exit 3', async () => {
  const { verdict, exitCode, first } = await judged([]);
  assert.deepEqual([verdict, exitCode], ['invalid', 3]);
  assert.match(first, /no samples/);
});

test('samples but nobody came: invalid', async () => {
  const { verdict, first } = await judged(healthySamples().filter(({ kind }) => kind === 'generator'));
  assert.equal(verdict, 'invalid');
  assert.match(first, /no session started/);
});

test('the target died: invalid before anything else that failed', async () => {
  const dead: Sample = { t: START + 9000, kind: 'event', name: 'target-died', data: { how: 'exited' } };
  const failing = each((sample) =>
    sample.kind === 'request' ? { ...sample, ok: false, status: 0 } : sample,
  );
  const { verdict, exitCode, first, code } = await judged([...failing, dead], { ended: 'target-died' });
  assert.deepEqual([verdict, exitCode, code], ['invalid', 3, 'target-died']);
  assert.match(first, /target died/);
});

test('fewer users than planned: invalid; in an interrupted run they are not missed, exit 130', async () => {
  const fewer = healthySamples().filter(({ session }) => session !== 'h9');
  const { verdict, first, code } = await judged(fewer);
  assert.deepEqual([verdict, code], ['invalid', 'users-missing']);
  assert.match(first, /only 13 of 14 planned sessions started \(92\.9 %\)/);
  const cut = await judged(fewer, { ended: 'interrupted' });
  assert.deepEqual([cut.verdict, cut.exitCode], ['warn', 130]);
  assert.match(cut.first, /interrupted/);
});

test('a finished run has an end for each session that it started: else it is invalid', async () => {
  const lost = new Set(['b0', 'b1', 'h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7']);
  const isEnd = ({ kind, session = '' }: Sample, of: ReadonlySet<string>) =>
    kind === 'session' && of.has(session);
  const neverEnded = (of: ReadonlySet<string>) => healthySamples().filter((sample) => !isEnd(sample, of));
  const { verdict, exitCode, first, code } = await judged(neverEnded(lost));
  assert.deepEqual([verdict, exitCode, code], ['invalid', 3, 'sessions-unended']);
  assert.match(first, /10 of 14 sessions never ended, though the run finished/);
  assert.equal(
    (await judged(neverEnded(new Set(['b3'])))).code,
    'sessions-unended',
    'one is enough, of browsers too',
  );
  // Cut off in the middle of its journey, as by the time limit of a perf test.
  const cut = each((sample) =>
    isEnd(sample, new Set(['b3'])) ? ({ ...sample, ok: false, interrupted: true } as Sample) : sample,
  );
  assert.equal((await judged(cut)).code, 'sessions-unended');
  assert.equal((await judged(cut, { runner: 'playwright' })).code, 'sessions-unended');
});

test('sessions without an end are no wonder in a run that did not finish', async () => {
  const samples = healthySamples().filter(({ kind, session }) => kind !== 'session' || session !== 'h9');
  const codes = async (more: readonly Sample[], changes: Partial<RunJson> = {}) =>
    (await conclude(runDirectory(runJson(changes), [...samples, ...more]))).summary.reasonDetails.map(
      ({ code }) => code,
    );
  assert.deepEqual(await codes([], { ended: 'interrupted' }), ['interrupted']);
  for (const by of ['breaking-point', 'search'] as const) {
    const data = { by, why: 'the answer was found' };
    assert.deepEqual(
      await codes([{ t: START + 59_000, kind: 'event', name: 'run-ended-early', data }]),
      [],
      by,
    );
  }
});

test('a line that could not be used may have been the end of a session', async () => {
  const samples = healthySamples();
  const isEnd = ({ kind, session }: Sample) => kind === 'session' && session === 'h9';
  const dir = runDirectory(
    runJson(),
    samples.filter((sample) => !isEnd(sample)),
    '\0\0\0\n',
  );
  const { summary } = await conclude(dir);
  assert.deepEqual(
    summary.reasonDetails.map(({ code }) => code),
    ['samples-damaged'],
  );
});

test('an interrupted run that failed says so, and still exits 130', async () => {
  const failing = each((sample) => (sample.kind === 'step' ? { ...sample, ok: false, error: 'x' } : sample));
  const { verdict, exitCode } = await judged(failing, { ended: 'interrupted' });
  assert.deepEqual([verdict, exitCode], ['fail', 130]);
});

const starved: Array<[what: string, change: (sample: Sample) => Sample, reason: RegExp]> = [
  [
    'users delayed',
    (s) => (s.kind === 'session' ? { ...s, due: s.started - 1500 } : s),
    /started late: p95 1.500 ms/,
  ],
  [
    'a blocked event loop',
    (s) => (s.kind === 'generator' ? { ...s, loopDelay: 350 } : s),
    /event loop was delayed/,
  ],
  [
    'answers that wait for its loop',
    (s) => (s.kind === 'generator' ? { ...s, loopWait: 60, loopUse: 0.5 } : s),
    /answers waited for the generator: an answer waited 60 ms for its event loop \(mean of a second, p95 of the seconds\), limit 10 ms/,
  ],
  [
    'a loop that is never idle',
    (s) => (s.kind === 'generator' ? { ...s, loopWait: 4, loopUse: 0.98 } : s),
    /too busy: busy p95 98 % of a second, limit 64 %/,
  ],
  ['too little CPU', (s) => (s.kind === 'generator' ? { ...s, cpu: 0.97 } : s), /short of CPU: p95 97 %/],
];
for (const [what, change, reason] of starved) {
  test(`a generator with ${what}: invalid`, async () => {
    const { verdict, exitCode, first } = await judged(each(change));
    assert.deepEqual([verdict, exitCode], ['invalid', 3]);
    assert.match(first, reason);
  });
}

test('a busy generator is a warning before it is invalid', async () => {
  const busy = (loopWait: number, loopUse: number) =>
    judged(each((s) => (s.kind === 'generator' ? { ...s, loopWait, loopUse } : s)));
  assert.equal((await busy(1, 0.5)).verdict, 'pass');
  const { verdict, exitCode, first } = await busy(4, 0.6);
  assert.deepEqual([verdict, exitCode], ['warn', 0]);
  assert.match(
    first,
    /p95 of HTTP latencies may be some percent too long: an answer waited 4 ms .*, limit 3 ms; busy p95 60 %/,
  );
});

test('one bad second does not make a minute invalid: it is named', async () => {
  let done = false;
  const samples = each((sample) => {
    if (sample.kind !== 'generator') return sample;
    if (done) return { ...sample, loopWait: 1 };
    done = true;
    return { ...sample, cpu: 1, loopDelay: 900, loopWait: 80 };
  });
  const { verdict, code } = await judged(samples);
  assert.deepEqual([verdict, code], ['warn', 'generator-stalled']);
});

test('Web Vitals lost: a warning below 99 %, invalid below 95 %', async () => {
  const without = (count: number) => {
    let left = count;
    return healthySamples().filter(
      (sample) => !(sample.kind === 'vital' && sample.name === 'FCP' && left-- > 0),
    );
  };
  // 228 can be had (TTFB of hard views only): 4 lost are 1.8 %, 20 are 8.8 %.
  const some = await judged(without(4));
  assert.deepEqual([some.verdict, some.exitCode], ['warn', 0]);
  assert.match(some.first, /only 98\.2 % of the Web Vitals/);
  assert.equal((await judged(without(2))).verdict, 'pass');
  assert.equal((await judged(without(20))).verdict, 'invalid');
});

test('what a cut-off user’s views still had is not missed', async () => {
  const cut = healthySamples()
    .filter((sample) => !(sample.kind === 'vital' && sample.session === 'b0'))
    .map((sample) =>
      sample.kind === 'session' && sample.session === 'b0'
        ? { ...sample, ok: false, interrupted: true }
        : sample,
    );
  const { verdict, reasons } = await judged(cut, { ended: 'interrupted' });
  assert.deepEqual([verdict, reasons.length], ['warn', 1]);
});

test('a run by the Playwright runner needs no plan of arrivals', async () => {
  const changes = {
    runner: 'playwright',
    profiles: ['perf'],
    plan: { phases: [], mix: [], seed: 1 },
  } as const;
  const { verdict, reasons } = await judged(healthySamples(), changes as unknown as Partial<RunJson>);
  assert.deepEqual([verdict, reasons], ['pass', []]);
});

test('three requests in ten failed: fail, exit 1', async () => {
  let count = 0;
  const samples = each((sample) =>
    sample.kind === 'request' && count++ % 10 < 3
      ? { ...sample, ok: false, status: 500, error: 'boom' }
      : sample,
  );
  const { verdict, exitCode, reasons } = await judged(samples);
  assert.deepEqual([verdict, exitCode], ['fail', 1]);
  assert.ok(reasons.some((reason) => /requests\.errorRate: expected ≤ 0 %, observed 30\.4 %/.test(reason)));
});

test('limits of the target that shaped the run are named in the verdict, with the operations', async () => {
  let turn = 0;
  const limited = each((sample) => {
    turn += sample.kind === 'request' ? 1 : 0;
    return sample.kind === 'request' && turn === 1 ? { ...sample, ok: false, status: 429 } : sample;
  });
  const { verdict, reasons } = await judged(limited);
  assert.notEqual(verdict, 'pass');
  assert.match(reasons.join('\n'), /the target rate-limited this run: 1 of \d+ requests answered 429 \(\S/);
});

test('paced sign-ins that looping users back are a warning; those that did not are none', async () => {
  const paced = (ms: number): Sample => ({
    t: START + 500,
    kind: 'event',
    name: 'sign-in-paced',
    data: { ms },
  });
  const held = await judged([...healthySamples(), paced(0), paced(24_000)]);
  assert.deepEqual([held.verdict, held.exitCode], ['warn', 0]);
  assert.match(held.first, /sign-ins were paced: 1 of 2 users waited for their turn, at most 24 s/);
  assert.equal((await judged([...healthySamples(), paced(0)])).verdict, 'pass');
});

test('a machine full of other work is a warning; so is one that generator and target fill while browsers run', async () => {
  const seconds = (full: number, cpu: number, targetCpu: number) => {
    const isFull = (t: number) => t < START + (full + 1) * 1000;
    return watchedSamples().map((sample): Sample => {
      if (sample.kind === 'generator') return isFull(sample.t) ? { ...sample, cpu, hostCpu: 0.99 } : sample;
      return sample.kind === 'target' && isFull(sample.t) ? { ...sample, cpu: targetCpu } : sample;
    });
  };
  const busy = await judged(seconds(4, 0.2, 0.1));
  assert.deepEqual([busy.verdict, busy.exitCode, busy.reasons.length], ['warn', 0, 1]);
  assert.match(
    busy.first,
    /busy with other work: in 4 of 59 seconds over 95 % of all cores were in use, and other programs used more than half of that$/,
  );
  assert.equal(
    (await judged(seconds(2, 0.2, 0.1))).verdict,
    'pass',
    'up to one second in twenty, as a p95 would show',
  );
  assert.equal(
    (await judged(seconds(4, 0.3, 0.3))).verdict,
    'pass',
    'half of it is the run’s, its target’s too',
  );
  const contended = await judged(seconds(60, 0.52, 0.48));
  assert.deepEqual(
    [contended.verdict, contended.code, contended.reasons.length],
    ['warn', 'machine-full', 1],
  );
  assert.match(
    contended.first,
    /browsers waited for a core: target and generator share the machine; in \d\d of \d\d seconds .* \(generator 52(\.0)? %, target 48(\.0)? %\)/,
  );
  assert.equal((await judged(seconds(28, 0.52, 0.48))).verdict, 'pass', 'up to half of the seconds');
  assert.equal((await judged(seconds(40, 0.52, 0.48))).code, 'machine-full', 'more than half of them');
  const overHttp = (await judged(seconds(60, 0.52, 0.48).filter(({ via }) => via !== 'browser'))).reasons;
  assert.ok(!overHttp.some((reason) => reason.includes('browsers waited')), 'nobody is in a browser');
  const away = { ...runJson().target, kind: 'deployment', url: 'https://staging.example.org' } as const;
  const withOthers = await judged(
    seconds(60, 0.6, 0).filter(({ kind }) => kind !== 'target'),
    { target: away },
  );
  assert.match(withOthers.first, /^browsers waited for a core; in .*\(generator 60(\.0)? %\).* more cores$/);
  const warned = async (length: number, samples: Sample[], words: string) => {
    const end = START + length * 1000;
    const within = samples.filter(({ kind, t }) => kind !== 'generator' || t < end);
    const { reasons } = await judged(within, { end: new Date(end).toISOString() });
    return reasons.some((reason) => reason.includes(words));
  };
  const others = (full: number) => warned(12, seconds(full, 0.2, 0.1), 'other work');
  assert.deepEqual([await others(1), await others(2)], [false, true], 'one second of a short run is chance');
  const starting = (full: number) => warned(8, seconds(full, 0.52, 0.48), 'browsers waited');
  assert.deepEqual(
    [await starting(5), await starting(7)],
    [false, true],
    'browsers that start fill a machine',
  );
  const late = seconds(4, 0.2, 0.1).map(
    (sample): Sample => (sample.kind === 'session' ? { ...sample, due: sample.started - 1500 } : sample),
  );
  const { verdict, code, reasons } = await judged(late);
  assert.deepEqual([verdict, code], ['invalid', 'machine-busy'], 'what made users late comes before that');
  assert.match(reasons[1] ?? '', /started late/);
  // A target that this run did not start may be what kept its own machine busy.
  const target = { ...runJson().target, kind: 'deployment' } as const;
  const strange = await judged(
    seconds(60, 0.2, 0.1).filter(({ kind }) => kind !== 'target'),
    { target },
  );
  assert.match(strange.first, /other work \(which may be the target’s\): in 59 of 59/);
});

test('journeys that the environment does not allow are named as not exercised, in a load run too', async () => {
  const skip = (journey: string): Sample => ({
    t: START + 1,
    kind: 'event',
    name: 'journey-skipped',
    data: { journey, why: 'changes users, which prod does not allow' },
  });
  const { plan } = runJson();
  const mix = plan.mix.map((one, index) => (index === 0 ? { ...one, leftOut: ['request leave'] } : one));
  const { verdict, summary } = await conclude(
    runDirectory(runJson({ plan: { ...plan, mix } }), [
      ...healthySamples(),
      ...['manage users', 'change a setting'].map(skip),
    ]),
  );
  assert.equal(verdict, 'pass');
  assert.deepEqual(
    summary.notes.filter(({ code }) => code === 'journeys-skipped').map(({ text }) => text),
    [
      'not exercised, and in no figure: 3 journeys: request leave (local does not allow what they change); manage users, change a setting (changes users, which prod does not allow)',
    ],
  );
});

const { plan: PLAN } = runJson();
const WITHOUT: Array<[what: string, changes: Partial<RunJson>]> = [
  ['profiles', { profiles: [] }],
  ['phases', { plan: { ...PLAN, phases: [] } }],
  ['scenarios', { plan: { ...PLAN, mix: [] } }],
  [
    'users',
    { plan: { ...PLAN, phases: [{ name: 'steady', duration: 60, arrivals: { 'swaps over HTTP': 0 } }] } },
  ],
];
for (const [what, changes] of WITHOUT)
  test(`a plan without ${what}: invalid by name`, async () => {
    const { verdict, first, code } = await judged(healthySamples(), changes);
    assert.deepEqual([verdict, code], ['invalid', 'no-plan']);
    assert.match(first, new RegExp(`the plan in run\\.json has no ${what}`));
  });

test('a finished run whose samples do not reach to its end, or go on after it: invalid by name', async () => {
  const ending = (seconds: number, ended: RunJson['ended'] = 'finished') =>
    judged(healthySamples(), { end: new Date(START + seconds * 1000).toISOString(), ended });
  const late = await ending(600);
  assert.deepEqual([late.verdict, late.code], ['invalid', 'end-without-samples']);
  assert.match(late.first, /the samples end 9 min( 0 s)? before the end of the run, though it finished/);
  const early = await ending(30);
  assert.deepEqual([early.verdict, early.code], ['invalid', 'end-without-samples']);
  assert.match(early.first, /the samples go on for 30 s after the end of the run/);
  assert.equal((await ending(68)).verdict, 'pass');
  assert.notEqual((await ending(600, 'interrupted')).code, 'end-without-samples');
});
