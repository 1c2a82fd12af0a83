/** `summary.md`: for a pull request or a job's summary (GitHub-flavoured Markdown). */

import { change, figure, interval, number, percent, quantity } from '../format.ts';
import type { ErrorGroup, Summary } from '../summary/summary.ts';
import { BENCHMARK_COLUMNS, benchmarkCells } from './benchmark-table.ts';

const MARK = { pass: '✅', warn: '⚠️', fail: '❌', invalid: '⛔' } as const;
const MAX_ERRORS = 10;

export function markdown(summary: Summary): string {
  const { primary, steps, pages, errors, knownDefects, completeness } = summary;
  const notHeld = summary.gates.filter((gate) => gate.verdict !== 'pass');
  const vitals = pages.flatMap((page) =>
    Object.entries(page.vitals).map(([name, figures]) => [
      text(page.page),
      name,
      number(figures.p75 ?? figures.coldP75),
      figures.p75 === null ? 'first views only' : '',
      String(figures.n + figures.cold),
      figures.rating ?? '',
    ]),
  );
  const parts = [
    `## ${MARK[summary.verdict]} ${text(summary.headline)}`,
    summary.answers.map((answer) => `**${text(answer)}**`).join('\n\n'),
    summary.reasons.map((reason) => `- ${text(reason)}`).join('\n'),
    section(
      'Primary figures',
      ['Metric', '>Value', '95 % interval', '>n', 'Limit', 'Gate'],
      primary.map((figure) => [
        text(figure.metric),
        quantity(figure.value, figure.unit),
        interval(figure.ci, figure.unit),
        String(figure.n),
        figure.expected ?? '',
        figure.verdict ? `${MARK[figure.verdict]} ${figure.verdict}` : '',
      ]),
    ),
    section(
      `Gates not held (${notHeld.length} of ${summary.gates.length})`,
      ['Metric', 'Expected', '>Observed', '>n', 'Set in', 'Result'],
      notHeld.map((gate) => [
        text(gate.metric),
        gate.expected,
        quantity(gate.observed, gate.unit),
        String(gate.n),
        text(gate.where),
        `${MARK[gate.verdict]} ${gate.verdict}`,
      ]),
    ),
    section(
      'Levels of users (times in ms)',
      ['Level', '>Users', '>Requests/s', '>n', '>p50', '>p95', '>Errors', 'Limits'],
      summary.levels.map(({ name, users, rate, n, p50, p95, errors, requests, ok, generator }) => [
        text(name),
        String(users),
        figure(rate),
        String(n),
        ...[p50, p95].map(number),
        requests === 0 ? '' : percent(errors / requests),
        ok === null ? (generator ? 'not known: the generator’s own end' : '') : ok ? 'kept' : '**broken**',
      ]),
    ),
    section(
      'Benchmarks (ms)',
      BENCHMARK_COLUMNS.map(([heading, side]) => (side === 'right' ? `>${heading}` : heading)),
      summary.benchmarks.map((row) => benchmarkCells(row).map(text)),
    ),
    section(
      'Errors',
      ['Step', 'What', '>Count', 'Message'],
      errors
        .slice(0, MAX_ERRORS)
        .map((error: ErrorGroup) => [
          text(error.step ?? ''),
          `${error.kind} ${text(error.name)}`,
          String(error.count),
          text(error.message),
        ]),
    ),
    section(
      'Steps (ms)',
      ['Step', '>n', '>p50', '>p75', '>p95', '>max', '>errors', '>cold n', '>cold p50'],
      steps.map((step) => [
        text(step.name),
        ...[step.n, step.p50, step.p75, step.p95, step.max, step.errors, step.cold, step.coldP50].map(number),
      ]),
    ),
    section('Web Vitals (p75)', ['Page', 'Vital', '>p75', '', '>n', 'Rating'], vitals),
    completeness.share === null
      ? ''
      : `Web Vitals captured: ${percent(completeness.share)} of what ${completeness.measurable} measurable page views could yield.${completeness.withoutInteraction > 0 ? ` ${completeness.withoutInteraction} of them had no click or key press, and so no INP.` : ''}`,
    summary.counts.shapes.n > 0
      ? `Answers held against their shape: ${percent(summary.counts.shapes.checked / summary.counts.shapes.n)} of ${summary.counts.shapes.n}.`
      : '',
    section(
      'Counted by journeys',
      ['What', '>n', '>per s'],
      summary.counters.map(({ name, n, rate }) => [text(name), String(n), number(rate)]),
    ),
    section(
      'The target’s own figures',
      ['Endpoint', 'Figure', '>n', '>min', '>median', '>max', '>drift an hour'],
      summary.targetMetrics.flatMap(({ name, figures }) =>
        figures
          .filter(({ n }) => n > 0)
          .map(({ title, unit, n, min, p50, max, drift }) => [
            text(name),
            text(title),
            String(n),
            ...[min, p50, max].map((value) => quantity(value, unit)),
            drift
              ? `${change(drift.perHour, unit)} (${change(drift.ci[0], unit)} to ${change(drift.ci[1], unit)})`
              : '',
          ]),
      ),
    ),
    section(
      'Journeys cut short',
      ['Journey', 'Why', '>Times', '>Of'],
      summary.cutShort.map((row) => [text(row.journey), text(row.why), String(row.count), String(row.of)]),
    ),
    section(
      'Known defects',
      ['Defect', '>Count', 'Excused', 'Reason'],
      knownDefects.map((defect) => [
        text(defect.name),
        String(defect.count),
        defect.excused ? `until ${defect.until}` : '**no**',
        text(defect.reason),
      ]),
    ),
    `Run \`${summary.id}\`. The whole report is \`index.html\` in the run directory.`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** A heading that begins with `>` aligns its column to the right. Nothing at all when there are no rows. */
function section(title: string, headings: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const names = headings.map((heading) => heading.replace(/^>/, ''));
  const rules = headings.map((heading) => (heading.startsWith('>') ? '---:' : '---'));
  return [`### ${title}`, '', line(names), line(rules), ...rows.map(line)].join('\n');
}

/** Text from the target: neither HTML nor Markdown nor the end of a table's cell. */
function text(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
