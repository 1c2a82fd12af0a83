/** Which runs of a history may go. */
import { join } from 'node:path';
import type { FiguresKept } from '../config/retention.ts';
import { baselinesIn, readBaseline } from './baseline-file.ts';
import { type KeptRun, keptRunsOf, profilesIn } from './history.ts';
import type { HistoryPlace } from './merge-histories.ts';
import type { RunFigures } from './run-figures.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Of each environment and profile the runs that neither rule keeps and that are in no baseline.
 * @throws {ConfigError} one line: a file is damaged or of another schema
 */
export function runsToRemove(place: HistoryPlace, retention: FiguresKept, now = new Date()): KeptRun[] {
  const inBaselines = baselinesIn(place.baselines).flatMap(
    (name) => readBaseline(join(place.baselines, name)).runs,
  );
  return profilesIn(place.store).flatMap((kept) =>
    beyond(keptRunsOf(place.store, kept), retention, now).filter(({ run }) => !isIn(inBaselines, run)),
  );
}

/** @param runs by the time at which they began */
function beyond(runs: readonly KeptRun[], { keep = 0, days = 0 }: FiguresKept, now: Date): KeptRun[] {
  const since = now.getTime() - days * DAY_MS;
  return runs.slice(0, Math.max(0, runs.length - keep)).filter(({ run }) => Date.parse(run.start) < since);
}

/** There it may have a longer name (`merge-histories.ts`). */
function isIn(baseline: readonly RunFigures[], { id, start }: RunFigures): boolean {
  return baseline.some((one) => one.start === start && one.id.startsWith(id));
}
