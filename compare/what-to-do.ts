/** What decides a comparison that is unclear: more rounds or runs, or what makes them more alike. */
import { duration, plural } from '../analysis/format.ts';
import { planLooks } from '../analysis/statistics/group-sequential.ts';
import { COMPLETE } from './baseline-file.ts';
import type { ComparedMetric, Comparison } from './comparison.ts';
import { CURRENT_COMPLETE } from './detect.ts';

const INSTEAD =
  'Measure longer (DURATION=2m; benchmarks are as long as they are), on a machine that does nothing else, or take a larger --threshold.';
/** Rounds are not all as long as those before them. */
const ROOM = 1.1;

/** Undefined: it is decided, or no measurement would change anything. */
export function whatToDo(comparison: Comparison): string | undefined {
  const { verdict, canDecide, metrics, unit } = comparison;
  if (canDecide && verdict !== 'unclear') return undefined;
  const open = metrics.filter((one) => one.decides && !one.excusedBy && one.verdict === 'unclear');
  if (canDecide && open.length === 0) return undefined;
  return unit === 'round' ? moreRounds(comparison, open) : moreRuns(comparison, open);
}

function moreRounds(comparison: Comparison, open: readonly ComparedMetric[]): string {
  const { baseline, canDecide } = comparison;
  const needed = canDecide ? most(open) : 0;
  const next = planLooks().find(
    ({ rounds }) => rounds > (canDecide ? baseline.length : 0) && rounds >= (needed ?? Infinity),
  );
  if (!next) {
    const last = planLooks().at(-1)?.rounds ?? 0;
    return `What to do: ${last} rounds, the most that are made, would hardly decide it. ${INSTEAD}`;
  }
  const seconds = secondsOfRound(comparison);
  const time =
    seconds === undefined
      ? 'a longer --time-limit'
      : `--time-limit ${Math.ceil((next.rounds * seconds * ROOM) / 60)}m`;
  return `What to do: compare again with --max-rounds ${next.rounds} and ${time}${seconds === undefined ? '' : ` (a round took ${duration(seconds)})`}.`;
}

function moreRuns({ baseline, current, canDecide }: Comparison, open: readonly ComparedMetric[]): string {
  const needed = most(open);
  if (canDecide && needed === undefined) return `What to do: more runs would hardly decide it. ${INSTEAD}`;
  const [ofBaseline, ofCurrent] = canDecide ? [needed ?? 0, needed ?? 0] : [COMPLETE, CURRENT_COMPLETE];
  const [toAdd, toMake] = [ofBaseline - baseline.length, ofCurrent - current.length];
  const steps = [
    toMake > 0 && `make ${plural(toMake, 'more current run')}`,
    toAdd > 0 && `add ${plural(toAdd, 'more run')} of what it was before to the baseline`,
  ].filter(Boolean);
  return `What to do: ${steps.length > 0 ? steps.join(', and ') : 'make one more current run'}.`;
}

/** Undefined: of some it is not known, or there would be more than anybody makes. */
function most(open: readonly ComparedMetric[]): number | undefined {
  const needed = open.flatMap(({ runsToDecide }) => runsToDecide ?? []);
  return needed.length === open.length ? Math.max(...needed) : undefined;
}

/** From the begin of the first to that of the last. */
function secondsOfRound({ baseline, current }: Comparison): number | undefined {
  const starts = baseline.map(({ start }, at) =>
    Math.min(Date.parse(start), Date.parse(current[at]?.start ?? start)),
  );
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  return last > first ? (last - first) / (starts.length - 1) / 1000 : undefined;
}
