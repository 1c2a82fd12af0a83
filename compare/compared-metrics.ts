/** Every metric of two groups of runs, each with its change, interval and verdict. */
import { falseDiscoveryRates } from '../analysis/statistics/false-discovery.ts';
import type { Change } from '../analysis/statistics/joint-permutation.ts';
import type { RunValues } from '../analysis/statistics/permuted-runs.ts';
import { type AcceptedSlowdown, excuseOf } from './accepted.ts';
import type { ChangeTest } from './change-test.ts';
import type { ComparedMetric, MetricVerdict } from './comparison.ts';
import { isEnough, type RunFigures, type Value, valuesOf } from './run-figures.ts';
import { runsToDecide } from './runs-to-decide.ts';
import { isBeyond, isExact, limitOf, type Scale, scaleOf } from './scale.ts';

export interface JudgeOptions {
  /** Share, e.g. 0.1. */
  threshold: number;
  accepted: readonly AcceptedSlowdown[];
  /** Runs that it takes on each side to decide. */
  enough: { baseline: number; current: number };
  test: ChangeTest;
}

/** One metric of all runs. */
interface Column {
  metric: string;
  decides: boolean;
  unit: Value['unit'];
  baseline: Array<number | null>;
  current: Array<number | null>;
}

function columnsOf(baseline: readonly RunFigures[], current: readonly RunFigures[]): Column[] {
  const primary = new Set(current.flatMap((run) => run.primary.map(({ metric }) => metric)));
  const of = (runs: readonly RunFigures[]) => runs.map((run) => valuesOf(run, primary));
  const [before, after] = [of(baseline), of(current)];
  const names = new Set([...primary, ...[...after, ...before].flatMap((values) => [...values.keys()])]);
  return [...names].flatMap((metric) => {
    const all = [...before, ...after].flatMap((values) => values.get(metric) ?? []);
    const decides = primary.has(metric);
    if (all.length === 0 || (!decides && !isEnough(metric, all))) return [];
    const valueIn = (values: Map<string, Value>) => values.get(metric)?.value ?? null;
    const unit = all.find(({ value }) => value !== null)?.unit ?? '1';
    return [{ metric, decides, unit, baseline: before.map(valueIn), current: after.map(valueIn) }];
  });
}

/** Those that decide are tested jointly, each of the others by itself, with the rate of false discoveries among them. */
export function judgedMetrics(
  baseline: readonly RunFigures[],
  current: readonly RunFigures[],
  options: JudgeOptions,
): ComparedMetric[] {
  const scaled = columnsOf(baseline, current).map((column) => ({ column, ...onScale(column) }));
  const deciding = scaled.filter(({ column }) => column.decides);
  const informing = scaled.filter(({ column }) => !column.decides);
  const { test } = options;
  const joint = test.joint(deciding.map(({ values }) => values));
  const alone = informing.map(({ values }) => test.joint([values])[0] as Change);
  const rates = falseDiscoveryRates(
    informing.map(({ values }, at) => test.students(alone[at] as Change, values)),
  );
  return [
    ...deciding.map((one, at) => {
      const change = joint[at] as Change;
      const isUp = (change.difference ?? 0) > 0;
      const p = isUp === (one.scale.worse === 'up') ? change.worse.adjusted : change.better.adjusted;
      return judgedMetric(one, change, p, options);
    }),
    ...informing.map((one, at) => judgedMetric(one, alone[at] as Change, rates[at] as number, options)),
  ];
}

function onScale(column: Column): { scale: Scale; values: RunValues } {
  const there = [...column.baseline, ...column.current].filter((value) => value !== null);
  const scale = scaleOf(column.metric, column.unit, there);
  const to = (value: number | null) => (value === null ? null : scale.to(value));
  const { worse } = scale;
  return {
    scale,
    values: {
      name: column.metric,
      worse,
      baseline: column.baseline.map(to),
      current: column.current.map(to),
    },
  };
}

function judgedMetric(
  { column, scale, values }: { column: Column; scale: Scale; values: RunValues },
  { difference, interval }: Change,
  p: number,
  { threshold, accepted, enough, test }: JudgeOptions,
): ComparedMetric {
  const [before, after] = [present(values.baseline), present(values.current)];
  const isFull = before.length >= enough.baseline && after.length >= enough.current;
  const isLarge = difference !== null && isBeyond(scale, difference, threshold);
  const [low, high] = interval;
  const asChange = (end: number | null) => (end === null ? null : scale.change(end));
  const [change, ends] = [
    asChange(difference),
    [asChange(low), asChange(high)] as ComparedMetric['interval'],
  ];
  const isWorseWay = difference !== null && difference > 0 === (scale.worse === 'up');
  const isWithin = [low, high].every((end) => end !== null && !isBeyond(scale, end, threshold));
  const isConstant = isExact(column.metric) && before.length > 1 && isOneNumber(before) && isOneNumber(after);
  const verdict = ((): MetricVerdict => {
    if (difference === null) return 'missing';
    if (isConstant) return !isLarge ? 'same' : isWorseWay ? 'worse' : 'better';
    if (!isFull) return 'unclear';
    if (p <= test.alpha && isLarge) return isWorseWay ? 'worse' : 'better';
    return isWithin ? 'same' : 'unclear';
  })();
  const judged: ComparedMetric = {
    metric: column.metric,
    unit: column.unit,
    decides: column.decides,
    verdict,
    worse: scale.worse,
    scale: scale.kind,
    baseline: before.length > 0 ? scale.back(mean(before)) : null,
    current: after.length > 0 ? scale.back(mean(after)) : null,
    baselineValues: present(column.baseline),
    currentValues: present(column.current),
    change,
    interval: ends,
    p: isFull && difference !== null && !isConstant ? p : null,
    limit: limitOf(scale, threshold),
    ...(isLarge && isOutside(before, after) && { isOutside: true as const }),
    ...(isConstant && before[0] !== after[0] && { isConstant: true as const }),
  };
  const needed =
    verdict === 'unclear'
      ? runsToDecide(scale, interval, difference, {
          threshold,
          runs: { baseline: before.length, current: after.length },
        })
      : undefined;
  const excusedBy = verdict === 'worse' ? excuseOf(judged, accepted) : undefined;
  return {
    ...judged,
    ...(needed !== undefined && { runsToDecide: needed }),
    ...(excusedBy && { excusedBy }),
  };
}

function isOneNumber([first, ...others]: readonly number[]): boolean {
  return first !== undefined && others.every((value) => value === first);
}

function isOutside(before: readonly number[], after: readonly number[]): boolean {
  return Math.min(...after) > Math.max(...before) || Math.max(...after) < Math.min(...before);
}

function present(values: ReadonlyArray<number | null>): number[] {
  return values.filter((value) => value !== null);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
