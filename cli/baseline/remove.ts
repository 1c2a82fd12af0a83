import { plural } from '../../analysis/format.ts';
import { baselinePath, readBaseline, writeBaseline } from '../../compare/baseline-file.ts';
import { withLock } from '../../compare/file-lock.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';

/** @param words the baseline, then runs of it */
export async function removeRuns([named = '', ...gone]: readonly string[]): Promise<number> {
  const file = baselinePath(named, readEnvironment().reportsDir);
  readBaseline(file); // one that is not there has no folder for a lock
  const runs = await withLock(file, () => {
    const baseline = readBaseline(file);
    const known = baseline.runs.map(({ id }) => id);
    if (gone.length === 0)
      throw new ConfigError(`baseline rm: no run. Name one or more of ${file}: ${known.join(', ')}.`);
    const unknown = gone.find((id) => !known.includes(id));
    if (unknown !== undefined)
      throw new ConfigError(`${unknown}: is not in ${file}. Its runs are ${known.join(', ')}.`);
    const left = baseline.runs.filter(({ id }) => !gone.includes(id));
    writeBaseline(file, { ...baseline, runs: left });
    return left;
  });
  console.log(
    runs.length === 0 ? `${file}: removed, it has no run left` : `${file}: ${plural(runs.length, 'run')}`,
  );
  return PASSED;
}
