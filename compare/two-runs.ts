/** Two runs side by side: what differs beyond the sessions' own spread. One pair of runs cannot say worse. */
import { type MetricValue, readMetric } from '../analysis/judge/metric-value.ts';
import { changeInterval } from '../analysis/statistics/change-interval.ts';
import { cliffsDelta } from '../analysis/statistics/cliffs-delta.ts';
import { falseDiscoveryRates } from '../analysis/statistics/false-discovery.ts';
import { mannWhitney } from '../analysis/statistics/mann-whitney.ts';
import { permutedShares } from '../analysis/statistics/permuted-shares.ts';
import type { Summary } from '../analysis/summary/summary.ts';
import { ConfigError } from '../config/errors.ts';
import { parseMetric } from '../config/threshold-metric.ts';
import type { Interval, Unit } from '../measure/run/units.ts';
import { type Difference, differencesOf, differenceText, likenessOf } from './likeness.ts';
import { isEnough, sideBySide } from './run-figures.ts';
import { type ScaleKind, scaleOf } from './scale.ts';
import type { SessionValues } from './session-values.ts';

/** Of what is called different, false on the average. */
const MOST_FALSE = 0.05;

export interface Side {
  summary: Summary;
  /** That the samples were recorded in. */
  schema: number;
  sessions: SessionValues;
}

export interface TwoValues {
  metric: string;
  unit: Unit;
  isPrimary: boolean;
  a: number | null;
  b: number | null;
  scale: ScaleKind;
  /** b beside a: of a ratio a share, else in `unit`. */
  change: number | null;
  /** 95 % interval of `change`, by the values of both runs; it knows nothing of how far apart two runs of one thing are. */
  interval: Interval;
  /** Beyond the sessions' own spread: false-discovery rate below 0.05, of all that were tested. */
  isDifferent: boolean;
  /** False-discovery rate; null: sessions say nothing of it. */
  p: number | null;
  /** Cliff's δ of the sessions' medians: how much more often b's is the larger one, −1 to 1. Absent: not different, or a share. */
  delta?: number;
  /** Sessions behind the test. */
  sessions?: [a: number, b: number];
}

export interface TwoRuns {
  /** Of this object. */
  schema: 1;
  a: string;
  b: string;
  profile: string;
  /** In which the runs differ and runs that are compared should not. */
  unlike: string[];
  /** The different ones first, by the size of the difference; then primary ones, then the others by name. */
  metrics: TwoValues[];
}

/** @throws {ConfigError} one line: it is one run, or runs of other profiles or schemas */
export function twoRuns(a: Side, b: Side): TwoRuns {
  const [one, other] = [a.summary.id, b.summary.id];
  if (one === other) throw new ConfigError(`${one}: named twice. Name two runs.`);
  const unlike = differencesOf(likenessOf(a.summary.run, a.schema), likenessOf(b.summary.run, b.schema));
  const never = unlike.find(({ what }) => what === 'profile' || what === 'schema');
  if (never)
    throw new ConfigError(
      `${other}: another ${never.what} than ${one} (${differenceText(never)}). Name two runs of one profile${never.what === 'schema' ? ', recorded in one schema' : ''}.`,
    );
  const metrics = rowsOf(a, b).sort(
    (x, y) =>
      Number(y.isDifferent) - Number(x.isDifferent) ||
      Math.abs(y.delta ?? 0) - Math.abs(x.delta ?? 0) ||
      Number(y.isPrimary) - Number(x.isPrimary) ||
      x.metric.localeCompare(y.metric),
  );
  return {
    schema: 1,
    a: one,
    b: other,
    profile: likenessOf(a.summary.run, a.schema).profile,
    unlike: unlike.map((difference: Difference) => differenceText(difference)),
    metrics,
  };
}

function rowsOf(a: Side, b: Side): TwoValues[] {
  const [before, after] = [valuesIn(a.summary), valuesIn(b.summary)];
  const primary = new Set([...a.summary.primary, ...b.summary.primary].map(({ metric }) => metric));
  const names = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) =>
      primary.has(name) ||
      isEnough(
        name,
        [before.get(name), after.get(name)].filter((one) => one !== undefined),
      ),
  );
  const rows = names.map((name) => ({
    name,
    row: rowOf(name, before.get(name), after.get(name), primary.has(name)),
    test: testOf(name, a.sessions, b.sessions),
  }));
  const tested = rows.filter(({ test }) => test !== undefined);
  const rates = falseDiscoveryRates(tested.map(({ test }) => (test as Test).p));
  const rateOf = new Map(tested.map(({ name }, at) => [name, rates[at] as number]));
  return rows.map(({ name, row, test }) => {
    const p = rateOf.get(name) ?? null;
    const isDifferent = p !== null && p < MOST_FALSE;
    const delta = isDifferent && test?.medians ? cliffsDelta(...test.medians)?.delta : undefined;
    return {
      ...row,
      isDifferent,
      p,
      ...(delta !== undefined && { delta }),
      ...(test && { sessions: test.sessions }),
    };
  });
}

/** With the intervals that the summary has. */
function valuesIn(summary: Summary): Map<string, MetricValue> {
  const values = new Map<string, MetricValue>();
  for (const { metric, ...primary } of summary.primary)
    if (primary.value !== null) values.set(metric, { ...primary, name: metric });
  for (const expression of sideBySide(summary)) {
    const parsed = parseMetric(expression);
    if (typeof parsed === 'string') continue;
    for (const one of readMetric(parsed, summary))
      if (one.value !== null && !values.has(one.name)) values.set(one.name, one);
  }
  return values;
}

function rowOf(
  metric: string,
  a: MetricValue | undefined,
  b: MetricValue | undefined,
  isPrimary: boolean,
): Omit<TwoValues, 'isDifferent' | 'p'> {
  const [from, to] = [a?.value ?? null, b?.value ?? null];
  const unit = a?.unit ?? b?.unit ?? '1';
  const scale = scaleOf(
    metric,
    unit,
    [from, to].filter((value) => value !== null),
  );
  const about = { metric, unit, isPrimary, a: from, b: to, scale: scale.kind };
  if (from === null || to === null) return { ...about, change: null, interval: [null, null] };
  const scaled = (value: number, ci: MetricValue['ci']) => ({
    value: scale.to(value),
    ci: (ci ?? [null, null]).map((end) => (end === null ? null : scale.to(end))) as Interval,
  });
  const interval = changeInterval(scaled(from, a?.ci), scaled(to, b?.ci));
  return {
    ...about,
    change: scale.change(scale.to(to) - scale.to(from)),
    interval: interval.map((end) => (end === null ? null : scale.change(end))) as Interval,
  };
}

interface Test {
  p: number;
  sessions: [number, number];
  /** Of values; absent of shares. */
  medians?: [number[], number[]];
}

const SHARES: Readonly<Record<string, string>> = {
  'requests.errorRate': 'requests',
  'steps.errorRate': 'steps',
  'checks.failed': 'checks',
};

/** The figure in the middle has the test of sessions, and shares of failures theirs; of tails sessions have too few values. */
function testOf(name: string, a: SessionValues, b: SessionValues): Test | undefined {
  const parsed = parseMetric(name);
  if (typeof parsed === 'string' || parsed.kind === 'finding') return undefined;
  if (parsed.kind === 'share' || parsed.figure === 'errors') {
    const key = parsed.kind === 'share' ? SHARES[parsed.share] : parsed.metric;
    const [before, after] = [a.tries.get(key ?? '') ?? [], b.tries.get(key ?? '') ?? []];
    const p = isFew(before, after) ? null : permutedShares(before, after);
    return p === null ? undefined : { p, sessions: [before.length, after.length] };
  }
  if (parsed.figure !== (parsed.metric.startsWith('vital.') ? 'p75' : 'p50')) return undefined;
  const [before, after] = [a.medians.get(parsed.metric) ?? [], b.medians.get(parsed.metric) ?? []];
  const found = isFew(before, after) ? null : mannWhitney(before, after);
  return found
    ? { p: found.p, sessions: [before.length, after.length], medians: [before, after] }
    : undefined;
}

/** A serial benchmark has one session: no test finds anything in one value against one. */
function isFew(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length < 2 || after.length < 2;
}
