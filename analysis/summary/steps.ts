/** Steps, and the figures of each. */

import { printMetricKey } from '../../config/metric-key.ts';
import type { StepSample } from '../../measure/run/samples.ts';
import { APDEX_T, type ApdexTally, addToApdex, apdexOf, newApdex } from '../statistics/apdex.ts';
import { isAttempt } from './attempt.ts';
import type { About, Collector, Draft } from './collector.ts';
import { addObservation, coldFiguresOf, figuresOf, newSeries, type Series } from './figures.ts';
import { failedShare } from './share.ts';
import type { Figures, Summary } from './summary.ts';

interface StepTally {
  series: Series;
  journeys: Set<string>;
  pages: Map<string, number>;
  coarse: number;
  offByAtMost?: number;
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

export function collectSteps(): Collector {
  const steps = new Map<string, StepTally>();
  const counts = { started: 0, ok: 0, failed: 0, interrupted: 0, excused: 0 };
  const apdex = newTallies();

  return {
    samples: {
      step(sample, about) {
        counts.started += 1;
        if (!isAttempt(sample)) {
          counts.interrupted += 1;
          if (!sample.warmup && !about.drained) addUnended(stepIn(steps, sample.name), sample);
          return;
        }
        counts[sample.ok ? 'ok' : 'failed'] += 1;
        if (!sample.ok && about.excused) counts.excused += 1;
        if (sample.warmup) return;
        addToStep(stepIn(steps, sample.name), apdex, sample, about);
      },
    },
    into(summary) {
      summary.counts.steps = counts;
      summary.shares['steps.errorRate'] = failedShare(outcomes(steps));
      putApdex(summary, counted(apdex));
      const figures = new Map([...steps].map(([name, { series }]) => [name, figuresOf(series)]));
      summary.steps = stepRows(steps, figures);
      putMetrics(summary, steps, figures);
    },
  };
}

function stepIn(steps: Map<string, StepTally>, name: string): StepTally {
  let step = steps.get(name);
  if (!step) {
    step = { series: newSeries(), journeys: new Set(), pages: new Map(), coarse: 0, apdex: newTallies() };
    steps.set(name, step);
  }
  return step;
}

function addToStep(step: StepTally, all: Tallies, sample: StepSample, { excused, drained }: About): void {
  const { value, ok, cold, journey, page, clock, offByAtMost } = sample;
  addObservation(step.series, { value, ok, cold, excused, drained });
  // First views count as well: their users waited. Known-defect failures do not count.
  if (ok || !excused)
    for (const tallies of [step.apdex, all])
      addToApdex(drained ? tallies.drained : tallies.loaded, value, ok);
  if (journey) step.journeys.add(journey);
  if (page) step.pages.set(page, (step.pages.get(page) ?? 0) + 1);
  if (clock !== 'driver') return;
  step.coarse += 1;
  if (offByAtMost !== undefined) step.offByAtMost = Math.max(step.offByAtMost ?? 0, offByAtMost);
}

/** Whether it would have been a first view is not known. */
function addUnended({ series, journeys }: StepTally, { value, journey }: StepSample): void {
  series.unended.push(value);
  if (journey) journeys.add(journey);
}

function outcomes(steps: ReadonlyMap<string, StepTally>): { n: number; failed: number } {
  const all = [...steps.values()].map(({ series }) => series);
  return {
    n: all.reduce((sum, series) => sum + series.attempts, 0),
    failed: all.reduce((sum, series) => sum + series.errors, 0),
  };
}

function putApdex(summary: Draft, tally: ApdexTally): void {
  const score = apdexOf(tally);
  summary.apdex = { t: APDEX_T, ...tally, score };
  summary.shares.apdex = { value: score, n: tally.satisfied + tally.tolerating + tally.frustrated };
}

/** By journey, and within it in the order in which they were first met. */
function stepRows(
  steps: ReadonlyMap<string, StepTally>,
  figures: ReadonlyMap<string, Figures>,
): Summary['steps'] {
  return [...steps]
    .map(([name, { series, journeys, pages, coarse, offByAtMost, apdex }]) => {
      const { n: cold, p50: coldP50, max: coldMax } = coldFiguresOf(series);
      const [page] = [...pages].sort((a, b) => b[1] - a[1])[0] ?? [];
      return {
        name,
        ...(figures.get(name) as Figures),
        journeys: [...journeys].sort(),
        page,
        coarse,
        ...(offByAtMost !== undefined && { offByAtMost }),
        apdex: apdexOf(counted(apdex)),
        cold,
        coldP50,
        coldMax,
      };
    })
    .sort((a, b) => (a.journeys[0] ?? '').localeCompare(b.journeys[0] ?? ''));
}

/** In the order of the rows; first views of lazily loaded pages after all others. */
function putMetrics(
  { steps: rows = [], metrics }: Draft,
  steps: ReadonlyMap<string, StepTally>,
  figures: ReadonlyMap<string, Figures>,
): void {
  const unit = 'ms';
  for (const { name } of rows)
    metrics[printMetricKey({ kind: 'step', name })] = { ...(figures.get(name) as Figures), unit };
  for (const [name, { series }] of steps)
    if (series.cold.length > 0)
      metrics[printMetricKey({ kind: 'step', name, variant: 'cold' })] = { ...coldFiguresOf(series), unit };
}
