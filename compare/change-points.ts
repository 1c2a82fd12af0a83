/** Where the figures of a series of runs change, and by how much. */
import { eDivisive } from '../analysis/statistics/e-divisive.ts';
import { falseDiscoveryRates } from '../analysis/statistics/false-discovery.ts';
import { bothTailsOfT, interval } from '../analysis/statistics/student-t.ts';
import type { Interval } from '../measure/run/units.ts';
import type { TrendChange } from './trend.ts';
import { ENOUGH_RUNS, mean, numberOf, onScale, type Series } from './trend-series.ts';

/** Of metrics that inform, at most a twentieth of the change points that are shown is there by chance. */
const FALSE_DISCOVERY = 0.05;

/** `students`: p of a list that informs, as in change-test.ts: 999 permutations could find no single one among hundreds. */
type Found = TrendChange & { size: number; students: number };

/** Most worrying first: what became worse before what became better, what decides before what informs, then by size. */
export function changePoints(series: readonly Series[]): TrendChange[] {
  const found = mostWorryingFirst(
    significant(
      series.flatMap((one) => changesIn(one)),
      series,
    ),
  );
  return found.map(({ size: _, students: _too, ...change }) => change);
}

/** The settings of E-divisive are those of `npm run test:statistics`: its own. */
function changesIn(series: Series): Found[] {
  const { metric, unit, decides, scale } = series;
  const there = onScale(series);
  if (there.length < ENOUGH_RUNS) return [];
  const points = eDivisive(there.map(({ value }) => value));
  return points.map(({ at, p, difference }, index): Found => {
    const [start, end] = [points[index - 1]?.at ?? 0, points[index + 1]?.at ?? there.length];
    const [left, right] = [there.slice(start, at), there.slice(at, end)];
    const {
      ends: [low, high],
      p: students,
    } = studentsTest(left.map(numberOf), right.map(numberOf));
    return {
      metric,
      unit,
      decides,
      scale: scale.kind,
      isWorse: difference > 0 === (scale.worse === 'up'),
      before: scale.back(mean(left.map(numberOf))),
      after: scale.back(mean(right.map(numberOf))),
      change: scale.change(difference),
      interval: [low === null ? null : scale.change(low), high === null ? null : scale.change(high)],
      p,
      between: [(left.at(-1) as { run: number }).run, (right[0] as { run: number }).run],
      size: Math.abs(difference),
      // Of all places at which it could lie it was taken where it is clearest.
      students: Math.min(1, students * (there.length - 1)),
    };
  });
}

/** Of two groups with one variance; docs/trend.md says how often its interval has the truth of a point that was searched for. */
function studentsTest(before: readonly number[], after: readonly number[]): { ends: Interval; p: number } {
  const squares = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
  const freedom = before.length + after.length - 2;
  const variance = (squares(before) + squares(after)) / freedom;
  const error = Math.sqrt(variance * (1 / before.length + 1 / after.length));
  const difference = mean(after) - mean(before);
  return { ends: interval(difference, error, freedom, 0.95), p: bothTailsOfT(difference / error, freedom) };
}

/** Of metrics that inform those whose false-discovery rate is low, of all that were searched. */
function significant(changes: readonly Found[], series: readonly Series[]): Found[] {
  const informing = changes.filter(({ decides }) => !decides);
  const changed = new Set(informing.map(({ metric }) => metric));
  const without = series.filter(({ decides, metric }) => !decides && !changed.has(metric));
  const rates = falseDiscoveryRates([...informing.map(({ students }) => students), ...without.map(() => 1)]);
  return [
    ...changes.filter(({ decides }) => decides),
    ...informing
      .map((change, at) => ({ ...change, p: rates[at] as number }))
      .filter(({ p }) => p <= FALSE_DISCOVERY),
  ];
}

function mostWorryingFirst(changes: readonly Found[]): Found[] {
  return [...changes].sort(
    (a, b) =>
      Number(b.isWorse) - Number(a.isWorse) || Number(b.decides) - Number(a.decides) || b.size - a.size,
  );
}
