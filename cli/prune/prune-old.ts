import { bytes, plural } from '../../analysis/format.ts';
import { removeFigures } from '../../compare/figures-file.ts';
import { historyFolder, type KeptRun } from '../../compare/history.ts';
import type { HistoryPlace } from '../../compare/merge-histories.ts';
import {
  type OldDirectories,
  type OldDirectory,
  oldDirectories,
  removeOld,
} from '../../compare/old-directories.ts';
import { runsToRemove } from '../../compare/retention.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { type FiguresKept, loadRetention } from '../../config/retention.ts';
import { visible } from '../../config/visible-text.ts';
import { placeHere, type StoreOptions, storeOf, untilInterrupted } from '../history/store.ts';

interface Values extends StoreOptions {
  dryRun?: boolean;
  retention?: string;
}

/** Removes what is older than it is kept, here or in a store. Gives the exit code. */
export async function pruneOld({ dryRun = false, retention: file, ...options }: Values): Promise<number> {
  const retention = loadRetention(file);
  const verb = dryRun ? 'would remove' : 'removed';
  if (options.store !== undefined) {
    const store = storeOf(options);
    const remove = async (place: HistoryPlace) => removeOldFigures(place, retention.figures, dryRun);
    return await untilInterrupted('prune', async () => {
      printFigures(await (dryRun ? store.read(remove) : store.change(subject, remove)), store.called, verb);
      return PASSED;
    });
  }
  if (options.branch !== undefined)
    throw new ConfigError('prune: --branch without --store. Name the repository too.');
  const { reportsDir } = readEnvironment();
  const found = await oldDirectories(reportsDir, retention);
  for (const one of found.old) {
    if (!dryRun) removeOld(one, historyFolder(reportsDir));
    console.log(`${verb} ${one.what === 'samples' ? 'the samples' : 'the directory'} of ${called(one)}`);
  }
  for (const { id, reason } of found.staying) console.error(`stays: ${id}: ${reason}`);
  console.log(`${reportsDir}: ${verb} ${directoriesText(found)}`);
  const here = placeHere(reportsDir);
  printFigures(removeOldFigures(here, retention.figures, dryRun), here.store, verb);
  return PASSED;
}

function removeOldFigures(place: HistoryPlace, kept: FiguresKept, dryRun: boolean): KeptRun[] {
  const runs = runsToRemove(place, kept);
  if (!dryRun) for (const { file } of runs) removeFigures(file);
  return runs;
}

function subject(runs: readonly KeptRun[]): string {
  return `Remove ${plural(runs.length, 'old run')} from the performance history`;
}

function called({ id, start, bytes: size }: OldDirectory): string {
  return visible(`${id} (${start.slice(0, 10)}, ${bytes(size)})`);
}

function directoriesText({ old }: OldDirectories): string {
  const of = (what: OldDirectory['what']) => old.filter((one) => one.what === what);
  const size = old.reduce((sum, one) => sum + one.bytes, 0);
  return `the samples of ${plural(of('samples').length, 'run')} and ${plural(of('directory').length, 'run directory', 'run directories')}, ${bytes(size)}`;
}

function printFigures(runs: readonly KeptRun[], from: string, verb: string): void {
  for (const { run } of runs)
    console.log(
      visible(`${verb} ${run.like.environment}/${run.like.profile} ${run.id} (${run.start.slice(0, 10)})`),
    );
  console.log(`${from}: ${verb} ${plural(runs.length, 'run')}`);
}
