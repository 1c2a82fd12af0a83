import { plural } from '../../analysis/format.ts';
import { type Merged, mergeHistories } from '../../compare/merge-histories.ts';
import { readEnvironment } from '../../config/environment.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { placeHere, type StoreOptions, storeOf, untilInterrupted } from './store.ts';

/** Adds what is here to the store. */
export function pushHistory(options: StoreOptions): Promise<number> {
  const here = placeHere(readEnvironment().reportsDir);
  const store = storeOf(options);
  return untilInterrupted('history push', async () => {
    print(await store.change(subject, (there) => mergeHistories(there, here)), store.called);
    return PASSED;
  });
}

/** Adds what is in the store to what is here. */
export function pullHistory(options: StoreOptions): Promise<number> {
  const here = placeHere(readEnvironment().reportsDir);
  const store = storeOf(options);
  return untilInterrupted('history pull', async () => {
    print(await store.read((there) => mergeHistories(here, there)), here.store);
    return PASSED;
  });
}

function subject(all: readonly Merged[]): string {
  const runs = all.reduce((sum, one) => sum + one.runs, 0);
  const names = all.map(({ name }) => name).join(', ');
  return `Add ${plural(runs, 'run')} to the performance history (${names})`;
}

function print(all: readonly Merged[], to: string): void {
  for (const { name, runs, ofBaseline, unlike } of all) {
    const added = [
      ...(runs > 0 ? [plural(runs, 'run')] : []),
      ...(ofBaseline > 0 ? [`${plural(ofBaseline, 'run')} of the baseline`] : []),
    ];
    console.log(`${name}: ${added.join(', ')}`);
    for (const one of unlike) console.log(`  unlike the first run of the baseline: ${one}`);
  }
  console.log(`${to}: ${all.length === 0 ? 'nothing is new' : 'added'}`);
}
