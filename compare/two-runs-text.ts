/** Two runs side by side in a terminal and as Markdown, and what the page shows too: the same parts in the same order. */
import { NONE, plural, quantity, thousands } from '../analysis/format.ts';
import { type Column, markdownTable } from '../analysis/text/markdown-table.ts';
import { visible } from '../config/visible-text.ts';
import { changeText, intervalText, pText } from './comparison-words.ts';
import { twoLineTable } from './two-line-table.ts';
import type { TwoRuns, TwoValues } from './two-runs.ts';

export const COLUMNS: readonly Column[] = [
  ['verdict', 'left'],
  ['metric', 'left'],
  ['a', 'right'],
  ['b', 'right'],
  ['change', 'right'],
  ['95 % interval', 'right'],
  ["Cliff's δ", 'right'],
  ['p', 'right'],
];

/** @param all rows; else those that differ and the primary ones */
export function twoRunsText(runs: TwoRuns, { all = false }: { all?: boolean }): string {
  const { shown, rest } = parts(runs, all);
  const table = twoLineTable(COLUMNS, shown.map(row));
  const lines = [headline(runs), '', ...facts(runs), '', ...table, ...restText(rest)];
  return visible(lines.join('\n'));
}

export function twoRunsMarkdown(runs: TwoRuns, { all = false }: { all?: boolean }): string {
  const { shown, rest } = parts(runs, all);
  const lines = [
    '## Two runs side by side',
    '',
    `**${headline(runs)}**`,
    '',
    ...facts(runs).map((fact) => `- ${fact}`),
    '',
    markdownTable(COLUMNS, shown.map(row)),
    ...restText(rest),
  ];
  return `${visible(lines.join('\n'))}\n`;
}

/** The word is "different": two runs of one thing differ too. */
export function headline({ metrics }: TwoRuns): string {
  const different = metrics.filter(({ isDifferent }) => isDifferent);
  const tested = metrics.filter(({ p }) => p !== null).length;
  if (tested === 0)
    return 'Nothing could be tested: both runs need several sessions, and a serial benchmark has one. `npx loadtest detect` compares runs.';
  return different.length === 0
    ? `No metric differs more between the runs than between sessions of one run (${plural(tested, 'metric')} tested).`
    : `${plural(different.length, 'metric')} of ${thousands(tested)} tested ${different.length === 1 ? 'differs' : 'differ'} more between the runs than between sessions of one run. Two runs of the same version can differ too: \`npx loadtest detect\` decides.`;
}

export function facts({ a, b, profile, unlike }: TwoRuns): string[] {
  return [
    `${profile}: a is ${a}, b is ${b}`,
    'change: from a to b; p: false-discovery rate; the unit is the session',
    ...unlike.map((one) => `not alike in ${one}`),
  ];
}

export function parts({ metrics }: TwoRuns, all: boolean): { shown: TwoValues[]; rest: number } {
  const shown = metrics.filter(({ isDifferent, isPrimary }) => all || isDifferent || isPrimary);
  return { shown, rest: metrics.length - shown.length };
}

function restText(rest: number): string[] {
  return rest > 0 ? ['', `${thousands(rest)} other metrics do not differ; --all shows them.`] : [];
}

export function row(values: TwoValues): string[] {
  const { metric, unit, a, b, isDifferent, delta, p } = values;
  return [
    isDifferent ? 'different' : '',
    metric,
    quantity(a, unit),
    quantity(b, unit),
    changeText(values),
    intervalText(values),
    delta === undefined ? NONE : delta.toFixed(2),
    pText(p),
  ];
}
