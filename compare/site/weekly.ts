/** Figures of a profile's runs by week. */
import { ascending, percentile } from '../../analysis/statistics/percentile.ts';
import type { JourneyOfRole } from '../../analysis/summary/summary.ts';
import type { RunFigures } from '../run-figures.ts';
import type { Trend, TrendChange, TrendMetric } from '../trend.ts';
import { byPeriod, weekOf } from './periods.ts';

/** Weeks that are shown: half a year. */
const MOST_WEEKS = 26;

/** A row for each thing, a cell for each week; undefined: it has no figure in that week. */
export interface Weekly<Row, Cell> {
  /** Newest first. */
  weeks: string[];
  rows: Array<Row & { cells: Array<Cell | undefined> }>;
}

type Row = Pick<JourneyOfRole, 'role' | 'journey' | 'via'>;

/** Of each role, over all runs of a week that the history knows it of. By role, then by journey. */
export function journeysByWeek(runs: readonly RunFigures[]): Weekly<Row, JourneyOfRole> {
  const weeks = byPeriod(runs, ({ start }) => weekOf(start), MOST_WEEKS);
  const cells = weeks.map(({ things }) => journeysOf(things));
  const rows = new Map<string, Row>(cells.flatMap((week) => [...week]));
  return {
    weeks: weeks.map(({ period }) => period),
    rows: [...rows]
      .map(([key, { role, journey, via }]) => ({
        role,
        journey,
        via,
        cells: cells.map((week) => week.get(key)),
      }))
      .sort((a, b) => a.role.localeCompare(b.role) || a.journey.localeCompare(b.journey)),
  };
}

/** Summed over runs; the score counts each by its passes. */
function journeysOf(runs: readonly RunFigures[]): Map<string, JourneyOfRole> {
  const found = new Map<string, JourneyOfRole>();
  for (const one of runs.flatMap(({ conclusion }) => conclusion?.journeys ?? [])) {
    const key = JSON.stringify([one.role, one.journey, one.via]);
    const before = found.get(key);
    found.set(key, before ? bothOf(before, one) : one);
  }
  return found;
}

function bothOf(one: JourneyOfRole, other: JourneyOfRole): JourneyOfRole {
  const scored = [one, other].filter(({ score }) => score !== null);
  const passes = scored.reduce((sum, part) => sum + part.passes, 0);
  const sum = scored.reduce((total, part) => total + (part.score ?? 0) * part.passes, 0);
  const troubled = (one.troubled ?? 0) + (other.troubled ?? 0);
  return {
    ...one,
    ...(troubled > 0 && { troubled }),
    passes: one.passes + other.passes,
    failed: one.failed + other.failed,
    cutShort: one.cutShort + other.cutShort,
    score: passes === 0 ? null : sum / passes,
  };
}

/** A figure in a week: the median of its runs, and the change points whose first run lies in it. */
export interface FigureWeek {
  value: number;
  changes: TrendChange[];
}

/** Of metrics of a trend: what changed first, then by name. */
export function figuresByWeek(
  { runs, changes }: Trend,
  metrics: readonly TrendMetric[],
): Weekly<TrendMetric, FigureWeek> {
  const indices = runs.map((_, run) => run);
  const weeks = byPeriod(indices, (run) => weekOf(runs[run]?.start ?? ''), MOST_WEEKS);
  const rows = metrics.map((metric) => {
    const own = changes.filter((change) => change.metric === metric.metric);
    const cells = weeks.map(({ things }): FigureWeek | undefined => {
      const value = medianOf(things.flatMap((run) => metric.values[run] ?? []));
      return value === null
        ? undefined
        : { value, changes: own.filter(({ between: [, first] }) => things.includes(first)) };
    });
    return { ...metric, changed: own.length > 0, cells };
  });
  return {
    weeks: weeks.map(({ period }) => period),
    rows: rows.sort((a, b) => Number(b.changed) - Number(a.changed) || a.metric.localeCompare(b.metric)),
  };
}

function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : percentile(ascending(values), 0.5);
}
