import { plural } from '../../analysis/format.ts';
import { figuresOfNamed, keptFigures } from '../../compare/concluded-run.ts';
import { addRun, historyFolder, isKept } from '../../compare/history.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';

/** Adds all of the runs, or none. */
export function addToHistory(named: readonly string[]): number {
  const { reportsDir } = readEnvironment();
  const store = historyFolder(reportsDir);
  const runs = figuresOfNamed(named, reportsDir, keptFigures);
  for (const run of runs) {
    const { ended } = run.like;
    if (ended !== 'finished')
      throw new ConfigError(`${run.id}: it was broken off (${ended}). Add a run that has finished.`);
    if (isKept(store, run)) throw new ConfigError(`${run.id}: is in the history already. Name another run.`);
  }
  for (const run of runs) addRun(store, run);
  console.log(`${store}: ${plural(runs.length, 'run')} added`);
  return PASSED;
}
