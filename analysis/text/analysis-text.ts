/** An analysis for a terminal of 80 columns, without colours. */
import { visible } from '../../config/visible-text.ts';
import { duration, figure, milliseconds, moment, percent, plural, quantity, thousands } from '../format.ts';
import { evidenceText, gainText, NO_ADVICE, NO_ADVICE_INVALID, requestsText } from './advice-text.ts';
import type { Analysis } from './analysis.ts';
import { availabilityText, neverWorkedText } from './service-text.ts';
import { textTable } from './text-table.ts';
import { headlineText } from './verdict-words.ts';

const WIDTH = 80;
const INDENT = '  ';
const LONGEST_NAME = 38;

export function analysisText(analysis: Analysis): string {
  const parts: Array<[title: string, lines: string[]]> = [
    ['Summary', summaryLines(analysis)],
    ['Performance', performanceLines(analysis)],
    ['Reliability', reliabilityLines(analysis)],
    ['Thresholds', thresholdLines(analysis)],
    ['Recommendations', recommendationLines(analysis)],
  ];
  return parts.map(([title, lines]) => [title, '-'.repeat(title.length), ...lines].join('\n')).join('\n\n');
}

/** Words of a text on lines of 80 columns; a word that is longer than a line is cut where the line ends. */
export function wrapped(text: string, first = INDENT, rest = INDENT): string[] {
  const room = WIDTH - Math.max(first.length, rest.length);
  const words = plain(text)
    .split(' ')
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, at) => `${at === 0 ? first : rest}${line}`);
}

function summaryLines({ run, summary }: Analysis): string[] {
  const { headline, target, environment, profiles, start, durationSeconds, counts, reasons, answers } =
    summary;
  return [
    ...wrapped(headlineText(headline)),
    ...answers.flatMap((answer) => wrapped(answer)),
    ...reasons.flatMap((reason) => wrapped(reason, '  - ', '    ')),
    ...wrapped(`Run ${run}: ${profiles.join(' + ')}, ${moment(start)}, ${duration(durationSeconds)}`),
    ...wrapped(`Target ${target} (${environment})`),
    ...wrapped(
      `${plural(counts.sessions, 'session')}, at most ${plural(counts.mostUsers, 'user')} at a time; ${plural(counts.journeys, 'journey')}, ${plural(counts.steps, 'step')}, ${plural(counts.requests, 'request')}`,
    ),
  ];
}

function performanceLines({ performance: { apdex, steps, operations, vitals } }: Analysis): string[] {
  const score = apdex.score === null ? [] : [`  Apdex ${figure(apdex.score)} (T ${milliseconds(apdex.t)})`];
  return orNone([
    ...score,
    ...times('Slowest steps', steps),
    ...times('Slowest operations', operations),
    ...(vitals.length > 0 ? ['  Web Vitals that are not good at p75'] : []),
    ...table(
      vitals.map(({ page, vital, p75, n, rating }) => [
        ...[name(page), vital, figure(p75), `n ${thousands(n)}`, rating.replace('-', ' ')],
      ]),
      [2, 3],
    ),
  ]);
}

function times(title: string, rows: Analysis['performance']['steps']): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => [
    name(row.name),
    ...[row.p50, row.p95, row.max].map((value) => figure(value)),
    thousands(row.n),
  ]);
  return [...table([[`${title}, ms`, 'p50', 'p95', 'max', 'n'], ...cells], [1, 2, 3, 4])];
}

function reliabilityLines({ reliability }: Analysis): string[] {
  const { availability, shares, rateLimited, unresponsive, doesNotWork, errors } = reliability;
  const failed = Object.entries(shares)
    .filter(([, { n }]) => n > 0)
    .map(([what, { value, n }]) => `${what} ${percent(value)} of ${thousands(n)}`);
  const counts = { availability } as Parameters<typeof availabilityText>[0]['counts'];
  return orNone([
    ...wrapped(availabilityText({ counts })),
    ...(failed.length > 0 ? wrapped(`Failed: ${failed.join(', ')}`) : []),
    ...(rateLimited > 0 ? wrapped(`Refused with 429: ${plural(rateLimited, 'request')}`) : []),
    ...(unresponsive && unresponsive.longest > 0
      ? wrapped(`Target without any answer: ${duration(unresponsive.longest / 1000)} at a time at most`)
      : []),
    ...doesNotWork.flatMap((one) => wrapped(`does not work: ${neverWorkedText(one)}`, '  - ', '    ')),
    ...errors.flatMap(({ kind, name: what, message, count }) =>
      wrapped(`${thousands(count)} × ${kind} ${what}: ${message}`, '  - ', '    '),
    ),
  ]);
}

function thresholdLines({ thresholds: { counts, notPassed } }: Analysis): string[] {
  const { passed, failed, inconclusive } = counts;
  const more = failed + inconclusive - notPassed.length;
  return [
    `  ${plural(passed, 'gate')} passed, ${failed} failed, ${inconclusive} had not enough data`,
    ...notPassed.flatMap(({ metric, outcome, observed, unit, expected, n }) =>
      wrapped(
        `${outcome === 'failed' ? 'failed' : 'not enough data'}: ${metric} ${quantity(observed, unit)}, expected ${expected}, n ${thousands(n)}`,
        '  - ',
        '    ',
      ),
    ),
    ...(more > 0 ? [`  - and ${more} more, see the report`] : []),
  ];
}

function recommendationLines({ recommendations, summary: { verdict } }: Analysis): string[] {
  if (recommendations.length === 0) return wrapped(verdict === 'invalid' ? NO_ADVICE_INVALID : NO_ADVICE);
  return recommendations.flatMap((advice, at) => {
    const gain = gainText(advice);
    return [
      ...wrapped(`${advice.action}${gain && ` Gain: ${gain}.`}`, `${String(at + 1).padStart(2)}. `, '    '),
      ...wrapped(advice.finding, '    ', '    '),
      ...wrapped(evidenceText(advice), '    ', '    '),
      ...(advice.requestIds ? wrapped(requestsText(advice), '    ', '    ') : []),
    ];
  });
}

function table(rows: ReadonlyArray<readonly string[]>, right: readonly number[]): string[] {
  return textTable(rows, right).map((row) => `${INDENT}${row}`);
}

function orNone(lines: string[]): string[] {
  return lines.length > 0 ? lines : [`${INDENT}Nothing was measured.`];
}

function name(text: string): string {
  const shown = plain(text);
  return shown.length <= LONGEST_NAME ? shown : `${shown.slice(0, LONGEST_NAME - 1)}…`;
}

/** Text from the target must not move the cursor or colour the terminal. */
function plain(text: string): string {
  return visible(text).replace(/[ \t\n]+/g, ' ');
}
