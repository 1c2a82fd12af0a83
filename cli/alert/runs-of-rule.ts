/** The runs that a rule is about. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../../analysis/summary/summary.ts';
import { historyFolder, type KeptProfile, runsOf } from '../../compare/history.ts';
import type { RunFigures } from '../../compare/run-figures.ts';
import { type DirectoryOfRun, directoriesIn, trendRuns } from '../../compare/trend-runs.ts';

/** Where rules find runs. */
export interface Runs {
  reportsDir: string;
  /** Of REPORTS_DIR, newest first; those that cannot be read are left out. */
  directories: readonly DirectoryOfRun[];
  /** Runs that began later count as not there. ISO 8601. */
  until?: string;
}

export function runsIn(reportsDir: string): Runs {
  const { readable } = directoriesIn(reportsDir); // a damaged one: the rule no-data misses it
  return { reportsDir, directories: readable.sort((a, b) => b.start.localeCompare(a.start)) };
}

export function isAbout(rule: KeptProfile, run: KeptProfile): boolean {
  return rule.profile === run.profile && rule.environment === run.environment;
}

/** Newest first. */
export function directoriesOf(rule: KeptProfile, { directories, until }: Runs): DirectoryOfRun[] {
  return directories.filter((run) => isAbout(rule, run) && !(until !== undefined && run.start > until));
}

/** When the newest began, in REPORTS_DIR or in the history; undefined: there is none. */
export function newestStart(rule: KeptProfile, runs: Runs): string | undefined {
  const kept = runsOf(historyFolder(runs.reportsDir), rule.environment, rule.profile);
  const starts = [...kept, ...directoriesOf(rule, runs)].map(({ start }) => start);
  return starts
    .filter((start) => runs.until === undefined || start <= runs.until)
    .sort()
    .at(-1);
}

/**
 * Alike, oldest first.
 * @throws {ConfigError} one line: there is none
 */
export function seriesOfRule(
  { profile, environment }: KeptProfile,
  { reportsDir, until }: Runs,
): RunFigures[] {
  const { runs } = trendRuns(reportsDir, { profile, environment });
  return runs.filter(({ start }) => until === undefined || start <= until);
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
