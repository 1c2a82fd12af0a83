/** Runs of one profile that can stand in one series, and those that cannot, each with its reason. */
import { differencesOf, differenceText } from './likeness.ts';
import type { RunFigures } from './run-figures.ts';

export interface LeftOut {
  id: string;
  reason: string;
}

export interface AlikeRuns {
  /** Oldest first. */
  runs: RunFigures[];
  leftOut: LeftOut[];
}

/** The most runs that are like one of them, of groups of one size the newest: one odd run must not put all others aside. */
export function alikeRuns(all: readonly RunFigures[]): AlikeRuns {
  const newestFirst = [...all].sort((a, b) => b.start.localeCompare(a.start) || b.id.localeCompare(a.id));
  const groups: Array<[RunFigures, ...RunFigures[]]> = [];
  for (const run of newestFirst) {
    const group = groups.find(([first]) => differencesOf(first.like, run.like).length === 0);
    if (group) group.push(run);
    else groups.push([run]);
  }
  const largest = groups.reduce<RunFigures[]>((a, b) => (b.length > a.length ? b : a), []);
  const [like] = largest;
  if (!like) return { runs: [], leftOut: [] };
  const leftOut = newestFirst
    .filter((run) => !largest.includes(run))
    .map(({ id, like: other }) => ({
      id,
      reason: differencesOf(like.like, other).map(differenceText).join('; '),
    }));
  return { runs: largest.reverse(), leftOut: leftOut.reverse() };
}
