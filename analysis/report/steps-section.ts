import { figure, interval, percent, plural, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { afterLastPhase } from './after-last-phase.ts';
import { failureLinks } from './failures.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { type Column, table } from './table.ts';

type Step = Summary['steps'][number];

/** One or two values have no percentiles worth the name: the larger one stands under “max”. */
const FEWEST = 3;

export function carried(n: number, value: number | null): number | null {
  return n < FEWEST ? null : value;
}

/** A figure with its interval under it. */
export function withInterval(value: number | null, ci: Step['p50ci']): Html {
  const range = interval(ci, 'ms');
  return html`${figure(value)}${value !== null && range ? html` <small>${range}</small>` : ''}`;
}

function errorCell(row: Step, linked: ReturnType<typeof failureLinks>): Html {
  const share = row.errors > 0 ? html` <small>${percent(row.errors / row.attempts)}</small>` : '';
  const excused = row.excused ? html` <small>${thousands(row.excused)} excused</small>` : '';
  return html`${row.errors > 0 ? linked('step', row.name, html`<strong class="bad">${thousands(row.errors)}</strong>`) : '0'}${share}${excused}`;
}

const columns = (linked: ReturnType<typeof failureLinks>): Array<Column<Step>> => [
  {
    heading: 'Step',
    isName: true,
    cell: (step) =>
      html`${step.name} <small>${[step.journeys.join(', '), step.page].filter(Boolean).join(' · ')}</small>${afterLastPhase(step)}`,
  },
  { heading: 'n', numeric: true, cell: (step) => thousands(step.n) },
  { heading: 'p50', numeric: true, cell: (step) => withInterval(carried(step.n, step.p50), step.p50ci) },
  { heading: 'p75', numeric: true, cell: (step) => figure(carried(step.n, step.p75)) },
  { heading: 'p95', numeric: true, cell: (step) => withInterval(carried(step.n, step.p95), step.p95ci) },
  { heading: 'max', numeric: true, cell: (step) => figure(step.max) },
  { heading: 'errors', numeric: true, cell: (step) => errorCell(step, linked) },
  {
    heading: 'Apdex',
    numeric: true,
    title: 'Share satisfied (up to 1 s) and half of those tolerating (up to 4 s), first views included',
    cell: (step) => (step.apdex === null ? '' : step.apdex.toFixed(2)),
  },
];

const coldColumns = (all: Array<Column<Step>>): Array<Column<Step>> => [
  ...all.slice(0, 1),
  { heading: 'n', numeric: true, cell: (step) => thousands(step.cold) },
  { heading: 'p50', numeric: true, cell: (step) => figure(carried(step.cold, step.coldP50)) },
  { heading: 'max', numeric: true, cell: (step) => figure(step.coldMax) },
];

/** Why Apdex is of fewer steps than ended. */
function leftOut({ apdex, ended }: Summary['sums']): string {
  const parts = [
    ended.steps.warmup > 0 && `${thousands(ended.steps.warmup)} of the warm-up`,
    apdex.excused > 0 && `${thousands(apdex.excused)} excused`,
    apdex.drained > 0 && `${thousands(apdex.drained)} begun after the last phase`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : `, without ${parts.join(', ')}`;
}

export function stepsSection(summary: Summary): Part {
  const { steps, apdex, sums } = summary;
  const all = columns(failureLinks(summary));
  const { started, ok, failed, interrupted, excused } = sums.ended.steps;
  const coarse = steps.filter((step) => step.coarse > 0);
  const cold = steps.filter((step) => step.cold > 0);
  const later = steps.filter((step) => step.n > 0 || step.errors > 0 || step.cold === 0);
  return part(
    'steps',
    'Steps',
    html`<p>${plural(started, 'step')} started, warm-up included: ${thousands(ok)} ok, ${thousands(failed)} failed, ${excused > 0 ? `${thousands(excused)} excused as known defects, ` : ''}${thousands(interrupted)} interrupted.${apdex.score === null ? '' : ` Apdex ${apdex.score.toFixed(2)} of ${plural(sums.apdex.n, 'step')}${leftOut(sums)} (T ${apdex.t / 1000} s: ${thousands(apdex.satisfied)} satisfied, ${thousands(apdex.tolerating)} tolerating, ${thousands(apdex.frustrated)} frustrated).`} Times of successes, ms; under p50 and p95 their 95 % intervals.</p>
${table('Times of each step in ms', all, later, 'No step was taken on a page that was there already.')}
${
  cold.length > 0 &&
  html`<h3>First views</h3>
<p>Steps that loaded a page for the first time in their session: none of them is above.</p>
${table('Times of first views in ms', coldColumns(all), cold, '')}`
}
${steps.some(({ min }) => min === 0) ? html`<p class="note">0 ms: what the step waits for came with the input itself, within half a millisecond, such as a field that shows what was typed.</p>` : ''}
${coarse.length > 0 ? html`<p class="note">${coarseNote(coarse)}</p>` : ''}`,
  );
}

/** Playwright's wait looked every 500 ms at the last. */
const OFF_IN_OLD_RUNS_MS = 500;

function coarseNote(coarse: readonly Step[]): string {
  const count = thousands(coarse.reduce((sum, step) => sum + step.coarse, 0));
  const most = figure(Math.max(...coarse.map(({ offByAtMost }) => offByAtMost ?? OFF_IN_OLD_RUNS_MS)));
  const of = coarse.map(({ name, coarse: n, attempts, offByAtMost }) => {
    const by = offByAtMost === undefined ? '' : `, by ${figure(offByAtMost)} ms at most`;
    return `${name} (${n} of ${attempts}${by})`;
  });
  return `${count} step times are coarse: none is too short, and each may be too long, by ${most} ms at most. They are of ${of.join('; ')}.`;
}
