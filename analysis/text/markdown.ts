/** `summary.md`: for a pull request or a job's summary (GitHub-flavoured Markdown). */

import { change, duration, figure, intoRun, number, percent, quantity } from '../format.ts';
import { type GateResult, isUnproved } from '../summary/gate-result.ts';
import type { Level, Summary } from '../summary/summary.ts';
import { gainText } from './advice-text.ts';
import { BENCHMARK_COLUMNS, benchmarkCells } from './benchmark-table.ts';
import { fullMachineText } from './full-machine-text.ts';
import { goalsText, limitText, missedFirst, outcomeText } from './goal-text.ts';
import { list, section, text, withinRoom } from './markdown-text.ts';
import { pageErrorsText } from './page-errors-text.ts';
import { primaryInterval } from './primary-interval.ts';
import { availabilityText } from './service-text.ts';
import { DRAIN, ledBackText, sumsTable, viewsText } from './sums-table.ts';
import { headlineText, outcomeWords } from './verdict-words.ts';

const MARK = { pass: '✅', warn: '⚠️', fail: '❌', invalid: '⛔' } as const;
const MAX_ERRORS = 10;
const MAX_ADVICE = 5;
const MAX_REASONS = 30;

/** The sections in their order; each is empty where the run has nothing for it. */
export function markdown(summary: Summary): string {
  const machine = fullMachineText(summary);
  const sections = [
    `## ${MARK[summary.verdict]} ${text(headlineText(summary.headline))}`,
    summary.answers.map((answer) => `**${text(answer)}**`).join('\n\n'),
    machine && `**${text(machine)}**`,
    list(summary.reasons.map(text), MAX_REASONS),
    list(
      summary.notes.map((note) => `Note: ${text(note.text)}`),
      MAX_REASONS,
    ),
    primaryFigures(summary),
    gates(summary),
    goals(summary),
    advice(summary),
    levels(summary),
    benchmarks(summary),
    text(availabilityText(summary)),
    doesNotWork(summary),
    pageErrors(summary),
    errors(summary),
    steps(summary),
    vitals(summary),
    unresponsive(summary),
    sums(summary),
    completeness(summary),
    shapes(summary),
    counters(summary),
    targetFigures(summary),
    cutShort(summary),
    knownDefects(summary),
    `Run \`${summary.id}\`. The whole report is \`index.html\` in the run directory.`,
  ];
  return withinRoom(`${sections.filter(Boolean).join('\n\n')}\n`);
}

function primaryFigures({ primary, gates: all }: Summary): string {
  return section(
    'Primary figures',
    ['Metric', '>Value', '95 % interval', '>n', 'Limit', 'Gate'],
    primary.map((one) => [
      text(one.metric),
      quantity(one.value, one.unit),
      primaryInterval(one, all),
      String(one.n),
      one.expected ?? '',
      one.verdict && one.outcome ? result(one.verdict, one.outcome) : '',
    ]),
  );
}

function gates({ gates: all }: Summary): string {
  const others = all.filter(({ outcome }) => outcome !== 'passed');
  return section(
    `Gates that failed or had not enough data (${others.length} of ${all.length})`,
    ['Metric', 'Expected', '>Observed', '>n', 'Set in', 'Result'],
    others.map((gate) => [
      text(gate.metric),
      gate.expected,
      quantity(gate.observed, gate.unit),
      String(gate.n),
      text(gate.where),
      result(gate.verdict, gate.outcome),
    ]),
  );
}

function goals({ goals: all = [] }: Summary): string {
  return section(
    `Goals: ${goalsText(all)}`,
    ['Metric', '>Observed', '>Goal', 'Goal is', 'Limit'],
    missedFirst(all).map((goal) => [
      text(goal.metric),
      quantity(goal.observed, goal.unit),
      quantity(goal.goal, goal.unit),
      outcomeText(goal),
      limitText(goal).replace(/^limit /, ''),
    ]),
  );
}

function advice({ advice: all = [] }: Summary): string {
  return section(
    'Advice',
    ['What to do', 'Why', '>Gain', '>n'],
    all.map((one) => [text(one.action), text(one.finding), gainText(one), String(one.n)]),
    MAX_ADVICE,
  );
}

function result(verdict: GateResult['verdict'], outcome: GateResult['outcome']): string {
  const words = outcomeWords({ verdict, outcome }).toLowerCase();
  return isUnproved({ verdict, outcome }) ? words : `${MARK[verdict]} ${words}`;
}

function levels({ levels: all }: Summary): string {
  return section(
    'Levels of users (times in ms)',
    ['Level', '>Users', '>Requests/s', '>n', '>p50', '>p95', '>Errors', 'Limits'],
    all.map((level) => [
      text(level.name),
      String(level.users),
      figure(level.rate),
      String(level.n),
      number(level.p50),
      number(level.p95),
      level.requests === 0 ? '' : percent(level.errors / level.requests),
      limitsOf(level),
    ]),
  );
}

function limitsOf({ ok, generator }: Level): string {
  if (ok === null) return generator ? 'unknown: the load generator was saturated' : '';
  return ok ? 'passed' : '**failed**';
}

function benchmarks({ benchmarks: all }: Summary): string {
  return section(
    'Benchmarks (ms)',
    BENCHMARK_COLUMNS.map(([heading, side]) => (side === 'right' ? `>${heading}` : heading)),
    all.map((row) => benchmarkCells(row).map(text)),
  );
}

function pageErrors({ pageErrors: seen }: Summary): string {
  return seen ? pageErrorsText(seen) : '';
}

function errors({ errors: all }: Summary): string {
  return section(
    'Errors',
    ['Journey', 'Step', 'What', '>Count', 'Message'],
    all.map((error) => [
      text(error.journey ?? ''),
      text(error.step ?? ''),
      `${error.kind} ${text(error.name)}`,
      String(error.count),
      text(error.message),
    ]),
    MAX_ERRORS,
  );
}

function doesNotWork({ doesNotWork: all }: Summary): string {
  return section(
    'Does not work',
    ['What', '>Failed', 'Known defect'],
    all.map(({ kind, name, n, defects }) => [
      `${kind} ${text(name)}`,
      `${n} of ${n}`,
      text(defects.join(', ')),
    ]),
    MAX_ERRORS,
  );
}

function steps({ steps: all }: Summary): string {
  return section(
    'Steps (ms)',
    ['Step', '>n', '>p50', '>p75', '>p95', '>max', '>errors', '>cold n', '>cold p50'],
    all.map((step) => [
      text(step.name),
      ...[step.n, step.p50, step.p75, step.p95, step.max, step.errors, step.cold, step.coldP50].map(number),
    ]),
  );
}

function vitals({ pages }: Summary): string {
  return section(
    'Web Vitals (p75)',
    ['Page', 'Vital', '>p75', '', '>n', 'Rating'],
    pages.flatMap((page) =>
      Object.entries(page.vitals).map(([name, figures]) => [
        text(page.page),
        name,
        number(figures.p75 ?? figures.coldP75),
        figures.p75 === null ? 'first views only' : '',
        String(figures.n + figures.cold),
        figures.rating ?? '',
      ]),
    ),
  );
}

function unresponsive({ unresponsive: watched }: Summary): string {
  if (!watched || watched.spans.length === 0) return '';
  const spans = watched.spans.map(
    ({ from, seconds }) => `for ${duration(seconds)}, ${intoRun(from)} into the run`,
  );
  return `The target took connections and answered nothing ${spans.slice(0, MAX_ERRORS).join('; ')}${spans.length > MAX_ERRORS ? '; …' : ''}.`;
}

function sums({ sums: all }: Summary): string {
  const { rows, columns } = sumsTable(all);
  const counted = section(
    'How the counts add up',
    ['What', ...columns.map(({ heading }) => `>${heading}`)],
    rows.map(([what, row]) => [what, ...columns.map(({ of }) => String(of(row)))]),
  );
  const drain = rows.some(([, row]) => row.drain > 0) ? DRAIN : '';
  return [counted, viewsText(all), drain].filter(Boolean).join('\n\n');
}

function completeness({
  completeness: { share, measurable, withoutInteraction, unpainted = 0 },
}: Summary): string {
  if (share === null) return '';
  const without =
    withoutInteraction > 0 ? ` ${withoutInteraction} of them had no click or key press, and so no INP.` : '';
  return `Web Vitals captured: ${percent(share)} of what ${measurable} measurable page views could yield.${without}${unpainted > 0 ? ` ${ledBackText(unpainted)}` : ''}`;
}

function shapes({ counts: { shapes: of } }: Summary): string {
  return of.n > 0 ? `Answers checked against their shape: ${percent(of.checked / of.n)} of ${of.n}.` : '';
}

function counters({ counters: all }: Summary): string {
  return section(
    'Counted by journeys',
    ['What', '>n', '>per s'],
    all.map(({ name, n, rate }) => [text(name), String(n), number(rate)]),
  );
}

function targetFigures({ targetMetrics }: Summary): string {
  return section(
    'The target’s own figures',
    ['Endpoint', 'Figure', '>n', '>min', '>median', '>max', '>drift an hour'],
    targetMetrics.flatMap(({ name, figures }) =>
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
  );
}

function cutShort({ cutShort: all }: Summary): string {
  return section(
    'Journeys cut short',
    ['Journey', 'Why', '>Times', '>Of'],
    all.map((row) => [text(row.journey), text(row.why), String(row.count), String(row.of)]),
  );
}

function knownDefects({ knownDefects: all }: Summary): string {
  return section(
    'Known defects',
    ['Defect', '>Occurrences', '>Not verified', 'Excused', 'Reason'],
    all.map((defect) => [
      text(defect.name),
      String(defect.count),
      String(defect.unverified ?? 0),
      defect.excused ? `until ${defect.until}` : '**no**',
      text(defect.reason),
    ]),
  );
}
