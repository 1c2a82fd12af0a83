/** A comparison as Markdown for a comment on a pull request: the answer first, every figure folded away below. */
import { inQuotes } from '../analysis/format.ts';
import { markdownTable } from '../analysis/text/markdown-table.ts';
import { visible } from '../config/visible-text.ts';
import type { ComparedMetric, Comparison } from './comparison.ts';
import { acceptedText, columnsOf, facts, INFORMS, parts, restText, row } from './comparison-parts.ts';
import { whatToDo } from './what-to-do.ts';
import { badness } from './whole-verdict.ts';

/** GitHub refuses comments of 65 536 characters; some room for what a workflow adds. */
const MOST = 65_000;
const WORST = 3;
/** Of a command or a list of runs: more is in the JSON. */
const LONGEST_LINE = 300;
const MOST_LINES = 40;
/** Who posts the comment puts the address of the page there. */
export const REPORT_URL = 'REPORT_URL';

export function comparisonMarkdown(comparison: Comparison): string {
  const head = answer(comparison);
  const whole = [...head, ...everything(comparison)].join('\n');
  const text = whole.length <= MOST ? whole : [...head, 'The figures are too long for a comment.'].join('\n');
  return `${visible(text)}\n`;
}

function answer(comparison: Comparison): string[] {
  const { headline, accepted } = comparison;
  const advice = whatToDo(comparison);
  const worst = worstOf(comparison);
  return [
    '## Is it slower?',
    '',
    `**${inLine(headline)}**`,
    '',
    ...(advice === undefined ? [] : [inLine(advice), '']),
    worst.length === 0
      ? 'No metric is worse than before by more than the threshold.'
      : markdownTable(columnsOf(comparison), worst.map(row)),
    '',
    ...accepted.slice(0, MOST_LINES).map((one) => `- ${line(acceptedText(one))}`),
    ...(accepted.length > 0 ? [''] : []),
    ...howToAccept(comparison),
    `[The report with every figure](${REPORT_URL})`,
    '',
  ];
}

/** What a reader looks at first: what is worse or missing, then what changed most for the worse beyond the threshold. */
function worstOf(comparison: Comparison): ComparedMetric[] {
  const { deciding, shown } = parts(comparison);
  return [...deciding, ...shown]
    .filter((one) => one.verdict === 'worse' || one.verdict === 'missing' || badness(one) > 1)
    .slice(0, WORST);
}

function howToAccept({ metrics }: Comparison): string[] {
  const worse = metrics.find((one) => one.decides && one.verdict === 'worse' && !one.excusedBy);
  if (!worse) return [];
  const { metric, change, interval, scale, unit } = worse;
  // What is true may be as far out as the interval reaches, and so may the next comparison be.
  const [low, high] = interval;
  const end = Math.abs((worse.worse === 'up' ? high : low) ?? change ?? 0);
  const size = end * (scale === 'ratio' || unit === '%' ? 100 : 1);
  const limit = size >= 1 ? Math.ceil(size) : Number(size.toPrecision(1)) * 2;
  return [
    'Is it intended? Then accept it in this pull request, and commit `reports/accepted.yml`:',
    '',
    '```sh',
    `npx loadtest baseline accept --metric ${quoted(metric)} --limit ${limit} --reason "why" --until YYYY-MM-DD`,
    '```',
    '',
  ];
}

function everything(comparison: Comparison): string[] {
  const { deciding, shown, rest } = parts(comparison);
  const table = (all: readonly ComparedMetric[]) => markdownTable(columnsOf(comparison), all.map(row));
  const all = facts(comparison);
  const more = all.length - MOST_LINES;
  return [
    '<details><summary>What decides, what informs, and what was compared</summary>',
    '',
    table(deciding),
    ...(shown.length > 0 ? ['', INFORMS, '', table(shown)] : []),
    ...(rest > 0 ? ['', restText(rest)] : []),
    '',
    ...all.slice(0, MOST_LINES).map((fact) => `- ${line(fact)}`),
    ...(more > 0 ? [`- … and ${more} more lines, which are in the JSON`] : []),
    '',
    '</details>',
  ];
}

function line(text: string): string {
  return inLine(text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text);
}

/** Names of metrics have asterisks and underscores. */
export function inLine(text: string): string {
  return text.replace(/([*_`|<])/g, '\\$1');
}

/** As a shell reads it. */
function quoted(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : inQuotes(text);
}
