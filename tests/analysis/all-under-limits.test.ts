/** Whatever users in browsers meet is under some limit, in every profile: a step or page that nobody limits may take a minute. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it, test } from 'node:test';
import { parse } from 'yaml';
import { conclude } from '../../analysis/conclude.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { ROOT } from '../../config/environment.ts';
import { metricMatcher, parseMetricKey } from '../../config/metric-key.ts';
import { loadThresholds, thresholdsFor } from '../../config/thresholds.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { expectedSummary, recordedRuns } from './recorded-run.ts';
import { healthySamples, runDirectory, runJson } from './synthetic-run.ts';

const LIMITS = loadThresholds();
const TIMES = ['p50', 'p75', 'p90', 'p95', 'p99', 'max', 'mean'];
/** FCP and TTFB are parts of LCP, and TBT of what INP shows. */
const LIMITED_VITALS = ['LCP', 'INP', 'CLS'];
/** They push the target over its limit, and are judged level by level: of the whole run these figures say nothing. */
const OVERLOAD = ['stress', 'capacity'];

interface Script {
  config: { phases: unknown[] };
  scenarios?: Array<{ engine?: string }>;
}
const scripts = globSync('artillery/*.yml', { cwd: ROOT }).map((file) => ({
  profile: basename(file, '.yml'),
  script: parse(readFileSync(join(ROOT, file), 'utf8')) as Script,
}));
const has = (script: Script, isKind: (engine?: string) => boolean) =>
  (script.scenarios ?? []).some(({ engine }) => isKind(engine));
const withBrowsers = scripts.filter(({ script }) => has(script, (engine) => engine === 'playwright'));
const BROWSER_PROFILES = [...withBrowsers.map(({ profile }) => profile), 'perf'].filter(
  (profile) => !OVERLOAD.includes(profile),
);

function isLimited(profile: string): (key: string) => boolean {
  const { thresholds } = thresholdsFor(LIMITS, [profile], undefined, { browser: true, http: true });
  const patterns = thresholds.flatMap(({ metric }) =>
    metric.kind === 'figure' && TIMES.includes(metric.figure) ? [metricMatcher(metric.metric)] : [],
  );
  return (key) => patterns.some((fits) => fits(key));
}

/** Steps and vitals of pages that were seen, both first and later views. */
function seenInBrowsers(summaries: readonly Summary[]): string[] {
  const keys = summaries
    .flatMap(({ metrics }) => Object.keys(metrics))
    .filter((key) => {
      const { kind, name = '', page } = parseMetricKey(key) ?? {};
      return kind === 'step' || (kind === 'vital' && page !== undefined && LIMITED_VITALS.includes(name));
    });
  return [...new Set(keys)];
}

const seen = seenInBrowsers(recordedRuns().map((name) => expectedSummary(name) as Summary));

test('recorded runs have first and later views, and steps of both', () => {
  for (const kind of ['step.', 'vital.LCP.', 'vital.INP.', 'vital.CLS.'])
    for (const isCold of [true, false])
      assert.ok(
        seen.some((key) => key.startsWith(kind) && key.endsWith(' cold') === isCold),
        `${kind} ${isCold}`,
      );
  assert.ok(BROWSER_PROFILES.length >= 5, BROWSER_PROFILES.join());
});

describe('every step and view that was ever seen is under a limit in', () => {
  for (const profile of BROWSER_PROFILES)
    it(profile, () => {
      assert.deepEqual(
        seen.filter((key) => !isLimited(profile)(key)),
        [],
      );
    });
});

describe('what fails has a limit in', () => {
  for (const { profile, script } of [...scripts, { profile: 'perf', script: undefined }])
    it(profile, () => {
      const kinds = {
        browser: !script || has(script, (engine) => engine === 'playwright'),
        http: script !== undefined && has(script, (engine) => engine !== 'playwright'),
      };
      const { thresholds } = thresholdsFor(LIMITS, [profile], undefined, kinds);
      const shares = thresholds.map(({ expression }) => expression);
      const wanted = [
        'requests.errorRate',
        ...(kinds.http ? ['checks.failed'] : []),
        ...(kinds.browser
          ? ['steps.errorRate', 'browserChecks.failed', 'page.errors', 'page.filesFailed']
          : []),
      ];
      assert.deepEqual(
        wanted.filter((share) => !shares.includes(share)),
        [],
      );
    });
});

type Change = (sample: Sample) => Sample;
const SLOW: Record<string, { metric: RegExp; change: Change }> = {
  'steps that open no new page take a minute': {
    metric: /^step\.open absences\.p50$/,
    change: (sample) =>
      sample.kind === 'step' && !sample.cold ? { ...sample, value: sample.value + 60_000 } : sample,
  },
  'later views have their largest paint after half a minute': {
    metric: /^vital\.LCP\.p75 page \/absences$/,
    change: (sample) =>
      sample.kind === 'vital' && sample.name === 'LCP' && !sample.cold
        ? { ...sample, value: 30_000 }
        : sample,
  },
  'later views react after five seconds': {
    metric: /^vital\.INP\.p75 page \/absences$/,
    change: (sample) =>
      sample.kind === 'vital' && sample.name === 'INP' && !sample.cold ? { ...sample, value: 5000 } : sample,
  },
};

for (const profile of BROWSER_PROFILES)
  test(`${profile} fails where only later steps or views are slow`, async () => {
    const gatesOf = async (change: Change) => {
      const samples = healthySamples().map(change);
      return (await conclude(runDirectory(runJson({ profiles: [profile] }), samples))).summary.gates;
    };
    const healthy = await gatesOf((sample) => sample);
    for (const [what, { metric, change }] of Object.entries(SLOW)) {
      const of = (gates: Summary['gates']) => gates.find((gate) => metric.test(gate.metric))?.outcome;
      assert.deepEqual([of(healthy), of(await gatesOf(change))], ['passed', 'failed'], what);
    }
  });

test('a limit on first or on later views alone needs no samples where the others were seen, and all of it does', async () => {
  const onlyFirst = healthySamples().filter(
    (sample) => !['step', 'vital'].includes(sample.kind) || ('cold' in sample && sample.cold),
  );
  const withoutSamples = async (samples: Sample[]) =>
    (await conclude(runDirectory(runJson(), samples))).summary.gates
      .filter(({ reason }) => reason === 'no-samples')
      .map(({ metric }) => metric);
  assert.deepEqual(await withoutSamples(onlyFirst), []);
  const none = await withoutSamples(healthySamples().filter(({ kind }) => kind !== 'step'));
  assert.ok(none.includes('step.*.p50') && none.includes('step.*.p50 cold'), none.join());
});
