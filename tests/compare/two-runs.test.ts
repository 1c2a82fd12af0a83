/** `npx loadtest compare`: two runs side by side, and what differs beyond the sessions' own spread. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { TwoRuns } from '../../compare/two-runs.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, temporaryDirectory } from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';

/** As many sessions as it takes: the same minute several times, each with sessions of its own. */
function samplesOf(seed: number, change: (sample: Sample) => Sample = (one) => one): Sample[] {
  return [0, 1, 2].flatMap((round) =>
    healthySamples(seed * 10 + round)
      .filter(({ kind }) => round === 0 || kind !== 'generator')
      .map((sample) => {
        const { session } = sample;
        return change(session === undefined ? sample : { ...sample, session: `${session}-${round}` });
      }),
  );
}

async function concludedRun(id: string, samples: readonly Sample[], facts: Partial<RunJson> = {}) {
  const directory = runDirectory(runJson({ id, ...facts }), samples);
  await conclude(directory);
  return directory;
}

const compare = (...words: string[]) => explained(['compare', ...words]);

test('a slower operation and more errors are different; two runs of one thing are not, and nothing is called worse', async () => {
  const first = await concludedRun('first', samplesOf(1));
  const again = await concludedRun('again', samplesOf(2));
  const name = samplesOf(1).find(({ kind }) => kind === 'request')?.name ?? '';
  let n = 0;
  const changed = await concludedRun(
    'changed',
    samplesOf(3, (sample) => {
      if (sample.kind !== 'request') return sample;
      if (sample.name === name) return { ...sample, value: sample.value * 2.5 };
      n += 1;
      return n % 6 === 0 ? { ...sample, ok: false, status: 500 } : sample;
    }),
  );
  const calm = await compare(first, again);
  assert.equal(calm.code, 0, calm.said);
  assert.match(
    calm.said,
    /^No metric differs more between the runs than between sessions of one run \(\d+ metrics tested\)\./,
  );

  const markdown = join(temporaryDirectory(), 'two.md');
  const { code, said } = await compare(first, changed, '--markdown', markdown);
  assert.equal(code, 0, 'also where much differs');
  assert.match(
    said,
    /^\d+ metrics of \d+ tested differ more between the runs than between sessions of one run\./,
  );
  assert.doesNotMatch(said, /worse/i);
  const json = JSON.parse((await compare(first, changed, '--json')).said) as TwoRuns;
  const of = (metric: string) => json.metrics.find((one) => one.metric === metric);
  const slow = of(`request.${name}.p50`);
  assert.ok(slow?.isDifferent && (slow.delta ?? 0) > 0.5 && (slow.change ?? 0) > 0.5, JSON.stringify(slow));
  const [low, high] = slow.interval;
  assert.ok(
    low !== null && high !== null && low > 0 && low < (slow.change ?? 0) && high > (slow.change ?? 0),
  );
  assert.equal(of('requests.errorRate')?.isDifferent, true);
  assert.equal(json.metrics[0]?.isDifferent, true, 'the different ones come first');
  assert.equal(of(`request.${name}.p95`)?.p, null, 'sessions say nothing of a tail, but it is side by side');
  assert.ok((of(`request.${name}.p95`)?.change ?? 0) > 0.5);
  assert.ok(readFileSync(markdown, 'utf8').includes(`| different | request.${name}.p50`));
  const all = await compare(first, changed, '--all');
  assert.ok(all.said.split('\n').length > said.split('\n').length);
  for (const { metric } of json.metrics) assert.ok(all.said.includes(metric), metric);
});

test('one run, a run twice, runs of other profiles and three runs are refused in one line; what is unlike is named', async () => {
  const [first, other] = [
    await concludedRun('first', samplesOf(1)),
    await concludedRun('other', samplesOf(2)),
  ];
  const spike = await concludedRun('spike', samplesOf(3), { profiles: ['spike'] });
  const { host } = runJson();
  const large = await concludedRun('large', samplesOf(4), { host: { ...host, cores: 8 } });
  for (const [words, message] of [
    [[first], /^compare: 1 run\. Name two;/],
    [[first, other, large], /^compare: 3 runs\. Name two;/],
    [[first, first], /^first: named twice\. Name two runs\./],
    [
      [first, spike],
      /^spike: another profile than first \(profile: smoke and spike\)\. Name two runs of one profile\./,
    ],
    [[first, 'nowhere'], /nowhere: no such directory\./],
  ] as const) {
    const { code, wrong } = await compare(...words);
    assert.equal(code, 2, wrong);
    assert.match(wrong, message);
    assert.equal(wrong.trimEnd().split('\n').length, 1, wrong);
  }
  assert.match((await compare(first, large)).said, /^not alike in cores: 2 and 8$/m);
});
