/** When the generator's machine had no core left: whatever ran there waited for one, and its times say so. */
import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import type { Summary } from '../summary/summary.ts';
import { sameMachine } from './same-machine.ts';

/** A machine that is busier than this has no core left for whatever asks next. */
const FULL_MACHINE = 0.95;
/** Below it, others than the run used most of a full machine. */
const MIN_OWN_SHARE = 0.5;
/** Of the seconds, what a p95 would show; in a short run a single one is chance. */
const MAX_BUSY_SHARE = 0.05;
const CHANCE_SECONDS = 1;
/**
 * Of the seconds with users in browsers: with more of them full, even the median of step times and Web Vitals is of a full
 * machine. Six healthy runs of `load` and `perf` on two cores had 0 to 9 % of them.
 */
const MAX_FULL_SHARE = 0.5;
/** Browsers that start fill a machine. */
const STARTING_SECONDS = 5;

type Second = Summary['timeline'][number];

export function fullMachine(seen: Observations): Reason[] {
  const watched = seen.timeline.filter(({ hostCpu }) => hostCpu !== undefined);
  const byOthers = otherWork(seen, watched);
  return byOthers.length > 0 ? byOthers : contention(seen, watched);
}

/** The generator looks idle and waits all the same. */
function otherWork({ run, targetProcess }: Observations, watched: readonly Second[]): Reason[] {
  const taken = watched.filter(
    (second) => isFull(second) && second.cpu !== null && second.cpu + (second.targetCpu ?? 0) < MIN_OWN_SHARE,
  );
  if (taken.length <= Math.max(MAX_BUSY_SHARE * watched.length, CHANCE_SECONDS)) return [];
  const mayBeTarget = targetProcess === null && sameMachine(run) !== undefined;
  return [
    {
      verdict: 'warn',
      code: 'machine-busy',
      seconds: taken.length,
      of: watched.length,
      limit: FULL_MACHINE,
      mayBeTarget,
    },
  ];
}

/** Neither the generator nor the target took all of it, but together, or with others, they did: browsers waited for a core. */
function contention({ run }: Observations, watched: readonly Second[]): Reason[] {
  const inBrowsers = watched.filter(({ browserUsers }) => browserUsers > 0);
  const full = inBrowsers.filter(isFull);
  if (full.length <= Math.max(MAX_FULL_SHARE * inBrowsers.length, STARTING_SECONDS)) return [];
  return [
    {
      verdict: 'warn',
      code: 'machine-full',
      seconds: full.length,
      of: inBrowsers.length,
      limit: FULL_MACHINE,
      generator: mean(full.map(({ cpu }) => cpu)),
      target: mean(full.map(({ targetCpu }) => targetCpu)),
      isShared: sameMachine(run) !== undefined,
    },
  ];
}

function isFull({ hostCpu = 0 }: Second): boolean {
  return hostCpu > FULL_MACHINE;
}

/** Undefined: nothing was measured. */
function mean(values: ReadonlyArray<number | null | undefined>): number | undefined {
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
