/** `npx loadtest detect`: when a change is called worse, and when it is not. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Summary } from '../../analysis/summary/summary.ts';
import { type Baseline, withRuns } from '../../compare/baseline-file.ts';
import type { Comparison, MetricVerdict } from '../../compare/comparison.ts';
import { comparisonMarkdown } from '../../compare/comparison-markdown.ts';
import { comparisonText } from '../../compare/comparison-text.ts';
import { type DetectOptions, detect } from '../../compare/detect.ts';
import { type RunFigures, runFigures } from '../../compare/run-figures.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';
import { type MadeRun, madeRun, madeSummary, spread } from './made-runs.ts';

/** One session, as every run of benchmarks. */
const BENCH_SAMPLES = join(import.meta.dirname, '../analysis/recorded/bench/samples.ndjson.gz');
const CRUD = 'class.crud.p95';

function runs(name: string, n: number, seed: number, made: Omit<MadeRun, 'id'> = {}): RunFigures[] {
  return spread(n, seed).map((factor, index) =>
    runFigures(madeSummary({ ...made, id: `${name}${index + 1}`, factor: factor * (made.factor ?? 1) }), 2),
  );
}

const baselineOf = (n: number, seed = 1): Baseline => withRuns(undefined, runs('base', n, seed), {});

function compared(
  baseline: Baseline,
  current: readonly RunFigures[],
  options: Partial<DetectOptions> = {},
): Comparison {
  return detect(baseline, current, { file: 'baseline.json', threshold: 0.1, accepted: [], ...options });
}

const of = ({ metrics }: Comparison, name: string) => {
  const found = metrics.find(({ metric }) => metric === name);
  assert.ok(found, name);
  return found;
};

test('five runs and three of the same thing are the same, though they differ by 3 % among themselves', () => {
  const result = compared(baselineOf(5), runs('now', 3, 2));
  assert.deepEqual([result.verdict, result.exitCode, result.canDecide], ['same', 0, true]);
  assert.match(
    result.headline,
    /^The same: the intervals of 6 metrics that decide are within the threshold\.$/,
  );
});

test('a slowdown of a fifth in a metric that decides is worse, exit 1; twice as fast is better, exit 0', () => {
  const worse = compared(baselineOf(5), runs('now', 3, 3, { slower: { 'class.crud': 1.25 } }));
  assert.deepEqual([worse.verdict, worse.exitCode], ['worse', 1]);
  const crud = of(worse, CRUD);
  assert.equal(worse.metrics[0], crud, 'the most worrying one comes first');
  assert.equal(crud.p, 1 / 56, 'the share of the ways to deal five and three runs');
  const [low, high] = crud.interval;
  assert.ok(
    (low ?? 0) > 0.1 && (low ?? 0) < 0.25 && (high ?? 0) > 0.25 && (high ?? 0) < 0.4,
    `${low} ${high}`,
  );
  assert.match(worse.headline, /^Worse: class\.crud\.p95 \+2\d\.\d % \(/);
  assert.deepEqual(
    worse.metrics
      .filter(({ decides, verdict }) => decides && verdict === 'worse')
      .map(({ metric }) => metric),
    [CRUD],
  );
  const better = compared(baselineOf(5), runs('now', 3, 3, { slower: { 'class.crud': 0.5 } }));
  assert.deepEqual([better.verdict, better.exitCode, of(better, CRUD).verdict], ['better', 0, 'better']);
});

test('a change that is sure and below the threshold is not worse; the threshold says which', () => {
  const current = runs('now', 3, 3, { slower: { 'class.crud': 1.25 } });
  const result = compared(baselineOf(5), current, { threshold: 0.5 });
  assert.deepEqual([of(result, CRUD).verdict, result.exitCode], ['same', 0]);
});

test('too few runs only warn: what is outside of all that the baseline showed is named, exit 0', () => {
  const slower = { slower: { 'class.crud': 1.5 } };
  for (const [before, after] of [
    [4, 3],
    [5, 2],
    [2, 1],
  ] as const) {
    const result = compared(baselineOf(before), runs('now', after, 3, slower));
    assert.deepEqual([result.verdict, result.exitCode, result.canDecide], ['unclear', 0, false]);
    assert.equal(of(result, CRUD).isOutside, true);
    assert.match(
      result.headline,
      /^Unclear: class\.crud\.p95 .* is worse in every current run than in any baseline run\./,
    );
  }
  const calm = compared(baselineOf(4), runs('now', 2, 3));
  assert.match(
    calm.headline,
    /^Unclear: no metric that decides is worse in every current run than in any baseline run\. 4 baseline runs and 2 current runs are too few to decide: it takes 5 and 3\.$/,
  );
});

test('an unclear metric says with how many runs it would be decided', () => {
  const noisy = (name: string, factors: readonly number[]) =>
    factors.map((factor, index) =>
      runFigures(madeSummary({ id: `${name}${index}`, slower: { 'class.crud': factor } }), 2),
    );
  const baseline = withRuns(undefined, noisy('base', [0.9, 1, 1.1, 0.95, 1.05]), {});
  const result = compared(baseline, noisy('now', [0.92, 1.08, 1.02]));
  const crud = of(result, CRUD);
  assert.deepEqual([result.verdict, crud.verdict, result.exitCode], ['unclear', 'unclear', 0]);
  assert.ok((crud.runsToDecide ?? 0) > 5 && (crud.runsToDecide ?? 0) < 50, String(crud.runsToDecide));
  assert.match(result.headline, new RegExp(`About ${crud.runsToDecide} runs on each side would decide\\.$`));
});

test('values that are all the same are compared: no change is the same, any beyond the limit is worse', () => {
  const constant = (name: string, n: number, factor: number) =>
    Array.from({ length: n }, (_, index) =>
      runFigures(madeSummary({ id: `${name}${index}`, slower: { 'class.crud': factor } }), 2),
    );
  const baseline = withRuns(undefined, constant('base', 5, 1), {});
  const verdict = (factor: number): MetricVerdict =>
    of(compared(baseline, constant('now', 3, factor)), CRUD).verdict;
  assert.deepEqual(
    [verdict(1), verdict(1.05), verdict(1.2), verdict(0.8)],
    ['same', 'same', 'worse', 'better'],
  );
});

test('a size or a count that is one number on each side is exact: found however few the runs, and never unclear', () => {
  const sized = (side: string, bytes: readonly number[]) =>
    bytes.map((size, at) =>
      runFigures(
        madeSummary({
          id: `${side}${at}`,
          change: ({ metrics }) => {
            const figures = {
              min: size,
              mean: size,
              p50: size,
              p75: size,
              p90: size,
              p95: size,
              p99: size,
              max: size,
            };
            metrics['view.transfer size./schedule'] = { ...figures, n: 1, attempts: 1, errors: 0, unit: 'B' };
          },
        }),
        2,
      ),
    );
  const NAME = 'view.transfer size.p50 page /schedule';
  const comparedSizes = (before: readonly number[], after: readonly number[]) =>
    compared(withRuns(undefined, sized('base', before), {}), sized('now', after));
  const five = (size: number) => [1, 2, 3, 4, 5].map(() => size);
  const larger = comparedSizes(five(402_000), [512_000, 512_000, 512_000]);
  const { verdict, isConstant, p, change } = of(larger, NAME);
  assert.deepEqual([verdict, isConstant, p, change?.toFixed(3)], ['worse', true, null, '0.274']);
  assert.match(
    comparisonText(larger),
    /worse in every run +view\.transfer size\.p50 page \/schedule\n +402 kB +512 kB/,
  );
  assert.equal(of(comparedSizes(five(402_000), five(300_000)), NAME).verdict, 'better');
  const few = of(comparedSizes([402_000, 402_000], [512_000]), NAME);
  assert.deepEqual([few.verdict, few.isConstant], ['worse', true], 'chance has no part in it');
  const little = comparedSizes(five(402_000), [403_000, 403_000, 403_000]);
  assert.equal(of(little, NAME).verdict, 'same', 'below the limit');
  assert.match(comparisonText(little), /same, but another number +view\.transfer size/, 'and shown');
  const equal = of(comparedSizes([402_000, 402_000], [402_000]), NAME);
  assert.deepEqual([equal.verdict, equal.isConstant], ['same', undefined]);
  for (const size of [15_783, 15_801, 402_007, 512_003]) {
    const { isConstant: isOther } = of(comparedSizes(five(size), [size, size, size]), NAME);
    assert.equal(
      isOther,
      undefined,
      `${size}: the means of five and of three logarithms differ in their last digit`,
    );
  }
  const varying = of(comparedSizes([402_000, 402_100, 402_000, 402_000, 402_000], [512_000]), NAME);
  assert.deepEqual(
    [varying.verdict, varying.isConstant],
    ['unclear', undefined],
    'no constant: by its spread',
  );
  assert.equal(comparedSizes(five(402_000), [512_000]).exitCode, 0, 'too few runs decide nothing');
  const time = (id: string, slower: number) =>
    runFigures(madeSummary({ id, slower: { 'class.crud': slower } }), 2);
  const twoTimes = withRuns(undefined, [time('base1', 1), time('base2', 1)], {});
  const { verdict: ofTime, isConstant: isTimeExact } = of(compared(twoTimes, [time('now', 2)]), CRUD);
  assert.deepEqual([ofTime, isTimeExact], ['unclear', undefined], 'a time that is twice the same is chance');
});

test('error shares and layout shift start at 0: they are compared by their difference', () => {
  const change = (share: number) => (summary: Summary) => {
    summary.shares['requests.errorRate'] = { value: share, n: 273 };
    for (const primary of summary.primary) if (primary.metric === 'requests.errorRate') primary.value = share;
  };
  const verdict = (share: number) =>
    of(compared(baselineOf(5), runs('now', 3, 2, { change: change(share) })), 'requests.errorRate');
  assert.deepEqual(
    [0, 0.004, 0.006].map((share) => verdict(share).verdict),
    ['same', 'same', 'worse'],
    'half a point of a hundred is the limit at 10 %',
  );
  assert.deepEqual([verdict(0.006).scale, verdict(0.006).change?.toFixed(4)], ['difference', '0.0060']);
});

test('benchmarks are compared by the same command, also where only some of them were run', () => {
  const baseline = withRuns(undefined, runs('base', 5, 1, { of: 'bench' }), {});
  const name = 'journey.match swap candidates';
  const same = compared(baseline, runs('now', 3, 2, { of: 'bench' }));
  assert.deepEqual([same.verdict, same.exitCode], ['same', 0]);
  const worse = compared(baseline, runs('now', 3, 2, { of: 'bench', slower: { [name]: 1.3 } }));
  assert.deepEqual([worse.verdict, worse.exitCode, worse.metrics[0]?.metric], ['worse', 1, `${name}.p50`]);
  assert.ok(
    !worse.metrics.some(({ metric }) => metric.startsWith('journey.generate one week')),
    'nobody ran it',
  );
});

test('throughput gets worse by falling', () => {
  const change = (rate: number) => (summary: Summary) => {
    summary.counters = [{ name: 'edits made', n: 100, times: 50, rate }];
    summary.primary.push({ metric: 'count.edits made.rate', value: rate, unit: '/s', n: 50 });
    summary.primary.shift();
  };
  const baseline = withRuns(undefined, runs('base', 5, 1, { change: change(10) }), {});
  const verdict = (rate: number) => {
    const result = compared(baseline, runs('now', 3, 2, { change: change(rate) }));
    return [of(result, 'count.edits made.rate').verdict, result.exitCode];
  };
  assert.deepEqual(
    [verdict(8), verdict(12)],
    [
      ['worse', 1],
      ['better', 0],
    ],
  );
});

test('a metric that one side lacks is a finding; a primary one that is gone fails', () => {
  const without = (summary: Summary) => {
    for (const key of ['class.crud', 'request.people.list']) delete summary.metrics[key];
    for (const primary of summary.primary)
      if (primary.metric === CRUD) Object.assign(primary, { value: null, n: 0 });
  };
  const gone = compared(baselineOf(5), runs('now', 3, 2, { change: without }));
  assert.deepEqual([gone.verdict, gone.exitCode, of(gone, CRUD).verdict], ['missing', 1, 'missing']);
  assert.equal(of(gone, 'request.people.list.errors').verdict, 'missing');
  assert.match(gone.headline, /^Missing: class\.crud\.p95 was not measured by the current runs\.$/);
  assert.match(comparisonText(gone), /missing now +request\.people\.list\.errors/);
  const few = compared(baselineOf(4), runs('now', 2, 2, { change: without }));
  assert.deepEqual([few.verdict, few.exitCode], ['missing', 0], 'too few runs only warn');
  assert.match(few.headline, /^Unclear: class\.crud\.p95 was not measured/);
  const before = withRuns(undefined, runs('base', 5, 1, { change: without }), {});
  const appeared = compared(before, runs('now', 3, 2));
  assert.deepEqual([appeared.verdict, appeared.exitCode], ['unclear', 0]);
  assert.match(appeared.headline, /^Unclear: the baseline has no class\.crud\.p95\. Make a new one\.$/);
  assert.match(comparisonText(appeared), /new: not in the baseline +class\.crud\.p95/);
});

test('a metric that became primary since decides too, where the baseline kept its distribution', () => {
  const primary = (summary: Summary) => {
    const value = summary.metrics['class.crud']?.p99 ?? 0;
    summary.primary = [{ metric: 'class.crud.p99', value, unit: 'ms', n: 61 }];
  };
  const result = compared(
    baselineOf(5),
    runs('now', 3, 3, { slower: { 'class.crud': 1.25 }, change: primary }),
  );
  const deciding = result.metrics.filter(({ decides }) => decides);
  assert.deepEqual(
    deciding.map(({ metric, verdict }) => [metric, verdict]),
    [['class.crud.p99', 'worse']],
  );
});

test('an operation that does not decide informs: it is named, and the verdict stays', () => {
  const result = compared(baselineOf(5), runs('now', 3, 2, { slower: { 'request.people.list': 1.5 } }));
  assert.deepEqual([result.verdict, result.exitCode], ['same', 0]);
  const operation = of(result, 'request.people.list.p50');
  assert.deepEqual([operation.decides, operation.verdict], [false, 'worse']);
  assert.ok((operation.p ?? 1) < 0.01, 'also among all others');
  assert.match(
    comparisonText(result),
    /Metrics that inform .*\n +verdict +metric\n.*\n +worse +request\.people\.list\.p50\n/,
  );
});

test('an intended slowdown is excused up to its limit and until its day, and is printed', () => {
  const current = runs('now', 3, 3, { slower: { 'class.crud': 1.25 } });
  const entry = { metric: 'class.crud.*', limit: 40, reason: 'signs each row', until: '2099-12-31' };
  const outcome = (changes: Partial<typeof entry>) => {
    const result = compared(baselineOf(5), current, { accepted: [{ ...entry, ...changes }] });
    return [result.exitCode, result.accepted[0]?.outcome];
  };
  const pattern = { metric: 'class.*.p95' };
  assert.deepEqual(outcome(pattern), [0, 'excuses']);
  assert.deepEqual(outcome({ ...pattern, limit: 15 }), [1, 'exceeded']);
  assert.deepEqual(outcome({ ...pattern, until: '2020-01-01' }), [1, 'expired']);
  assert.deepEqual(outcome({ metric: 'class.auth.p95' }), [1, 'not needed']);
  const two = compared(
    baselineOf(5),
    runs('now', 3, 3, { slower: { 'class.crud': 1.35, 'class.complex': 1.3 } }),
    {
      accepted: [{ ...entry, metric: CRUD }],
    },
  );
  assert.deepEqual(
    two.metrics.slice(0, 2).map(({ metric }) => metric),
    ['class.complex.p95', CRUD],
    'what is excused worries less',
  );
  const excused = compared(baselineOf(5), current, { accepted: [{ ...entry, ...pattern }] });
  assert.match(excused.headline, /^The same: .* 5 metrics .*\. Accepted: class\.crud\.p95 \+2\d\.\d % \(/);
  for (const text of [comparisonText(excused), comparisonMarkdown(excused)]) {
    assert.match(text, /worse, accepted/);
    assert.match(
      text,
      /accepted: class\.\\?\*\.p95, worse by up to 40, until 2099-12-31 \(signs each row\): excuses/,
    );
  }
});

test('the command: verdict, Markdown and JSON of one result; wrong sides are one line and exit 2', async () => {
  const folder = join(temporaryDirectory(), 'runs');
  mkdirSync(folder);
  const settings = { REPORTS_DIR: folder };
  const make = (name: string, n: number, seed: number, made: Omit<MadeRun, 'id'> = {}) =>
    spread(n, seed).map((factor, index) => {
      madeRun(folder, { ...made, id: `${name}${index + 1}`, factor });
      return `${name}${index + 1}`;
    });
  const before = make('base', 5, 1);
  const slow = make('slow', 3, 3, { slower: { 'class.crud': 1.25 } });
  const run = (...words: string[]) => explained(['detect', ...words], settings);
  const refused = async (words: string[], message: RegExp) => {
    const answer = await run(...words);
    assert.equal(answer.code, 2, answer.said);
    assert.match(answer.wrong, message);
    assert.equal(answer.wrong.trimEnd().split('\n').length, 1, answer.wrong);
  };
  await refused(['--current', ...slow], /embedded\/load\.json: cannot be read \(ENOENT\).*baseline list/);
  await explained(['baseline', 'add', 'base1'], settings);
  await refused(['--current', ...slow], /load\.json: one run shows no spread between runs\. Add runs/);
  await explained(['baseline', 'add', ...before.slice(1)], settings);

  const file = join(folder, '../baselines/embedded/load.json');
  const markdown = join(folder, 'comparison.md');
  const { code, said } = await run(
    '--current',
    ...slow,
    '--baseline',
    file,
    '--threshold',
    '10',
    '--markdown',
    markdown,
  );
  assert.equal(code, 1, said);
  const [headline = ''] = said.split('\n');
  assert.match(headline, /^Worse: class\.crud\.p95/);
  assert.ok(readFileSync(markdown, 'utf8').includes(`**${headline}**`));
  const json = await run('--current', ...slow, '--baseline', 'embedded/load', '--json');
  const result = JSON.parse(json.said) as Comparison;
  assert.deepEqual([json.code, result.headline, result.exitCode], [1, headline, 1]);
  assert.ok(result.metrics.length > 150, 'JSON has every metric');

  await refused([], /^detect: no current run\. Name one or more with --current\./);
  await refused(['--current', 'slow1', 'slow1'], /^slow1: named twice\./);
  await refused(['--current', 'base2'], /^base2: is in the baseline too\./);
  await refused(['--current', ...slow, '--threshold', 'ten'], /^--threshold ten: not a percentage\./);
  make('spike', 1, 1, {
    change: ({ run: facts }) => {
      facts.profiles = ['spike'];
    },
  });
  await refused(
    ['--current', 'spike1', '--baseline', file],
    /^spike1 \(profile: load and spike\): unlike the baseline of load on embedded\./,
  );
  make('cores', 1, 1, {
    change: ({ run: facts }) => {
      facts.host.cores = 8;
    },
  });
  await refused(['--current', 'cores1'], /^cores1 \(cores: 2 and 8\): unlike the baseline/);
  assert.match(
    (await run('--current', 'cores1', '--force')).said,
    /compared by force: cores1 \(cores: 2 and 8\)/,
  );
  make('failed', 1, 1, {
    change: (summary) => {
      summary.verdict = 'fail';
    },
  });
  assert.match((await run('--current', 'failed1')).said, /^gates failed in failed1$/m);
  const accepted = join(folder, '../accepted.yml');
  writeFileSync(accepted, '- { metric: class.crud.p95, limit: 30, reason: none, until: soon }\n');
  await refused(['--current', ...slow], /accepted\.yml:1: 0\.until: /);
  writeFileSync(accepted, '');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 5000));
  await refused(['--current', ...slow], /load\.json: damaged or half-written/);
});

test('runs of benchmarks go through baseline add, detect and compare like those of any profile', async () => {
  const folder = join(temporaryDirectory(), 'runs');
  mkdirSync(folder);
  const settings = { REPORTS_DIR: folder };
  const make = (name: string, n: number, seed: number, slower = {}) =>
    spread(n, seed).map((factor, index) => {
      madeRun(folder, { id: `${name}${index + 1}`, factor, of: 'bench', slower });
      copyFileSync(BENCH_SAMPLES, join(folder, `${name}${index + 1}`, 'samples.ndjson.gz'));
      return `${name}${index + 1}`;
    });
  const added = await explained(['baseline', 'add', ...make('base', 5, 1)], settings);
  assert.match(added.said, /bench\.json: 5 runs, complete$/m);
  const slow = make('slow', 3, 2, { 'journey.match swap candidates': 1.4 });
  const { code, said } = await explained(['detect', '--current', ...slow], settings);
  assert.equal(code, 1, said);
  assert.match(said, /^Worse: journey\.match swap candidates\.p50 \+\d\d\.\d % \(/);
  const both = await explained(['compare', 'base1', 'slow1'], settings);
  assert.equal(both.code, 0, both.wrong);
  assert.match(both.said, /^Nothing could be tested: both runs need several sessions/);
  assert.match(both.said, /journey\.match swap candidates\.p50\n +\S+ ms +\S+ ms +\+\d\d\.\d %/);
});
