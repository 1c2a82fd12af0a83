/** What the charts over time show, in words: when it failed, whether that became more, and when health probes waited. */
import { printFindingKey } from '../../config/run-figure.ts';
import { capitalized, intoRun, plural, quantity, thousands } from '../format.ts';
import type { Finding, Summary } from '../summary/summary.ts';
import { probesText } from '../text/probes-text.ts';
import { type Html, html } from './html.ts';

type Seconds = Summary['timeline'];

/** The stretch with most errors is a tenth of the run long. */
const STRETCHES = 10;

export function timelineFacts({ timeline, findings, unresponsive }: Summary): Html | '' {
  const errors = errorsText(timeline);
  const drift = findings[printFindingKey({ kind: 'drift', of: 'requests', figure: 'errorRate' })];
  const probes = unresponsive && probesFact(unresponsive);
  const all = [errors, errors && drift && driftText(drift), probes].filter(Boolean);
  return all.length > 0 ? html`<ul>${all.map((text) => html`<li>${text}</li>`)}</ul>` : '';
}

function probesFact({ unanswered, probes, waits }: NonNullable<Summary['unresponsive']>): string {
  if (unanswered > 0) return `${capitalized(probesText(unanswered, probes, waits))}.`;
  return probes > 0 ? `The target answered all ${plural(probes, 'health probe')} in time.` : '';
}

/** '' where nothing failed. */
export function errorsText(timeline: Seconds): string {
  const failing = timeline.filter(({ errors }) => errors > 0);
  const [first, last] = [failing[0], failing.at(-1)];
  if (!first || !last) return '';
  const count = failing.reduce((sum, { errors }) => sum + errors, 0);
  const what = `${thousands(count)} failed ${count === 1 ? 'step or request' : 'steps and requests'}, warm-up included`;
  if (first === last) return `${what}: in second ${thousands(first.s)} of the run.`;
  const wide = Math.max(1, Math.round(timeline.length / STRETCHES));
  const span = `${what}: from ${intoRun(first.s)} to ${intoRun(last.s)} into the run`;
  if (last.s - first.s < wide) return `${span}.`;
  const most = densest(timeline, wide);
  return `${span}; densest from ${intoRun(most.from)} to ${intoRun(most.from + wide)} (${thousands(most.errors)}).`;
}

/** The first of the stretches of this length with most errors; it begins with one. */
function densest(timeline: Seconds, wide: number): { from: number; errors: number } {
  let best = { from: 0, errors: 0 };
  let within = 0;
  for (let at = timeline.length - 1; at >= 0; at -= 1) {
    within += (timeline[at]?.errors ?? 0) - (timeline[at + wide]?.errors ?? 0);
    const begins = (timeline[at]?.errors ?? 0) > 0;
    if (begins && within >= best.errors) best = { from: timeline[at]?.s ?? 0, errors: within };
  }
  return best;
}

function driftText({ value, ci, unit, missing }: Finding): string {
  if (value === null)
    return `Whether the error rate changed in the course of the run is not known: ${missing ?? 'it has no figure'}.`;
  const [low, high] = [ci?.[0] ?? 0, ci?.[1] ?? 0];
  const range = `95 % interval of the change in an hour: ${quantity(low, unit)} to ${quantity(high, unit)}`;
  if (low > 0) return `The error rate rose in the course of the run (${range}).`;
  if (high < 0) return `The error rate fell in the course of the run (${range}).`;
  return `The error rate was not seen to rise or fall in the course of the run (${range}).`;
}
