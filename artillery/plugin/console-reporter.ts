/**
 * Artillery prints all its metrics every ten seconds and at the end, of which the run's own figures are not a part. A script cannot
 * switch that off, only `--quiet` can, and its reporter is made before any plugin (2.0.34, lib/cmds/run.ts).
 */
import type { ArtilleryGlobal } from '../artillery.ts';

/** Where the lines come from: Artillery prints warnings and lost workers by the same function. */
const REPORTER = /[\\/]artillery[\\/](?:dist[\\/])?lib[\\/]console-reporter\./;

/** From now on Artillery's reporter prints nothing; whatever else it logs still comes. */
export function silenceReporter(artillery: Pick<ArtilleryGlobal, 'log'>): void {
  const { log } = artillery;
  artillery.log = (...words) => {
    if (!REPORTER.test(new Error().stack ?? '')) log(...words);
  };
}
