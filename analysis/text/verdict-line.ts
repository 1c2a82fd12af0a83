/** What a run leaves on the terminal: verdict, reasons, primary figures, where to read on. */

import { visible } from '../../config/visible-text.ts';
import { quantity } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { fullMachineText } from './full-machine-text.ts';
import { goalsText } from './goal-text.ts';
import { primaryInterval } from './primary-interval.ts';
import { availabilityText, neverWorkedText, seenText, unverifiedText } from './service-text.ts';
import { textTable } from './text-table.ts';
import { headlineText, outcomeWords } from './verdict-words.ts';

/** More than these would push the verdict out of sight; the report has all. */
const MAX_REASONS = 8;
const MAX_NOTES = 4;

/** Plain text of a few lines, without colours; the report's path, where there is one, is the last. */
export function verdictLine(summary: Summary, reportPath?: string): string {
  const { reasons } = summary;
  const lines = [
    '',
    plain(headlineText(summary.headline)),
    ...summary.answers.map((answer) => `  ${plain(answer)}`),
  ];
  const machine = fullMachineText(summary);
  if (machine) lines.push(`  ${machine}`);
  for (const reason of reasons.slice(0, MAX_REASONS)) lines.push(`  - ${plain(reason)}`);
  if (reasons.length > MAX_REASONS)
    lines.push(`  - and ${reasons.length - MAX_REASONS} more, see the report`);
  for (const { text } of summary.notes.slice(0, MAX_NOTES)) lines.push(`  note: ${plain(text)}`);
  if (summary.notes.length > MAX_NOTES)
    lines.push(`  and ${summary.notes.length - MAX_NOTES} more notes, see the report`);
  for (const defect of summary.knownDefects.filter(({ excused }) => excused)) {
    const { name, until } = defect;
    const parts = [seenText(defect), unverifiedText(defect), `excused until ${until}`];
    lines.push(`  known defect: ${plain(name)}, ${parts.filter(Boolean).join(', ')}`);
  }
  const broken = summary.doesNotWork;
  for (const one of broken.slice(0, MAX_REASONS))
    lines.push(`  does not work: ${plain(neverWorkedText(one))}`);
  if (broken.length > MAX_REASONS) lines.push(`  does not work: ${broken.length - MAX_REASONS} more`);
  const availability = availabilityText(summary);
  if (availability) lines.push(`  ${availability}`);
  if (summary.primary.length > 0) lines.push('', ...table(summary));
  lines.push(...goalLines(summary));
  if (reportPath !== undefined) lines.push('', `Report: ${reportPath}`);
  return lines.join('\n');
}

/** Missed ones have a line each; the report has all. */
function goalLines({ goals = [] }: Summary): string[] {
  if (goals.length === 0) return [];
  const missed = goals.filter(({ outcome }) => outcome === 'missed');
  return ['', `  ${goalsText(goals)}`, ...missed.map(({ message }) => `  - ${plain(message)}`)];
}

function table({ primary: figures, gates }: Summary): string[] {
  const rows = [
    ['metric', 'value', '95 % interval', 'n', 'limit', ''],
    ...figures.map((figure) => [
      plain(figure.metric),
      quantity(figure.value, figure.unit),
      primaryInterval(figure, gates),
      String(figure.n),
      figure.expected ?? '',
      figure.outcome && figure.verdict
        ? outcomeWords({ outcome: figure.outcome, verdict: figure.verdict }).toLowerCase()
        : '',
    ]),
  ];
  return textTable(rows, [1, 2, 3]).map((row) => `  ${row}`);
}

/** Text from the target must not move the cursor or colour the terminal. */
function plain(text: string): string {
  return visible(text).replace(/\s+/g, ' ');
}
