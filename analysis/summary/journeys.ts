/** Passes of journeys, and what became of those that were planned. */
import { printMetricKey } from '../../config/metric-key.ts';
import type { PlannedJourney } from '../../measure/run/plan.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { CutShort } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import { addObservation, figuresOf, type Series, seriesIn } from './figures.ts';
import { failedShare } from './share.ts';
import type { Summary } from './summary.ts';

/** A journey was due where the chance that the run never draws it is smaller: that it never began is a fault then. */
export const MAX_CHANCE_OF_NONE = 0.001;

type Row = Summary['journeys'][number];
type Passes = Pick<Row, 'begun' | 'ended' | 'cutShort'>;

/** What sessions of one scenario drew outside of warm-up: by journey, how often. */
type Draws = Map<string, number>;

export function collectJourneys(
  run: Pick<RunJson, 'plan' | 'runner' | 'ended'>,
  sessions: { scenarioOf(session: string): string | undefined },
): Collector {
  const journeys = new Map<string, Series>();
  const counts = { started: 0, ok: 0, failed: 0, interrupted: 0, cutShort: 0 };
  const outsideWarmup = { n: 0, failed: 0 };
  const passes = new Map<string, number>();
  const short = new Map<string, { journey: string; code: string; why: string; count: number }>();
  const drawn = new Map<string, Draws>();
  const rows = new Map<string, Passes>();
  let isWhole = run.ended === 'finished';
  const leftBy = new Map<string, readonly string[]>();
  const addShort = (journey: string, { code, text: why }: CutShort): void => {
    counts.cutShort += 1;
    const key = [journey, code, why].join('\n');
    const row = short.get(key) ?? { journey, code, why, count: 0 };
    short.set(key, { ...row, count: row.count + 1 });
  };
  const addDraw = (journey: string, session: string | undefined, how: 'ended' | 'cutShort' | undefined) => {
    const scenario = (session !== undefined && sessions.scenarioOf(session)) || '';
    const draws = drawn.get(scenario) ?? new Map<string, number>();
    drawn.set(scenario, draws.set(journey, (draws.get(journey) ?? 0) + 1));
    const row = rows.get(journey) ?? { begun: 0, ended: 0, cutShort: 0 };
    rows.set(journey, {
      begun: row.begun + 1,
      ended: row.ended + (how === undefined ? 0 : 1),
      cutShort: row.cutShort + (how === 'cutShort' ? 1 : 0),
    });
  };

  return {
    samples: {
      journey({ name, session, value, ok, interrupted, cutShort, warmup }) {
        counts.started += 1;
        passes.set(name, (passes.get(name) ?? 0) + 1);
        const end = cutShort === undefined ? 'ended' : 'cutShort';
        if (!warmup) addDraw(name, session, interrupted ? undefined : end);
        if (interrupted) {
          counts.interrupted += 1;
          return;
        }
        counts[ok ? 'ok' : 'failed'] += 1;
        if (cutShort !== undefined) addShort(name, cutShort);
        if (Array.isArray(cutShort?.leftBy)) leftBy.set(name, cutShort.leftBy);
        if (warmup) return;
        outsideWarmup.n += 1;
        if (!ok) outsideWarmup.failed += 1;
        if (cutShort === undefined) addObservation(seriesIn(journeys, name), { value, ok });
      },
    },
    events: {
      'run-ended-early': () => {
        isWhole = false;
      },
    },
    into(summary) {
      summary.counts.journeys = counts;
      summary.shares['journeys.failed'] = failedShare(outsideWarmup);
      for (const [name, series] of journeys)
        summary.metrics[printMetricKey({ kind: 'journey', name })] = { ...figuresOf(series), unit: 'ms' };
      summary.cutShort = [...short.values()]
        .map((row) => ({ ...row, of: passes.get(row.journey) ?? row.count }))
        .sort((a, b) => b.count - a.count || a.journey.localeCompare(b.journey));
      const chances = chancesOfNone(run, drawn);
      summary.journeys = [...chances].map(([name, chanceOfNone]) => {
        const row = rows.get(name) ?? { begun: 0, ended: 0, cutShort: 0 };
        const isByChance = leftBy.get(name)?.some((other) => passes.has(other)) ?? false;
        return {
          name,
          chanceOfNone,
          ...row,
          ...(isByChance && { byChance: true as const }),
          outcome: outcomeOf(row, chanceOfNone, { isByChance, isWhole }),
        };
      });
    },
  };
}

/**
 * Of each journey the chance that none of the draws of the run was this one: for each scenario (1 − its share of the weights)
 * to the power of the draws, and the product of these. A run of an older suite does not know the weights; its draws have to
 * stand in for them. Benchmarks draw nothing.
 */
function chancesOfNone(
  { plan, runner }: Pick<RunJson, 'plan' | 'runner'>,
  drawn: ReadonlyMap<string, Draws>,
) {
  const chances = new Map<string, number>();
  if (runner === 'bench') return chances;
  const add = (name: string, chance: number) => chances.set(name, (chances.get(name) ?? 1) * chance);
  const scenarios = new Set([...plan.mix.map(({ name }) => name), ...drawn.keys()]);
  for (const scenario of scenarios) {
    const draws: Draws = drawn.get(scenario) ?? new Map();
    const n = sumOf([...draws.values()]);
    const planned: readonly PlannedJourney[] =
      plan.mix.find(({ name }) => name === scenario)?.journeys ??
      [...draws].map(([name, weight]) => ({ name, weight }));
    const all = sumOf(planned.map(({ weight }) => weight));
    // Each perf test is one journey, and no draw.
    for (const { name, weight } of planned) add(name, runner === 'playwright' ? 0 : (1 - weight / all) ** n);
  }
  return chances;
}

/**
 * @param isByChance what it finds is left by other users of the run, who were there
 * @param isWhole nothing cut the run short
 */
function outcomeOf(
  { begun, ended, cutShort }: Passes,
  chanceOfNone: number,
  { isByChance, isWhole }: { isByChance: boolean; isWhole: boolean },
) {
  const isDue = chanceOfNone < MAX_CHANCE_OF_NONE;
  if (begun === 0) return isDue ? 'missing' : 'not-drawn';
  if (isDue && isWhole && ended === 0) return 'never-ended';
  return isDue && !isByChance && cutShort > 0 && cutShort === ended ? 'always-cut-short' : 'exercised';
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
