/** Runs of a profile's history: those that the store keeps, and those in the folder of runs. */
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadRun } from '../analysis/read/read-run.ts';
import { ConfigError } from '../config/errors.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { type AlikeRuns, alikeRuns, type LeftOut } from './alike-runs.ts';
import { concludedRun } from './concluded-run.ts';
import { historyFolder, isSameRun, type KeptProfile, profilesIn, runsOf } from './history.ts';
import { profileName } from './likeness.ts';
import { type RunFigures, runFigures } from './run-figures.ts';

export interface Wanted {
  /** Absent: those of the newest run. */
  profile?: string;
  environment?: string;
  /** First day, YYYY-MM-DD. */
  since?: string;
  /** Runs that began later count as not there, also where they are alike. ISO 8601. */
  until?: string;
}

/** A run of either place before its figures are read. */
type Known = KeptProfile & { start: string };

/**
 * Runs that can stand in one series, and all others of the profile and environment with what is wrong with them.
 * @throws {ConfigError} one line: no run, none of this profile or environment, or none since that day
 */
export function trendRuns(reportsDir: string, { since, until, ...wanted }: Wanted): AlikeRuns & KeptProfile {
  const store = historyFolder(reportsDir);
  const kept = profilesIn(store).flatMap((one) => runsOf(store, one.environment, one.profile));
  const { readable, damaged } = directoriesIn(reportsDir);
  const { environment, profile } = chosen([...kept.map(knownOf), ...readable], reportsDir, wanted);
  const isOne = (one: KeptProfile) => one.environment === environment && one.profile === profile;
  const own = kept.filter(({ like }) => isOne(like));
  const { runs, leftOut } = concluded(readable.filter(isOne), own);
  const all = [...own, ...runs].filter(
    ({ start }) =>
      (since === undefined || start.slice(0, 10) >= since) && (until === undefined || start <= until),
  );
  if (all.length === 0)
    throw new ConfigError(
      `trend: no run of ${profile} on ${environment}${since === undefined ? ' can be read' : ` since ${since}`}. ${reasonsOf(leftOut)}Make one with \`npx loadtest run ${profile}\`.`,
    );
  const alike = alikeRuns(all);
  return { environment, profile, runs: alike.runs, leftOut: [...damaged, ...leftOut, ...alike.leftOut] };
}

function reasonsOf([first]: readonly LeftOut[]): string {
  return first ? `${first.id}: ${first.reason} ` : '';
}

function knownOf({ start, like: { environment, profile } }: RunFigures): Known {
  return { start, environment, profile };
}

/** What is named, or else what the newest run has. */
function chosen(
  all: readonly Known[],
  reportsDir: string,
  { profile, environment }: Pick<Wanted, 'profile' | 'environment'>,
): KeptProfile {
  if (all.length === 0)
    throw new ConfigError(
      `trend: no run in ${reportsDir} or ${historyFolder(reportsDir)}. Make some with \`npx loadtest run\`.`,
    );
  const ofProfile = profile === undefined ? all : all.filter((one) => one.profile === profile);
  if (profile !== undefined && ofProfile.length === 0)
    throw new ConfigError(
      `trend: no run of ${profile}${others(
        profile,
        all.map((one) => one.profile),
      )}`,
    );
  const ofBoth =
    environment === undefined ? ofProfile : ofProfile.filter((one) => one.environment === environment);
  const newest = ofBoth.reduce<Known | undefined>((a, b) => (!a || b.start > a.start ? b : a), undefined);
  if (!newest)
    throw new ConfigError(
      `--environment: no run${profile === undefined ? '' : ` of ${profile}`} on ${environment}${others(
        environment ?? '',
        ofProfile.map((one) => one.environment),
      )}`,
    );
  return { environment: newest.environment, profile: newest.profile };
}

function others(name: string, all: readonly string[]): string {
  const known = [...new Set(all)].sort();
  return `${didYouMean(name, known) || '.'} There are runs of ${known.join(', ')}.`;
}

export type DirectoryOfRun = Known & { directory: string; id: string };

/** Run directories, whatever became of the run, and those whose facts cannot be read. Without the link `latest` to one of them. */
export function directoriesIn(reportsDir: string): { readable: DirectoryOfRun[]; damaged: LeftOut[] } {
  const [readable, damaged]: [DirectoryOfRun[], LeftOut[]] = [[], []];
  const names = globSync('*/run.json', { cwd: reportsDir }).map(dirname);
  for (const name of names.filter((one) => one !== 'latest').sort()) {
    try {
      readable.push(directoryOfRun(join(reportsDir, name)));
    } catch (error) {
      damaged.push({ id: name, reason: (error as Error).message });
    }
  }
  return { readable, damaged };
}

/** @throws {RunDirectoryError} */
export function directoryOfRun(directory: string): DirectoryOfRun {
  const { id, start, profiles, target } = loadRun(directory);
  return { directory, id, start, profile: profileName(profiles), environment: target.environment };
}

/** Figures of those that the store has not. */
function concluded(
  directories: readonly DirectoryOfRun[],
  kept: readonly RunFigures[],
): { runs: RunFigures[]; leftOut: LeftOut[] } {
  const [runs, leftOut]: [RunFigures[], LeftOut[]] = [[], []];
  for (const { directory, id, start } of directories) {
    if (kept.some((run) => isSameRun(run, { id, start }))) continue;
    try {
      const { summary, schema } = concludedRun(directory);
      runs.push(runFigures(summary, schema));
    } catch (error) {
      leftOut.push({ id, reason: (error as Error).message });
    }
  }
  return { runs, leftOut };
}
