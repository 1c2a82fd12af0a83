/** Runs of known figures: a recorded run, concluded, under other names and with other times. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quantiles, Summary } from '../../analysis/summary/summary.ts';
import { type RunFigures, runFigures } from '../../compare/run-figures.ts';
import { SCHEMA } from '../../measure/run/run.ts';
import { expectedSummary } from '../analysis/recorded-run.ts';
import { seeded } from '../analysis/synthetic-run.ts';

export interface MadeRun {
  id: string;
  /** On all times of the run. */
  factor?: number;
  /** On times of these metrics beside it. */
  slower?: Readonly<Record<string, number>>;
  change?(summary: Summary): void;
  /** Name of the recorded run that it is made of. */
  of?: string;
}

const recorded = new Map<string, string>();

/** A run as it was recorded, `load` unless another is named, with every time multiplied. */
export function madeSummary({ id, factor = 1, slower = {}, change, of = 'load' }: MadeRun): Summary {
  const text = recorded.get(of) ?? JSON.stringify(expectedSummary(of));
  recorded.set(of, text);
  const summary = JSON.parse(text) as Summary;
  summary.id = id;
  summary.schema = SCHEMA;
  summary.verdict = 'pass';
  for (const [key, figures] of Object.entries(summary.metrics))
    if (figures.unit === 'ms') multiply(figures, factor * (slower[key] ?? 1));
  for (const primary of summary.primary) {
    const key = Object.keys(slower).find((one) => primary.metric.startsWith(`${one}.`));
    if (primary.value !== null && primary.unit === 'ms') primary.value *= factor * (slower[key ?? ''] ?? 1);
  }
  change?.(summary);
  return summary;
}

function multiply(figures: Quantiles, factor: number): void {
  for (const name of ['min', 'mean', 'p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const) {
    const value = figures[name];
    if (value !== null) figures[name] = value * factor;
  }
}

/** Its figures, as a history keeps them, of a run that began at this minute of an hour. */
export function madeFigures(
  id: string,
  minute = 0,
  change: (run: RunFigures) => void = () => undefined,
): RunFigures {
  const run = structuredClone(runFigures(madeSummary({ id }), 2));
  run.start = new Date(Date.UTC(2026, 10, 29, 15, minute)).toISOString();
  change(run);
  return run;
}

/** Writes it as a run directory. Gives its path. */
export function madeRun(reports: string, run: MadeRun): string {
  const directory = join(reports, run.id);
  const summary = madeSummary(run);
  const { id, verdict, run: facts } = summary;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ schema: SCHEMA, id, ...facts, verdict }));
  writeFileSync(join(directory, 'summary.json'), JSON.stringify(summary));
  return directory;
}

/** Factors of runs of one thing: 3 % apart. */
export function spread(n: number, seed: number): number[] {
  const random = seeded(seed);
  return Array.from({ length: n }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.exp(0.03 * normal);
  });
}
