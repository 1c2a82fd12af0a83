import { existsSync } from 'node:fs';
import { plural } from '../../analysis/format.ts';
import { baselineOf, COMPLETE, readBaseline, withRuns, writeBaseline } from '../../compare/baseline-file.ts';
import { figuresOfNamed } from '../../compare/concluded-run.ts';
import { withLock } from '../../compare/file-lock.ts';
import { differencesOf, differenceText } from '../../compare/likeness.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';

/** Adds all of the runs, or none. */
export async function addRuns(
  { note, force }: { note?: string; force?: boolean },
  named: readonly string[],
): Promise<number> {
  const { reportsDir } = readEnvironment();
  const runs = figuresOfNamed(named, reportsDir).map((run) => ({ ...run, note }));
  const [first] = runs;
  if (!first) throw new ConfigError('baseline add: no run. Name one or more.');
  const file = baselineOf(first.like, reportsDir);
  const stranger = runs.find(({ like }) => baselineOf(like, reportsDir) !== file);
  if (stranger) {
    const [difference] = differencesOf(first.like, stranger.like);
    throw new ConfigError(
      `${stranger.id}: belongs to another baseline than ${first.id} (${difference ? differenceText(difference) : 'another profile'}). Add it by itself.`,
    );
  }
  const baseline = await withLock(file, () => {
    const changed = withRuns(existsSync(file) ? readBaseline(file) : undefined, runs, { force });
    writeBaseline(file, changed);
    return changed;
  });
  for (const { id, forced } of baseline.runs.slice(-runs.length))
    if (forced) console.log(`${id}: added by force (${forced.join('; ')})`);
  const lacking = COMPLETE - baseline.runs.length;
  const state = lacking > 0 ? `complete with ${plural(lacking, 'more run')}` : 'complete';
  console.log(`${file}: ${plural(baseline.runs.length, 'run')}, ${state}`);
  return PASSED;
}
