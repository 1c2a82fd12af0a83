/** What disturbed the generator is named in the verdict; what did not is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { EventCode } from '../../measure/run/events.ts';
import type { EventSample, Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

async function judged(...more: Sample[]) {
  const { verdict, summary } = await conclude(runDirectory(runJson(), [...healthySamples(), ...more]));
  return { verdict, first: summary.reasons[0] ?? '', reasons: summary.reasons };
}
const event = (name: EventCode, data: Record<string, unknown>, after = 12_000): Sample =>
  ({
    t: START + after,
    kind: 'event',
    name,
    data,
  }) as EventSample;

const GRAVE: Array<[what: string, event: Sample, told: RegExp]> = [
  [
    'a clock that jumped ahead',
    event('clock-jumped', { ms: 5000 }),
    /^the generator's clock jumped by \+5\.0 s 12 s into the run: lateness/,
  ],
  ['a clock that jumped back', event('clock-jumped', { ms: -300 }), /clock jumped by −0\.3 s/],
  [
    'a generator that was stopped',
    event('stood-still', { ms: 3012, cpuMs: 90 }),
    /^the generator stood still for 3\.0 s, 12 s into the run \(suspended, or starved of CPU\)$/,
  ],
  [
    'a generator that was busy by itself',
    event('stood-still', { ms: 3012, cpuMs: 2900 }),
    /stood still for 3\.0 s, .* \(busy with its own work: 2\.9 s of CPU\)$/,
  ],
  [
    'a browser that was stopped',
    event('suspended', { ms: 3000, programs: 'chrome' }),
    /^a part of the generator was suspended for about 3\.0 s, 12 s into the run \(chrome\)/,
  ],
  [
    'a temporary folder that was full',
    event('temporary-folder-full', { why: '12 KiB free' }),
    /^the generator's temporary folder was full, 12 s into the run \(12 KiB free\): .* set TMPDIR to a folder that has more, or set TRACE=off$/,
  ],
  [
    'samples that no disk took',
    event('samples-lost', { count: 7, why: 'ENOSPC: no space left on the disk' }),
    /^7 samples could not be written and are lost \(ENOSPC: no space left on the disk\)$/,
  ],
];
for (const [what, disturbance, told] of GRAVE) {
  test(`${what}: invalid, and named`, async () => {
    const { verdict, first } = await judged(disturbance);
    assert.equal(verdict, 'invalid');
    assert.match(first, told);
  });
}

test('a second and a half is reported, and makes a minute no worse than it was', async () => {
  const { verdict, reasons } = await judged(event('stood-still', { ms: 1500, cpuMs: 20 }));
  assert.deepEqual([verdict, reasons.length], ['warn', 1]);
  assert.match(reasons[0] ?? '', /stood still for 1\.5 s/);
});

test('many jumps do not fill the verdict', async () => {
  const jumps = Array.from({ length: 20 }, (_, n) => event('clock-jumped', { ms: 400 }, n * 1000));
  const { reasons } = await judged(...jumps);
  assert.equal(reasons.length, 4);
  assert.match(reasons[3] ?? '', /3 s into the run.*, and 16 times more$/);
});

test('a run of an older suite, which reported the delay of its loop only', async () => {
  const samples = (loopDelay: number) =>
    healthySamples().map((sample, index, all) =>
      index === all.findIndex(({ kind }) => kind === 'generator')
        ? ({ ...sample, loopDelay } as Sample)
        : sample,
    );
  const of = async (loopDelay: number) =>
    (await conclude(runDirectory(runJson(), samples(loopDelay)))).summary;
  assert.match((await of(3000)).reasons[0] ?? '', /^the generator stood still for 3\.0 s \(suspended/);
  const { verdict, reasons } = await of(1900);
  assert.equal(verdict, 'warn');
  assert.match(reasons[0] ?? '', /^the generator stood still .* in 1 of 60 seconds/);
});
