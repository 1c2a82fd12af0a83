/** Seconds in which the generator stood still make p95 and the maximum: they are named, however few they are. */
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { GeneratorSample, Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const BLOCKED = { loopDelay: 950, cpu: 1 };

/** A healthy run of that length (s) whose generator is as `stalls` says in some of them. */
async function judged(stalls: Record<number, Partial<GeneratorSample>>, seconds = 60, more: Sample[] = []) {
  const others = healthySamples().filter(({ kind }) => kind !== 'generator');
  const watched = Array.from({ length: seconds }, (_, index): Sample => {
    const usual = { cpu: 0.3, loopDelay: 10, loopWait: 0.1, users: 14, browserUsers: 4, httpUsers: 10 };
    const t = START + (index + 1) * 1000;
    return { t, kind: 'generator', name: 'generator', ...usual, ...stalls[index + 1] };
  });
  const end = new Date(START + seconds * 1000).toISOString();
  const { summary } = await conclude(runDirectory(runJson({ end }), [...others, ...watched, ...more]));
  const reasons = summary.reasonDetails;
  return { verdict: summary.verdict, reasons, first: reasons[0] };
}

test('two seconds of a minute are a warning that names them, and what overlaps them', async () => {
  const { verdict, reasons, first } = await judged({ 12: BLOCKED, 40: BLOCKED });
  assert.deepEqual([verdict, reasons.length], ['warn', 1]);
  assert.ok(first?.code === 'generator-stalled');
  assert.deepEqual([first.seconds, first.of, first.at, first.worstMs], [2, 60, [11, 39], 950]);
  const overlaps = (sample: Sample) =>
    (sample.kind === 'request' || sample.kind === 'step') &&
    [12, 40].some((s) => sample.t >= START + (s - 1) * 1000 && sample.t - sample.value <= START + s * 1000);
  const during = healthySamples().filter(overlaps);
  assert.equal(first.requests, during.filter(({ kind }) => kind === 'request').length);
  assert.equal(first.steps, during.filter(({ kind }) => kind === 'step').length);
  assert.ok(first.requests > 5 && first.steps > 0);
  assert.match(first.text, /in 2 of 60 seconds .*11 s, 39 s into the run.* up to 950 ms/);
});

test('three of a hundred are more than half of the slowest twentieth: p95 is then the generator’s', async () => {
  const { verdict, first } = await judged({ 30: BLOCKED, 50: BLOCKED, 70: BLOCKED }, 100);
  assert.deepEqual([verdict, first?.code], ['invalid', 'generator-stalled']);
  assert.match(first?.text ?? '', /limit 2\.50 %/);
});

test('one second without a core left, or of many short stops, is one too', async () => {
  for (const stall of [{ cpu: 1 }, { loopDelay: 320, loopWait: 150 }]) {
    const { verdict, first } = await judged({ 30: stall });
    assert.deepEqual([verdict, first?.code], ['warn', 'generator-stalled'], JSON.stringify(stall));
  }
});

test('a delay that is shorter than half of a second is none, nor is a busy one', async () => {
  const { reasons } = await judged({ 12: { loopDelay: 300, loopWait: 40 }, 30: { cpu: 0.95 } });
  assert.deepEqual(reasons, []);
});

test('a stop that is reported by itself is not reported twice', async () => {
  const stop: Sample = { t: START + 30_010, kind: 'event', name: 'stood-still', data: { ms: 1500 } };
  const { reasons } = await judged({ 30: { loopDelay: 1500 } }, 60, [stop]);
  assert.deepEqual(
    reasons.map(({ code }) => code),
    ['stood-still'],
  );
});

test('of several processes one that stands still is enough', async () => {
  const process = (profile: string, loopDelay: number): Sample[] =>
    Array.from({ length: 60 }, (_, index) => ({
      t: START + (index + 1) * 1000,
      kind: 'generator' as const,
      name: 'generator' as const,
      profile,
      cpu: 0.2,
      loopDelay: index === 29 ? loopDelay : 10,
      users: 1,
      browserUsers: 0,
      httpUsers: 1,
    }));
  const others = healthySamples().filter(({ kind }) => kind !== 'generator');
  const { summary } = await conclude(
    runDirectory(runJson(), [...others, ...process('load', 10), ...process('soak', 900)]),
  );
  assert.ok(summary.reasonDetails.some(({ code }) => code === 'generator-stalled'));
});

describe('seconds of load in which nobody looked at the generator', () => {
  const without = async (isLost: (sample: GeneratorSample, second: number) => boolean) => {
    const samples = healthySamples().filter(
      (sample) => sample.kind !== 'generator' || !isLost(sample, (sample.t - START) / 1000),
    );
    const { summary } = await conclude(runDirectory(runJson(), samples));
    return { verdict: summary.verdict, reasons: summary.reasons, code: summary.reasonDetails[0]?.code };
  };

  it('few of them are a warning by name', async () => {
    const { verdict, code, reasons } = await without((_, second) => second > 20 && second <= 22);
    assert.deepEqual([verdict, code, reasons.length], ['warn', 'generator-unwatched', 1]);
    assert.match(
      reasons[0]?.replaceAll(' ', ' ') ?? '',
      /^the generator’s health was not watched for 2 s of \d+ s of load \(20 s into the run\)/,
    );
  });

  it('so are one or two of a short run, in which they are more than a twentieth', async () => {
    const short = healthySamples().filter(
      ({ kind, t }) =>
        t <= START + 20_000 && (kind !== 'generator' || t <= START + 8_000 || t > START + 10_000),
    );
    const { summary } = await conclude(
      runDirectory(runJson({ end: new Date(START + 20_000).toISOString() }), short),
    );
    const reason = summary.reasonDetails.find(({ code }) => code === 'generator-unwatched');
    assert.equal(reason?.verdict, 'warn');
  });

  it('more than a twentieth, at the begin, in the middle or at the end: invalid', async () => {
    for (const [from, to] of [
      [0, 9],
      [20, 30],
      [40, 60],
      [0, 60],
    ] as const) {
      const { verdict, code } = await without((_, second) => second > from && second <= to);
      assert.deepEqual([verdict, code], ['invalid', 'generator-unwatched'], `${from} s to ${to} s`);
    }
  });

  it('one that is late, or was blocked, is none', async () => {
    assert.deepEqual((await without((_, second) => second === 20)).reasons, []);
    const delayed = healthySamples()
      .filter(({ kind, t }) => kind !== 'generator' || t <= START + 20_000 || t > START + 24_000)
      .map((sample) =>
        sample.kind === 'generator' && sample.t === START + 25_000 ? { ...sample, loopDelay: 4000 } : sample,
      );
    const { summary } = await conclude(runDirectory(runJson(), delayed));
    assert.ok(!summary.reasonDetails.some(({ code }) => code === 'generator-unwatched'));
  });

  it('a look without CPU is a note', async () => {
    const samples = healthySamples().map((sample) =>
      sample.kind === 'generator' && sample.t > START + 30_000 ? { ...sample, cpu: undefined } : sample,
    );
    const { summary } = await conclude(runDirectory(runJson(), samples));
    assert.equal(summary.verdict, 'pass');
    assert.match(
      summary.notes.find(({ code }) => code === 'cpu-unwatched')?.text ?? '',
      /CPU was not watched in 30 of 60 seconds/,
    );
  });

  it('each process of a run of several profiles is looked at', async () => {
    const samples = healthySamples().flatMap((sample): Sample[] =>
      sample.kind === 'generator'
        ? ['a', 'b']
            .filter((profile) => profile === 'a' || sample.t <= START + 20_000 || sample.t > START + 40_000)
            .map((profile) => ({ ...sample, profile, cpu: (sample.cpu ?? 0) / 2 }))
        : [sample],
    );
    const { summary } = await conclude(runDirectory(runJson(), samples));
    assert.deepEqual(
      summary.reasonDetails.map(({ code }) => code),
      ['generator-unwatched'],
    );
  });
});
