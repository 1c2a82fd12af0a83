/** Steps, and the figures of each. */

import type { StepSample } from '../../measure/run/samples.ts';
import { APDEX_T, type ApdexTally, addToApdex, apdexOf, newApdex } from '../statistics/apdex.ts';
import { addObservation, coldFiguresOf, figuresOf, newSeries, type Series } from './series.ts';
import type { Figures, Summary } from './summary.ts';

interface StepTally {
  series: Series;
  journeys: Set<string>;
  pages: Map<string, number>;
  coarse: number;
  apdex: Tallies;
}

/** As with times: the drain's are used only where there are no others. */
interface Tallies {
  loaded: ApdexTally;
  drained: ApdexTally;
}

function newTallies(): Tallies {
  return { loaded: newApdex(), drained: newApdex() };
}

function counted({ loaded, drained }: Tallies): ApdexTally {
  return apdexOf(loaded) === null ? drained : loaded;
}

export function collectSteps() {
  const steps = new Map<string, StepTally>();
  const counts = { started: 0, ok: 0, failed: 0, interrupted: 0, excused: 0 };
  const apdex = newTallies();

  return {
    add(sample: StepSample, excused: boolean, drained: boolean): void {
      counts.started += 1;
      if (sample.interrupted) {
        counts.interrupted += 1;
        return;
      }
      counts[sample.ok ? 'ok' : 'failed'] += 1;
      if (!sample.ok && excused) counts.excused += 1;
      if (sample.warmup) return;
      let step = steps.get(sample.name);
      if (!step) {
        step = { series: newSeries(), journeys: new Set(), pages: new Map(), coarse: 0, apdex: newTallies() };
        steps.set(sample.name, step);
      }
      addObservation(step.series, {
        value: sample.value,
        ok: sample.ok,
        cold: sample.cold,
        excused,
        drained,
      });
      // First views count as well: their users waited. What a known defect fails is nobody's measure.
      if (sample.ok || !excused)
        for (const tallies of [step.apdex, apdex])
          addToApdex(drained ? tallies.drained : tallies.loaded, sample.value, sample.ok);
      if (sample.journey) step.journeys.add(sample.journey);
      if (sample.page) step.pages.set(sample.page, (step.pages.get(sample.page) ?? 0) + 1);
      if (sample.clock === 'driver') step.coarse += 1;
    },

    counts: () => counts,
    apdex: (): Summary['apdex'] => ({ t: APDEX_T, ...counted(apdex), score: apdexOf(counted(apdex)) }),
    /** Of first views of lazily loaded pages, by step. */
    coldFigures: (): Array<[string, Figures]> =>
      [...steps]
        .filter(([, { series }]) => series.cold.length > 0)
        .map(([name, { series }]) => [name, coldFiguresOf(series)]),
    /** Without warm-up: what gates see. */
    gated: () => {
      const all = [...steps.values()].map(({ series }) => series);
      return {
        n: all.reduce((sum, series) => sum + series.attempts, 0),
        failed: all.reduce((sum, series) => sum + series.errors, 0),
      };
    },

    /** By journey, and within it in the order in which they were first met. */
    rows(): Summary['steps'] {
      return [...steps]
        .map(([name, { series, journeys, pages, coarse, apdex: tallies }]) => {
          const { n: cold, p50: coldP50, max: coldMax } = coldFiguresOf(series);
          const [page] = [...pages].sort((a, b) => b[1] - a[1])[0] ?? [];
          return {
            name,
            ...figuresOf(series),
            journeys: [...journeys].sort(),
            page,
            coarse,
            apdex: apdexOf(counted(tallies)),
            cold,
            coldP50,
            coldMax,
          };
        })
        .sort((a, b) => (a.journeys[0] ?? '').localeCompare(b.journeys[0] ?? ''));
    },
  };
}
