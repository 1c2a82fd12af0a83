/** Runs of a history as a site shows them: all that can be read, and what cannot, with its reason. */
import { basename } from 'node:path';
import type { LeftOut } from '../alike-runs.ts';
import { fileName } from '../figures-file.ts';
import { type KeptProfile, profilesIn, readableRunsOf } from '../history.ts';
import type { RunFigures } from '../run-figures.ts';

export interface SiteRun {
  /** `<environment>/<profile>/<run>`, safe in a path and in a link: of its page and of its report. */
  path: string;
  run: RunFigures;
  /** Whether the site has its whole report. */
  hasReport: boolean;
}

/** Runs of one profile on one environment. */
export interface SiteProfile extends KeptProfile {
  /** `<environment>/<profile>`. */
  path: string;
  /** Oldest first. */
  runs: SiteRun[];
}

export interface SiteContent {
  /** By environment and profile; each has a run. */
  profiles: SiteProfile[];
  leftOut: LeftOut[];
}

/**
 * @param hasReport whether the site has the report of a run, by its path
 * @throws {ConfigError} one line: the store is no folder
 */
export function siteContent(
  store: string,
  hasReport: (path: string, run: RunFigures) => boolean,
): SiteContent {
  const leftOut: LeftOut[] = [];
  const profiles = profilesIn(store).flatMap((folder): SiteProfile[] => {
    const { readable, damaged } = readableRunsOf(store, folder);
    leftOut.push(...damaged);
    const path = `${fileName(folder.environment)}/${fileName(folder.profile)}`;
    const runs = readable.map(({ file, run }): SiteRun => {
      const own = `${path}/${fileName(basename(file, '.json'))}`;
      return { path: own, run, hasReport: hasReport(own, run) };
    });
    const [first] = runs;
    if (!first) return [];
    // As the run has them: a folder's name may lack characters.
    const { environment, profile } = first.run.like;
    return [{ environment, profile, path, runs }];
  });
  return { profiles, leftOut };
}
