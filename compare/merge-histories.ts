/** Two histories become one that has the runs and the baselines of both. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Baseline, baselinesIn, readBaseline, withRuns, writeBaseline } from './baseline-file.ts';
import { withLock } from './file-lock.ts';
import { addRun, keptRunsOf, profilesIn } from './history.ts';
import type { RunFigures } from './run-figures.ts';

/** Folders. On a machine baselines lie beside its history, in a shared store within it. */
export interface HistoryPlace {
  /** With `runs/<environment>/<profile>/`. */
  store: string;
  /** With `<environment>/<profile>.json`. */
  baselines: string;
}

export interface Merged {
  /** `<environment>/<profile>`. */
  name: string;
  /** New ones in the history. */
  runs: number;
  /** New ones in the baseline. */
  ofBaseline: number;
  /** Runs of the baseline that are unlike its first one, each with what differs. */
  unlike: string[];
}

/**
 * Adds to one history what another has and it has not; removes nothing.
 * @returns what was added, by name
 * @throws {ConfigError} one line: a file on either side is damaged or of another schema, or one cannot be written
 */
export async function mergeHistories(into: HistoryPlace, from: HistoryPlace): Promise<Merged[]> {
  const merged = new Map<string, Merged>();
  const at = (name: string): Merged => {
    const one = merged.get(name) ?? { name, runs: 0, ofBaseline: 0, unlike: [] };
    merged.set(name, one);
    return one;
  };
  for (const kept of profilesIn(from.store))
    for (const { run } of keptRunsOf(from.store, kept))
      if (addRun(into.store, run)) at(`${kept.environment}/${kept.profile}`).runs += 1;
  for (const name of baselinesIn(from.baselines)) {
    const other = readBaseline(join(from.baselines, name));
    const file = join(into.baselines, name);
    const added = await withLock(file, () => {
      const one = existsSync(file) ? readBaseline(file) : undefined;
      const both = mergedBaseline(one, other);
      if (both === one) return [];
      writeBaseline(file, both);
      return both.runs.filter(({ id }) => !one?.runs.some((run) => run.id === id));
    });
    if (added.length === 0) continue;
    const one = at(name.replace(/\.json$/, ''));
    one.ofBaseline = added.length;
    one.unlike = added.flatMap(({ id, forced }) => (forced ? [`${id} (${forced.join('; ')})`] : []));
  }
  return [...merged.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The runs of both. Where each has some that the other lacks: by the time at which they began, so that all machines come to the
 * same file. What makes one unlike the first is recorded, as where it was added by force.
 */
export function mergedBaseline(one: Baseline | undefined, other: Baseline): Baseline {
  if (!one) return other;
  const fresh = missingIn(one, other);
  if (fresh.length === 0) return one;
  if (missingIn(other, one).length === 0) return other;
  const all = [...one.runs, ...fresh]
    .sort((a, b) => a.start.localeCompare(b.start) || a.id.localeCompare(b.id))
    .map(({ forced: _, ...run }) => run);
  return withRuns(undefined, all, { force: true });
}

/** Runs of the other. Where another run has the name of one (two machines began them in one second), it gets one of its own. */
function missingIn({ runs }: Baseline, other: Baseline): RunFigures[] {
  const starts = new Map(runs.map(({ id, start }) => [id, start]));
  return other.runs.flatMap((run) => {
    const start = starts.get(run.id);
    if (start === undefined) return [run];
    const id = `${run.id}-${Date.parse(run.start)}`;
    return start === run.start || starts.has(id) ? [] : [{ ...run, id }];
  });
}
