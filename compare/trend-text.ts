/** A trend for the terminal and as Markdown. */
import { plural, quantity } from '../analysis/format.ts';
import { type Column, markdownTable } from '../analysis/text/markdown-table.ts';
import { visible } from '../config/visible-text.ts';
import { inLine } from './comparison-markdown.ts';
import { changeText, intervalText, pText } from './comparison-words.ts';
import type { Trend, TrendChange } from './trend.ts';
import { day, leftOutLines, sinceText, spanLines, spanTitle } from './trend-words.ts';
import { twoLineTable } from './two-line-table.ts';

/** As many as a reader looks into; JSON and HTML have all. */
const MOST_CHANGES = 25;

const COLUMNS: readonly Column[] = [
  ['since', 'left'],
  ['metric', 'left'],
  ['before', 'right'],
  ['after', 'right'],
  ['change', 'right'],
  ['95 % interval', 'right'],
  ['p', 'right'],
];

interface Part {
  title: string;
  shown: TrendChange[];
  rest: number;
}

/** Those for the worse, then those for the better; each with what decides first. */
export function changeParts({ changes }: Trend, most = MOST_CHANGES): Part[] {
  const part = (title: string, isWorse: boolean): Part => {
    const all = changes.filter((change) => change.isWorse === isWorse);
    return { title, shown: all.slice(0, most), rest: Math.max(0, all.length - most) };
  };
  return [part('Worse', true), part('Better', false)].filter(({ shown }) => shown.length > 0);
}

export function trendText(trend: Trend): string {
  const lines = [
    trend.headline,
    '',
    ...facts(trend),
    ...changeParts(trend).flatMap(({ title, shown, rest }) => [
      '',
      `${title} (* is primary; p of others: false-discovery rate):`,
      ...twoLineTable(
        COLUMNS,
        shown.map((one) => row(one, trend)),
      ),
      ...(rest > 0 ? [`  ${restText(rest)}`] : []),
    ]),
    ...trend.spans.flatMap((span) => {
      const [first, ...others] = spanLines(span);
      return ['', `${spanTitle(span, trend)}:`, `  ${first}`, ...others.map((line) => `  ${line}`)];
    }),
  ];
  return visible(lines.join('\n'));
}

export function trendMarkdown(trend: Trend): string {
  const lines = [
    '## Since when is it slower?',
    '',
    `**${inLine(trend.headline)}**`,
    '',
    ...facts(trend).map((fact) => `- ${inLine(fact)}`),
    ...changeParts(trend).flatMap(({ title, shown, rest }) => [
      '',
      `### ${title}`,
      '',
      markdownTable(
        COLUMNS,
        shown.map((one) => row(one, trend)),
      ),
      ...(rest > 0 ? ['', restText(rest)] : []),
    ]),
    ...trend.spans.flatMap((span) => [
      '',
      `### ${inLine(spanTitle(span, trend))}`,
      '',
      ...spanLines(span).map((line) => `- ${inLine(line)}`),
    ]),
  ];
  return `${visible(lines.join('\n'))}\n`;
}

export function facts({ profile, environment, runs, metrics, leftOut }: Trend): string[] {
  const searched = metrics.filter(({ levels }) => levels.length > 0);
  const deciding = searched.filter(({ decides }) => decides).length;
  return [
    `${profile} on ${environment}: ${plural(runs.length, 'run')}, ${day(runs[0]?.start)} to ${day(runs.at(-1)?.start)}`,
    ...(searched.length > 0
      ? [`searched: ${plural(deciding, 'primary metric')} and ${searched.length - deciding} that inform`]
      : []),
    ...leftOutLines(leftOut),
  ];
}

function restText(rest: number): string {
  return `… and ${rest} more in the JSON (--json).`;
}

function row(change: TrendChange, trend: Trend): string[] {
  const { metric, decides, unit, before, after, p } = change;
  return [
    sinceText(change, trend),
    `${decides ? '* ' : ''}${metric}`,
    quantity(before, unit),
    quantity(after, unit),
    changeText(change),
    intervalText(change),
    pText(p),
  ];
}
