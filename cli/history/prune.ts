import { plural } from '../../analysis/format.ts';
import { removeFigures } from '../../compare/figures-file.ts';
import type { KeptRun } from '../../compare/history.ts';
import type { HistoryPlace } from '../../compare/merge-histories.ts';
import { runsToRemove } from '../../compare/retention.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { visible } from '../../config/visible-text.ts';
import { placeHere, type Store, type StoreOptions, storeOf, untilInterrupted } from './store.ts';

interface Values extends StoreOptions {
  keep?: string;
  days?: string;
  dryRun?: boolean;
}

/** Removes runs that are old, and too many, here or in a store. */
export function pruneHistory({ keep, days, dryRun = false, ...options }: Values): Promise<number> {
  if (keep === undefined && days === undefined)
    throw new ConfigError('history prune: no rule. Give --keep, --days or both.');
  const retention = { keep: whole('--keep', keep), days: whole('--days', days) };
  const remove = async (place: HistoryPlace) => {
    const runs = runsToRemove(place, retention);
    if (!dryRun) for (const { file } of runs) removeFigures(file);
    return runs;
  };
  const store = storeToPrune(options);
  return untilInterrupted('history prune', async () => {
    print(await (dryRun ? store.read(remove) : store.change(subject, remove)), store.called, dryRun);
    return PASSED;
  });
}

/** That of this machine, where none is named. */
function storeToPrune(options: StoreOptions): Store {
  if (options.store !== undefined) return storeOf(options);
  if (options.branch !== undefined)
    throw new ConfigError('history prune: --branch without --store. Name the repository too.');
  const here = placeHere(readEnvironment().reportsDir);
  return { called: here.store, read: (work) => work(here), change: (_, work) => work(here) };
}

function subject(runs: readonly KeptRun[]): string {
  return `Remove ${plural(runs.length, 'old run')} from the performance history`;
}

function print(runs: readonly KeptRun[], from: string, dryRun: boolean): void {
  const verb = dryRun ? 'would remove' : 'removed';
  for (const { run } of runs)
    console.log(
      visible(`${verb} ${run.like.environment}/${run.like.profile} ${run.id} (${run.start.slice(0, 10)})`),
    );
  console.log(`${from}: ${verb} ${plural(runs.length, 'run')}`);
}

function whole(option: string, given: string | undefined): number | undefined {
  if (given === undefined || /^\d{1,6}$/.test(given)) return given === undefined ? undefined : Number(given);
  throw new ConfigError(`${option}: '${given}' is no whole number. Write e.g. 100.`);
}
