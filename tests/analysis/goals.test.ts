/** Goals stand beside the gates in every output and change no verdict. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import { ConfigError } from '../../config/errors.ts';
import { goalsFor, loadGoals } from '../../config/goals.ts';
import { allProfileNames } from '../../config/profile-names.ts';
import { loadThresholds, thresholdsFor } from '../../config/thresholds.ts';
import type { RequestSample, Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

/** Thousands with a plain space. */
const plain = (text = '') => text.replaceAll('\u202f', ' ');

/** As many requests of a class, all of these times. */
function requests(ofClass: RequestSample['class'], count: number, value: number): Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    t: START + 1000 + index * 10,
    kind: 'request',
    name: 'some.operation',
    class: ofClass,
    method: 'GET',
    status: 200,
    value,
    unit: 'ms',
    ok: true,
    via: 'http',
    session: 'h1',
  }));
}

async function concluded(profile: string, samples: Sample[], healthy = healthySamples()) {
  const dir = runDirectory(runJson({ profiles: [profile] }), [...healthy, ...samples]);
  const { summary } = await conclude(dir);
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  return { summary, read, text: verdictLine(summary) };
}

test('a missed goal stands beside the limit that passed, in every output, and the verdict is as it was', async () => {
  const slow = await concluded('load', requests('complex', 40, 655));
  const goal = slow.summary.goals?.find(({ metric }) => metric === 'class.complex.p95');
  assert.equal(plain(goal?.message), 'class.complex.p95 655 ms; goal 500 ms missed; limit 3 000 ms passed');
  assert.deepEqual(
    [goal?.outcome, goal?.goal, goal?.limit, goal?.limitOutcome],
    ['missed', 500, 3000, 'passed'],
  );
  assert.match(
    slow.text,
    /\n {2}\d of \d+ goals met, 1 missed, .*\n {2}- class\.complex\.p95 655 ms; goal 500 ms missed/,
  );
  assert.match(
    slow.read('summary.md'),
    /### Goals: .*1 missed.*\n[\s\S]*\| class\.complex\.p95 \| 655 ms \| 500 ms \| missed \| 3.000 ms passed \|/,
  );
  assert.match(slow.read('index.html'), /<h2 id="goals">Goals<\/h2>[\s\S]*class\.complex\.p95[\s\S]*Missed/);
  assert.deepEqual(
    JSON.parse(slow.read('summary.json')).goals,
    JSON.parse(JSON.stringify(slow.summary.goals)),
  );
  assert.ok(!slow.read('junit.xml').includes('goal'), 'it is no test case');

  const quick = await concluded('load', requests('complex', 40, 455));
  assert.equal(quick.summary.goals?.find(({ metric }) => metric === 'class.complex.p95')?.outcome, 'met');
  assert.deepEqual(
    [slow.summary.verdict, slow.summary.reasons],
    [quick.summary.verdict, quick.summary.reasons],
  );
});

test('a goal without a limit in the profile is shown alone; of few samples there is not enough data, of none it has no row', async () => {
  const { summary } = await concluded(
    'load',
    [...requests('business', 40, 1700), ...requests('generation', 3, 12_000)],
    healthySamples().filter((sample) => sample.kind !== 'request' || sample.class !== 'write'),
  );
  const message = (metric: string) => plain(summary.goals?.find((one) => one.metric === metric)?.message);
  assert.equal(message('class.business.p95'), 'class.business.p95 1 700 ms; goal 1 500 ms missed');
  assert.match(
    message('class.generation.p95'),
    /; goal 10 000 ms not enough data \(n = \d+ of at least 20\)$/,
  );
  assert.equal(message('class.write.p95'), '');
});

test('profiles that push a target too far show none; in those made for a class its goal stays a gate', async () => {
  const goals = loadGoals();
  const without = allProfileNames().filter((name) => goalsFor(goals, name).length === 0);
  assert.deepEqual(without.sort(), ['capacity', 'rate-limit', 'spike', 'stress']);
  const { summary } = await concluded('spike', requests('crud', 40, 655));
  assert.deepEqual(summary.goals, []);

  const limits = loadThresholds();
  for (const [profile, metric, limit] of [
    ['crud', 'class.crud.p95', 300],
    ['crud', 'class.write.p95', 300],
    ['compliance', 'class.complex.p95', 500],
    ['swaps', 'class.business.p95', 1500],
    ['schedule-generation', 'class.generation.p95', 10_000],
    ['resilience', 'class.resilience.p95', 3000],
    ['load', 'availability', 0.999],
  ] as const) {
    const gate = thresholdsFor(limits, [profile]).thresholds.find(({ expression }) => expression === metric);
    assert.deepEqual([gate?.level, gate?.limit], ['error', limit], `${profile} ${metric}`);
    assert.equal(goals.all.find(({ expression }) => expression === metric)?.limit, limit);
  }
});

test('several profiles have their goals by name', async () => {
  const run = runJson({ profiles: ['load', 'spike'] });
  const { summary } = await conclude(runDirectory(run, healthySamples()));
  assert.ok(summary.goals?.every(({ metric }) => metric.startsWith('load: ')));
});

test('a mistake in goals.yml, and a limit on a goal that there is not, are one line with file and line', () => {
  const file = (text: string) => {
    const path = join(temporaryDirectory(), 'given.yml');
    writeFileSync(path, text);
    return path;
  };
  const cases: Array<[text: string, says: RegExp]> = [
    ['goals:\n  class.crude.p95: { goal: 1, why: w }\n', /given\.yml:2: .*crude.*crud/],
    ['goals:\n  availability: { goal: 99.9, why: w }\n', /given\.yml:2: .*Write 0\.999 for 99\.9 %\.$/],
    ['goals:\n  class.*.p95: { goal: 1, why: w }\n', /given\.yml:2: .*Name it without \*\.$/],
    ['goals: {}\nnotIn: [stres]\n', /given\.yml:2: .*stres: no such profile; did you mean stress\?/],
    ['goals:\n  class.crud.p95: 300\n', /given\.yml:2: /],
  ];
  for (const [text, message] of cases)
    assert.throws(() => loadGoals(file(text)), { name: ConfigError.name, message, exitCode: 2 });
  const limits = file('load:\n  metrics:\n    class.auth.p95: [error, goal]\n');
  assert.throws(() => loadThresholds(limits), {
    message: /given\.yml:3: .*config\/goals\.yml has no goal for class\.auth\.p95; write a number/,
    exitCode: 2,
  });
  const asGoal = loadThresholds(file('load:\n  metrics:\n    class.crud.p95 from due: [error, goal]\n'));
  assert.equal(asGoal.get('load')?.thresholds[0]?.limit, 300);
});
