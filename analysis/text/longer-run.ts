/** How long a run must be to decide the limits that had too few samples. */

import { plannedSeconds } from '../summary/planned-time.ts';
import type { Summary } from '../summary/summary.ts';

export interface LongerRun {
  /** As `DURATION` takes it. */
  duration: string;
  minutes: number;
  /** Of `open` limits, which are all that had too little data, those that this run would decide if all came as often and no more failed. */
  decided: number;
  open: number;
}

/** About as long as the `load` profile is by itself: what takes longer is for profiles that are made for it. s */
const LONGEST_S = 900;
/** The last few limits, on what users seldom do, would make the run many times longer. */
const ENOUGH = 0.8;
const MINUTE_S = 60;

/** The shortest length that decides most of what a quarter of an hour could decide. Absent: no limit is open, or only others than `DURATION` change it. */
export function longerRun({ gates, run }: Pick<Summary, 'gates' | 'run'>): LongerRun | undefined {
  const planned = plannedSeconds(run.plan.phases);
  if (run.runner !== 'artillery' || planned <= 0) return undefined;
  const open = gates.filter(({ outcome }) => outcome === 'inconclusive');
  const lengths = open
    .filter(({ n, needed }) => n > 0 && needed !== undefined)
    .map(({ n, needed = 0 }) => Math.ceil((planned * needed) / n / MINUTE_S) * MINUTE_S)
    .filter((seconds) => seconds > planned && seconds <= LONGEST_S)
    .sort((a, b) => a - b);
  const enough = lengths[Math.ceil(lengths.length * ENOUGH) - 1];
  if (enough === undefined) return undefined;
  const decided = lengths.filter((seconds) => seconds <= enough).length;
  const minutes = enough / MINUTE_S;
  return { duration: `${minutes}m`, minutes, decided, open: open.length };
}
