/** What a comparison comes to, in one or two sentences. */
import { plural } from '../analysis/format.ts';
import type { ComparedMetric, Comparison, MetricVerdict } from './comparison.ts';
import { changeText, intervalText } from './comparison-words.ts';
import { badness } from './whole-verdict.ts';

/** @param enough runs that it takes on each side to decide */
export function headlineOf(
  comparison: Omit<Comparison, 'headline'>,
  enough: { baseline: number; current: number },
): string {
  const { verdict, canDecide, metrics, baseline, current, unit } = comparison;
  const deciding = metrics.filter(({ decides, excusedBy }) => decides && !excusedBy);
  const excused = metrics.filter(({ decides, excusedBy }) => decides && excusedBy);
  const sentences = [
    canDecide ? decided(verdict, deciding, unit) : warning(deciding, unit),
    excused.length > 0 && `Accepted: ${named(excused)}.`,
    !canDecide &&
      (unit === 'round'
        ? `${plural(baseline.length, 'round')} ${baseline.length === 1 ? 'is' : 'are'} too few to decide: it takes ${enough.baseline}.`
        : `${plural(baseline.length, 'baseline run')} and ${plural(current.length, 'current run')} are too few to decide: it takes ${enough.baseline} and ${enough.current}.`),
  ];
  return sentences.filter(Boolean).join(' ');
}

function decided(
  verdict: MetricVerdict,
  deciding: readonly ComparedMetric[],
  unit: Comparison['unit'],
): string {
  const having = deciding.filter((one) => one.verdict === verdict);
  switch (verdict) {
    case 'worse':
      return `Worse: ${named(having)}.`;
    case 'better':
      return `Better: ${named(having)}.`;
    case 'same':
      return deciding.length === 0
        ? 'The same, but for what is accepted.'
        : `The same: the intervals of ${deciding.length} metrics that decide are within the threshold.`;
    case 'missing': {
      const gone = having.filter(({ current }) => current === null).map(({ metric }) => metric);
      return `Missing: ${gone.join(', ')} was not measured by the current runs.`;
    }
    case 'unclear':
      return unclear(deciding, unit);
  }
}

function unclear(deciding: readonly ComparedMetric[], unit: Comparison['unit']): string {
  const open = deciding.filter(({ verdict }) => verdict === 'unclear');
  if (open.length === 0) {
    const fresh = deciding.filter(({ verdict }) => verdict === 'missing').map(({ metric }) => metric);
    return fresh.length > 0
      ? `Unclear: the baseline has no ${fresh.join(', ')}. Make a new one.`
      : 'Unclear: no metric decides, since the profile names none as primary.';
  }
  const needed = open.flatMap(({ runsToDecide }) => runsToDecide ?? []);
  const most =
    needed.length === open.length
      ? ` About ${Math.max(...needed)} ${unit === 'round' ? 'rounds' : 'runs on each side'} would decide.`
      : '';
  return `Unclear: ${named(open)}.${most}`;
}

/** Too few runs: what is worse in all of one side than in any of the other. */
function warning(deciding: readonly ComparedMetric[], unit: Comparison['unit']): string {
  const gone = deciding.filter(({ verdict, current }) => verdict === 'missing' && current === null);
  if (gone[0]) return `Unclear: ${gone[0].metric} was not measured by the current runs.`;
  const outside = deciding.filter((one) => one.isOutside && badness(one) > 0);
  const worse =
    unit === 'round'
      ? 'worse in every measurement of B than in any of A'
      : 'worse in every current run than in any baseline run';
  return outside.length > 0
    ? `Unclear: ${named(outside)} ${outside.length > 1 ? 'are' : 'is'} ${worse}.`
    : `Unclear: no metric that decides is ${worse}.`;
}

function named(all: readonly ComparedMetric[]): string {
  const [first] = all;
  if (!first) return '';
  const more = all.length > 1 ? `, and ${plural(all.length - 1, 'more metric')}` : '';
  return `${first.metric} ${changeText(first)} (${intervalText(first)})${more}`;
}
