/** Whether a rule's alert is firing. */
import { existsSync } from 'node:fs';
import { limitText, plural, quantity } from '../../analysis/format.ts';
import { FINAL_POLICY, isUnbroken, judgeLimit } from '../../analysis/judge/judge-limit.ts';
import { type Limit, limitOf } from '../../analysis/judge/limit.ts';
import { type MetricValue, readMetric } from '../../analysis/judge/metric-value.ts';
import { RunDirectoryError } from '../../analysis/read/run-directory-error.ts';
import { acceptedFile, readAccepted } from '../../compare/accepted.ts';
import { baselineOf, readBaseline } from '../../compare/baseline-file.ts';
import { changePoints } from '../../compare/change-points.ts';
import { changeText } from '../../compare/comparison-words.ts';
import { concludedRun } from '../../compare/concluded-run.ts';
import { CURRENT_COMPLETE, detect } from '../../compare/detect.ts';
import type { DirectoryOfRun } from '../../compare/trend-runs.ts';
import { chosenSeries, ENOUGH_RUNS, seriesOf } from '../../compare/trend-series.ts';
import { day } from '../../compare/trend-words.ts';
import type { AlertRule } from '../../config/alert-rules.ts';
import { ConfigError } from '../../config/errors.ts';
import { unitOf } from '../../config/threshold-metric.ts';
import type { Judgement, RuleOf } from './judgement.ts';
import { directoriesOf, newestStart, outcomeOf, type Runs, seriesOfRule } from './runs-of-rule.ts';

/** Metrics that a sentence names. */
const MOST_NAMED = 3;

/** What keeps a rule from being judged (no run, an invalid one, a damaged file) makes it unknown, with that as its text. */
export function judgeRule(rule: AlertRule, runs: Runs, now: Date): Judgement {
  const at = runs.named ? new Date(runs.named.start) : now;
  try {
    switch (rule.kind) {
      case 'threshold':
        return judgeThreshold(rule, runs);
      case 'regression':
        return judgeRegression(rule, runs);
      case 'trend':
        return judgeTrend(rule, runs, at);
      case 'no-data':
        return judgeNoData(rule, runs, at);
      case 'probe':
        return judgeProbe(rule, runs, at);
    }
  } catch (error) {
    if (error instanceof ConfigError || error instanceof RunDirectoryError) return unknown(error.message);
    throw error;
  }
}

function judgeThreshold(rule: RuleOf<'threshold'>, runs: Runs): Judgement {
  const [newest] = directoriesOf(rule, runs);
  if (!newest) return unknown(`no run of ${rule.profile} on ${rule.environment} yet`);
  const { summary } = concludedRun(newest.directory);
  if (summary.run.ended === 'interrupted' && summary.verdict !== 'fail')
    return unknown(`${newest.id} was interrupted`);
  const limit = limitOf(rule);
  const values = readMetric(rule.metric, summary);
  const run = newest.id;
  const expected = limitText(limit.side, limit.limit, values[0]?.unit ?? unitOf(rule.metric));
  if (values.length === 0)
    return {
      outcome: 'firing',
      text: `${rule.expression}: expected ${expected}, but there are no samples`,
      run,
    };
  const broken = values.filter((value) => judgeLimit(limit, value, FINAL_POLICY).outcome === 'failed');
  if (broken.length > 0) return { outcome: 'firing', text: brokenText(broken, limit, expected), run };
  const open = values.find((value) => !isSettled(limit, value));
  if (open) return { ...unknown(`${open.name}: too few samples (n = ${open.n}) to say`), run };
  return { outcome: 'over', text: `${rule.expression} ${expected}`, run };
}

function isSettled(limit: Limit, value: MetricValue): boolean {
  return judgeLimit(limit, value, FINAL_POLICY).outcome === 'passed' || isUnbroken(limit, value);
}

/** The worst first. */
function brokenText(broken: readonly MetricValue[], { side }: Limit, expected: string): string {
  const sign = side === 'at least' ? 1 : -1;
  const worst = [...broken].sort((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0)));
  const named = worst
    .slice(0, MOST_NAMED)
    .map(({ name, value, unit, n }) => `${name} was ${quantity(value, unit)} (n = ${n})`);
  const more = worst.length > MOST_NAMED ? `, and ${worst.length - MOST_NAMED} more` : '';
  return `expected ${expected}, but ${named.join(', ')}${more}`;
}

function judgeRegression(rule: RuleOf<'regression'>, runs: Runs): Judgement {
  const file = baselineOf(rule, runs.reportsDir);
  if (!existsSync(file)) return unknown(`no baseline of ${rule.profile} on ${rule.environment} yet`);
  const baseline = readBaseline(file);
  // What began before the newest of the baseline is no news.
  const known = baseline.runs.map(({ start }) => start).sort();
  const others = seriesOfRule(rule, runs).filter(({ start }) => start > (known.at(-1) ?? ''));
  const current = others.slice(-CURRENT_COMPLETE);
  if (current.length < CURRENT_COMPLETE)
    return unknown(`${plural(current.length, 'run')} after the baseline; it takes ${CURRENT_COMPLETE}`);
  const accepted = readAccepted(acceptedFile(runs.reportsDir));
  const { canDecide, verdict, headline } = detect(baseline, current, {
    file,
    threshold: rule.threshold,
    accepted,
  });
  const run = current.at(-1)?.id;
  if (!canDecide || verdict === 'unclear') return { ...unknown(headline), run };
  return { outcome: verdict === 'worse' || verdict === 'missing' ? 'firing' : 'over', text: headline, run };
}

function judgeTrend(rule: RuleOf<'trend'>, runs: Runs, now: Date): Judgement {
  const { expression, within } = rule;
  const all = seriesOfRule(rule, runs);
  if (all.length < ENOUGH_RUNS)
    return unknown(`${plural(all.length, 'run')} that are alike; it takes ${ENOUGH_RUNS}`);
  const series = chosenSeries(seriesOf(all), expression === undefined ? [] : [expression]);
  const changes = changePoints(series.filter(({ decides }) => decides || expression !== undefined));
  const startOf = (at: number) => all[at]?.start ?? '';
  const last = changes.filter((one) =>
    changes.every((other) => other.metric !== one.metric || other.between[1] <= one.between[1]),
  );
  const since = new Date(now.getTime() - within * 1000).toISOString();
  const worse = last.filter(({ isWorse, between }) => isWorse && startOf(between[1]) >= since);
  const run = all.at(-1)?.id;
  if (worse.length === 0) return { outcome: 'over', text: `nothing became worse since ${day(since)}`, run };
  const named = worse
    .slice(0, MOST_NAMED)
    .map((one) => `${one.metric} ${changeText(one)} since ${day(startOf(one.between[1]))}`);
  return { outcome: 'firing', text: named.join(', '), run };
}

function judgeNoData(rule: RuleOf<'no-data'>, runs: Runs, now: Date): Judgement {
  const start = newestStart(rule, runs);
  if (start === undefined)
    return { outcome: 'firing', text: `no run of ${rule.profile} on ${rule.environment} yet` };
  const isLate = now.getTime() - Date.parse(start) > rule.after * 1000;
  return { outcome: isLate ? 'firing' : 'over', text: `the newest run began at ${start}` };
}

/** A target that cannot be reached leaves no run at all: silence stands for it. */
function judgeProbe(rule: RuleOf<'probe'>, runs: Runs, now: Date): Judgement {
  const all: Array<DirectoryOfRun & { outcome: 'failed' | 'passed' }> = [];
  // A summary is large, and a probe has hundreds: only the newest that say something are read.
  for (const run of directoriesOf(rule, runs)) {
    const outcome = outcomeOf(run);
    if (outcome !== 'unknown') all.push({ ...run, outcome });
    if (all.length === rule.failures) break;
  }
  const [newest] = all;
  if (!newest) return unknown(`no run of ${rule.profile} on ${rule.environment} with a result yet`);
  const run = newest.id;
  if (all.length === rule.failures && all.every(({ outcome }) => outcome === 'failed')) {
    const how = rule.failures === 1 ? 'the newest run' : `the newest ${rule.failures} runs`;
    return { outcome: 'firing', text: `${how} failed`, run };
  }
  if (now.getTime() - Date.parse(newest.start) > rule.silence * 1000)
    return { outcome: 'firing', text: `no result since ${newest.start}: not reached, or not started`, run };
  if (newest.outcome === 'failed')
    return { ...unknown('the newest run failed, not yet those before it'), run };
  return { outcome: 'over', text: `the run of ${newest.start} passed`, run };
}

function unknown(text: string): Judgement {
  return { outcome: 'unknown', text };
}
