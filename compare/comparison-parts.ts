/** What terminal, Markdown and HTML show of a comparison: the same parts in the same order. */
import { NONE, number, plural, quantity, thousands } from '../analysis/format.ts';
import type { Column } from '../analysis/text/markdown-table.ts';
import type { AcceptedUse, ComparedMetric, Comparison } from './comparison.ts';
import { changeText, intervalText, pText, verdictText } from './comparison-words.ts';
import { badness } from './whole-verdict.ts';

/** Of metrics that inform: as many as a reader looks into. JSON has all. */
const MOST_INFORMING = 15;
export const DECIDE = 'Metrics that decide:';
export const INFORMS = 'Metrics that inform (p: false-discovery rate):';

export const columnsOf = ({ sides }: Comparison): Column[] => [
  ['verdict', 'left'],
  ['metric', 'left'],
  [sides ? 'A' : 'baseline', 'right'],
  [sides ? 'B' : 'current', 'right'],
  ['change', 'right'],
  ['95 % interval', 'right'],
  ['p', 'right'],
];

export function row(metric: ComparedMetric): string[] {
  const { unit, baseline, current, p } = metric;
  return [
    verdictText(metric),
    metric.metric,
    quantity(baseline, unit),
    quantity(current, unit),
    changeText(metric),
    intervalText(metric),
    pText(p),
  ];
}

/** Those that decide; of the others those that changed for the worse beyond the threshold, that one side lacks, or that are exact and changed. */
export function parts({ metrics }: Comparison) {
  const deciding = metrics.filter(({ decides }) => decides);
  const others = metrics.filter(({ decides }) => !decides);
  const shown = others
    .filter(
      (one) =>
        one.verdict === 'worse' ||
        one.verdict === 'missing' ||
        one.isConstant ||
        (one.isOutside && badness(one) > 1),
    )
    .slice(0, MOST_INFORMING);
  return { deciding, shown, rest: others.length - shown.length };
}

export function restText(rest: number): string {
  return `${thousands(rest)} other metrics inform and are in the JSON (--json).`;
}

/** What was compared and how, what was forced, what differs beside it, and what is accepted. */
export function facts(comparison: Comparison): string[] {
  const { threshold, alpha, unit, forced, notes, accepted } = comparison;
  return [
    ...whatWasCompared(comparison),
    `threshold ${number(threshold * 100)} %; false alarms at most ${number(alpha * 100)} % for all metrics that decide together; the unit is the ${unit}`,
    ...forced.map((one) => `compared by force: ${one}`),
    ...notes,
    ...accepted.map(acceptedText),
  ];
}

function whatWasCompared({ profile, environment, file, sides, baseline, current }: Comparison): string[] {
  if (sides) return [`${profile}, ${plural(baseline.length, 'round')}`, `A: ${sides.a}`, `B: ${sides.b}`];
  return [
    `${profile} on ${environment}: ${plural(baseline.length, 'baseline run')} (${file}), current ${current.map(({ id }) => id).join(', ')}`,
  ];
}

const OUTCOMES: Readonly<Record<AcceptedUse['outcome'], string>> = {
  excuses: 'excuses what is worse',
  exceeded: 'does not excuse: the change is larger',
  expired: 'does not excuse: it has expired',
  'not needed': 'not needed',
};

export function acceptedText({ metric, limit, reason, until, outcome }: AcceptedUse): string {
  return `accepted: ${metric}, worse by up to ${number(limit)}, until ${until || NONE} (${reason}): ${OUTCOMES[outcome]}`;
}
