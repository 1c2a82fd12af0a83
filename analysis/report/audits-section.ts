/** Lighthouse's audits: scores and figures of each page and step, and what would make them better. */
import { type AuditMeasure, SCORES } from '../../config/audit-measures.ts';
import { figure, NONE, plural, quantity, thousands } from '../format.ts';
import type { AuditSummary, Summary } from '../summary/summary.ts';
import { filmOfAudits } from './audit-film.ts';
import { accessibilityTable, opportunitiesTable } from './audit-findings.ts';
import { type Html, html, relativeLink } from './html.ts';
import { type Part, part } from './part.ts';
import { type Column, table } from './table.ts';

const TIMES_OF_LOADS: readonly AuditMeasure[] = ['LCP', 'FCP', 'SI', 'TBT', 'TTI', 'TTFB', 'CLS'];
const SIZES_OF_LOADS: readonly AuditMeasure[] = [
  'transfer size',
  'script size',
  'requests',
  'third-party requests',
  'DOM elements',
  'long tasks',
];
const OF_STEPS: readonly AuditMeasure[] = ['INP', 'TBT', 'CLS', 'transfer size', 'requests', 'long tasks'];

/** Nothing in a run of something else. */
export function auditsSection({ audits = [] }: Summary): Part | '' {
  if (audits.length === 0) return '';
  const loads = audits.filter(({ mode, repeats }) => mode === 'navigation' && repeats > 0);
  const steps = audits.filter(({ mode, repeats }) => mode === 'timespan' && repeats > 0);
  const opened = audits.find(({ concluded }) => concluded)?.concluded;
  return part(
    'audits',
    'Audits',
    html`<p>Lighthouse, signed in, one audit at a time${opened ? ` (${opened.formFactor})` : ''}. Each load is cold. A figure is that of the representative repeat, the load nearest to the medians of FCP and TTI, whose report is linked; under it the least and the greatest of all repeats. Scores are from 0 to 100 and are never averaged; steps of a journey have none.</p>
${failuresTable(audits)}
<h3>Scores</h3>
${table('Scores of Lighthouse', [nameColumn(), ...SCORES.map((score) => valueColumn(score)), repeatsColumn()], loads, 'No page was loaded.')}
<h3>Times of loads</h3>
<p>In ms; CLS has no unit.</p>
${table('How long loads take', [nameColumn(), ...TIMES_OF_LOADS.map((measure) => valueColumn(measure)), throttlingColumn()], loads, 'No page was loaded.')}
<h3>Sizes and counts of loads</h3>
${cutOffNote(loads)}
${table('What loads cost', [nameColumn(), ...SIZES_OF_LOADS.map((measure) => valueColumn(measure))], loads, 'No page was loaded.')}
${
  steps.length > 0
    ? html`<h3>Steps of journeys</h3>
<p>INP and TBT in ms.</p>
${table('What steps cost', [nameColumn(), ...OF_STEPS.map((measure) => valueColumn(measure)), throttlingColumn(), repeatsColumn()], steps, '')}`
    : ''
}
${
  opened &&
  html`${opportunitiesTable(audits)}
${accessibilityTable(audits)}
${filmOfAudits(audits)}`
}`,
  );
}

function cutOffNote(loads: readonly AuditSummary[]): Html | '' {
  const names = loads.filter(({ concluded }) => concluded?.isCutOff).map(({ name }) => name);
  if (names.length === 0) return '';
  return html`<p>Lighthouse stopped waiting after 45 s, for these had loaded and went on asking: ${names.join(', ')}. Their sizes and requests are those of 45 s.</p>`;
}

function failuresTable(audits: readonly AuditSummary[]): Html | '' {
  const failed = audits.flatMap(({ name, role, failures }) =>
    failures.map((one) => ({ name, role, ...one })),
  );
  if (failed.length === 0) return '';
  return html`<h3>Audits that failed</h3>
${table(
  'Audits that failed',
  [
    { heading: 'Audit', isName: true, cell: ({ name }) => name },
    { heading: 'by', cell: ({ role }) => role },
    { heading: 'why', cell: ({ error }) => html`<span class="message">${error}</span>` },
    { heading: 'times', numeric: true, cell: ({ count }) => thousands(count) },
  ],
  failed,
  '',
)}`;
}

function nameColumn(): Column<AuditSummary> {
  return {
    heading: 'Audit',
    isName: true,
    cell: ({ name, role, concluded }) => {
      const link = relativeLink(concluded?.file);
      return html`${link ? html`<a href="${link}">${name}</a>` : name}<small>${role}</small>`;
    },
  };
}

function valueColumn(measure: AuditMeasure): Column<AuditSummary> {
  return {
    heading: measure,
    numeric: true,
    cell: ({ measures }) => {
      const found = measures.find((one) => one.measure === measure);
      if (!found) return NONE;
      const text = (value: number | null) =>
        found.unit === '%'
          ? figureOfScore(value)
          : found.unit === 'B'
            ? quantity(value, 'B')
            : shortFigure(value);
      const [least, greatest] = [Math.min(...found.values), Math.max(...found.values)].map(text);
      return html`${text(found.value)}${found.values.length > 1 && least !== greatest ? html`<small>${least} to ${greatest}</small>` : ''}`;
    },
  };
}

function figureOfScore(value: number | null): string {
  return value === null ? NONE : `${Math.round(value * 100)}`;
}

function shortFigure(value: number | null): string {
  if (value === null || !Number.isInteger(value)) return figure(value);
  return thousands(value);
}

function throttlingColumn(): Column<AuditSummary> {
  return { heading: 'slowed down by', cell: ({ concluded }) => concluded?.throttling ?? NONE };
}

function repeatsColumn(): Column<AuditSummary> {
  return { heading: 'repeats', numeric: true, cell: ({ repeats }) => plural(repeats, 'audit') };
}
