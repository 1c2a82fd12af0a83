/** The runs that a rule is about. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../../analysis/summary/summary.ts';
import { historyFolder, isSameRun, type KeptProfile, runsOf } from '../../compare/history.ts';
import type { RunFigures } from '../../compare/run-figures.ts';
import { type DirectoryOfRun, directoriesIn, trendRuns } from '../../compare/trend-runs.ts';
import { ConfigError } from '../../config/errors.ts';

/** Where rules find runs. */
export interface Runs {
  reportsDir: string;
  /** Of REPORTS_DIR, newest first; those that cannot be read are left out. */
  directories: readonly DirectoryOfRun[];
  /** Rules are judged by this one, as of the moment at which it began: later runs count as not there. Absent: by the newest, as of now. */
  named?: DirectoryOfRun;
}

export function runsIn(reportsDir: string): Runs {
  const { readable } = directoriesIn(reportsDir); // a damaged one: the rule no-data misses it
  return { reportsDir, directories: readable.sort((a, b) => b.start.localeCompare(a.start)) };
}

export function isAbout(rule: KeptProfile, run: KeptProfile): boolean {
  return rule.profile === run.profile && rule.environment === run.environment;
}

/** Newest first; the run that is named before all. */
export function directoriesOf(rule: KeptProfile, { directories, named }: Runs): DirectoryOfRun[] {
  const about = directories.filter((run) => isAbout(rule, run));
  if (!named) return about;
  return [named, ...about.filter((run) => run.start <= named.start && !isSameRun(run, named))];
}

/** When the newest began, in REPORTS_DIR or in the history; undefined: there is none. */
export function newestStart(rule: KeptProfile, runs: Runs): string | undefined {
  const kept = runsOf(historyFolder(runs.reportsDir), rule.environment, rule.profile);
  const starts = [...kept, ...directoriesOf(rule, runs)].map(({ start }) => start);
  return starts
    .filter((start) => runs.named === undefined || start <= runs.named.start)
    .sort()
    .at(-1);
}

/**
 * Alike, oldest first; the run that is named is the last.
 * @throws {ConfigError} one line: there is none, or the one that is named is not among them
 */
export function seriesOfRule(
  { profile, environment }: KeptProfile,
  { reportsDir, named }: Runs,
): RunFigures[] {
  const { runs, leftOut } = trendRuns(reportsDir, { profile, environment, until: named?.start });
  if (!named) return runs;
  const at = runs.findIndex((run) => isSameRun(run, named));
  if (at >= 0) return runs.slice(0, at + 1);
  const why =
    leftOut.find(({ id }) => id === named.id)?.reason ?? 'neither in REPORTS_DIR nor in the history';
  throw new ConfigError(`${named.id}: not among the runs that are alike: ${why}`);
}

/** Reasons for an invalid run by which the target failed. */
const TARGET_FAILED: readonly string[] = ['target-died', 'target-unresponsive'];

/** `unknown`: it goes on, was not concluded, was interrupted before anything failed, or the generator made its figures meaningless. */
export function outcomeOf({ directory }: DirectoryOfRun): 'failed' | 'passed' | 'unknown' {
  try {
    const summary = JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8')) as Summary;
    if (summary.verdict === 'fail') return 'failed';
    if (summary.verdict !== 'invalid') return summary.run.ended === 'interrupted' ? 'unknown' : 'passed';
    return summary.reasonDetails.some(({ code }) => TARGET_FAILED.includes(code)) ? 'failed' : 'unknown';
  } catch {
    return 'unknown';
  }
}
