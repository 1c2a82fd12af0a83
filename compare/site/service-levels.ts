/** Service levels of a profile by month: availability over all requests, and goals over all runs. */
import type { RunFigures } from '../run-figures.ts';
import { byPeriod, monthOf } from './periods.ts';

export interface ServiceMonth {
  /** `2026-11`. */
  month: string;
  runs: number;
  /** Those that passed, with warnings or without. */
  passed: number;
  /** Of requests, 0–1; null: none was sent. Without failures that known defects excuse, and with them, as users met it. */
  availability: number | null;
  withDefects: number | null;
  requests: number;
  /** Of those that could be decided; n is 0 where no run shows goals. */
  goals: { met: number; n: number };
  /** Goals that were missed, the most frequent first, with the number of runs. */
  missed: Array<{ metric: string; runs: number }>;
}

/** Newest first. */
export function serviceLevels(runs: readonly RunFigures[]): ServiceMonth[] {
  return byPeriod(runs, ({ start }) => monthOf(start)).map(({ period, things }) => {
    const goals = things.flatMap(({ conclusion }) => conclusion?.goals ?? []);
    const decided = goals.filter(({ outcome }) => outcome !== 'undecided');
    const missed = decided.filter(({ outcome }) => outcome === 'missed').map(({ metric }) => metric);
    return {
      month: period,
      runs: things.length,
      passed: things.filter(({ verdict }) => verdict === 'pass' || verdict === 'warn').length,
      availability: shareOf(things, 'availability'),
      withDefects: shareOf(things, 'availability.withDefects'),
      requests: things.reduce((sum, { shares }) => sum + (shares.availability?.n ?? 0), 0),
      goals: { met: decided.length - missed.length, n: decided.length },
      missed: [...new Set(missed)]
        .map((metric) => ({ metric, runs: missed.filter((one) => one === metric).length }))
        .sort((a, b) => b.runs - a.runs || a.metric.localeCompare(b.metric)),
    };
  });
}

/** Over all requests of the runs: a run counts by its size. */
function shareOf(
  runs: readonly RunFigures[],
  name: 'availability' | 'availability.withDefects',
): number | null {
  const known = runs.flatMap(({ shares: { [name]: share } }) =>
    share && share.value !== null ? [share] : [],
  );
  const n = known.reduce((sum, share) => sum + share.n, 0);
  return n === 0 ? null : known.reduce((sum, share) => sum + (share.value ?? 0) * share.n, 0) / n;
}
