/** Whether current runs are worse than those of a baseline. The run is the unit: sessions of one run share what it met. */
import { ConfigError } from '../config/errors.ts';
import { type AcceptedSlowdown, acceptedUses } from './accepted.ts';
import { type Baseline, COMPLETE } from './baseline-file.ts';
import { BY_RUNS } from './change-test.ts';
import { judgedMetrics } from './compared-metrics.ts';
import type { ComparedRun, Comparison } from './comparison.ts';
import { headlineOf } from './headline.ts';
import { differencesOf, differenceText } from './likeness.ts';
import type { RunFigures } from './run-figures.ts';
import { mostWorryingFirst, wholeVerdict } from './whole-verdict.ts';

/** Current runs that it takes to decide: with five of a baseline there are 56 ways to deal them. */
export const CURRENT_COMPLETE = 3;

export interface DetectOptions {
  /** File of the baseline, for the result. */
  file: string;
  /** Share, e.g. 0.1. */
  threshold: number;
  accepted: readonly AcceptedSlowdown[];
  force?: boolean;
}

/** @throws {ConfigError} one line: a run is on both sides, unlike the baseline, or the baseline shows no spread */
export function detect(
  baseline: Baseline,
  current: readonly RunFigures[],
  options: DetectOptions,
): Comparison {
  const { file, threshold, accepted } = options;
  const forced = checkSides(baseline, current, options);
  const enough = { baseline: COMPLETE, current: CURRENT_COMPLETE };
  const metrics = mostWorryingFirst(
    judgedMetrics(baseline.runs, current, { threshold, accepted, enough, test: BY_RUNS }),
  );
  const canDecide = baseline.runs.length >= COMPLETE && current.length >= CURRENT_COMPLETE;
  const verdict = wholeVerdict(metrics);
  const result: Omit<Comparison, 'headline'> = {
    schema: 1,
    verdict,
    exitCode: canDecide && (verdict === 'worse' || verdict === 'missing') ? 1 : 0,
    unit: 'run',
    environment: baseline.environment,
    profile: baseline.profile,
    file,
    baseline: baseline.runs.map(factsOf),
    current: current.map(factsOf),
    threshold,
    alpha: BY_RUNS.alpha,
    canDecide,
    forced,
    notes: notesOf(baseline.runs, current),
    accepted: acceptedUses(accepted, metrics),
    metrics,
  };
  return { headline: headlineOf(result, enough), ...result };
}

/** What was forced. */
function checkSides(
  { runs, profile, environment }: Baseline,
  current: readonly RunFigures[],
  { file, force }: DetectOptions,
): string[] {
  const [first] = runs;
  if (!first || current.length === 0)
    throw new ConfigError(`${file}: nothing to compare: a side has no run. Name at least one current run.`);
  if (runs.length < 2)
    throw new ConfigError(
      `${file}: one run shows no spread between runs. Add runs with \`npx loadtest baseline add\` until there are ${COMPLETE}.`,
    );
  const both = current.find(({ id }) => runs.some((run) => run.id === id));
  if (both) throw new ConfigError(`${both.id}: is in the baseline too. Name runs that are not.`);
  const unlike = current.flatMap(({ id, like }) => {
    const differences = differencesOf(first.like, like);
    return differences.length === 0 ? [] : [`${id} (${differences.map(differenceText).join('; ')})`];
  });
  if (unlike[0] !== undefined && !force)
    throw new ConfigError(
      `${unlike[0]}: unlike the baseline of ${profile} on ${environment}. Compare a run that is like it, or write --force; the result will then say so.`,
    );
  return [
    ...runs.flatMap(({ id, forced }) => (forced ? [`${id}, in the baseline (${forced.join('; ')})`] : [])),
    ...unlike,
  ];
}

export function factsOf({ id, start, commit, targetVersion, note }: RunFigures): ComparedRun {
  return { id, start, commit, targetVersion, note };
}

/** What may differ, and may explain a change beside the target. */
export function notesOf(baseline: readonly RunFigures[], current: readonly RunFigures[]): string[] {
  const kinds = [
    ['suite', ({ commit }: RunFigures) => commit],
    ['version of the target', ({ targetVersion }: RunFigures) => targetVersion],
  ] as const;
  const notes = kinds.flatMap(([what, pick]) => {
    const names = (runs: readonly RunFigures[]) =>
      [...new Set(runs.map((run) => pick(run) ?? 'not known'))].sort().join(', ');
    const [before, after] = [names(baseline), names(current)];
    return before === after ? [] : [`${what}: ${before} in the baseline, ${after} now`];
  });
  const failed = current.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  return failed.length === 0 ? notes : [...notes, `gates failed in ${failed.join(', ')}`];
}
