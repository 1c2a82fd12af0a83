/** The three things of a run that are worth a look first, each with a link to where it stands. */
import { capitalized, duration, listed, plural, quantity } from '../format.ts';
import { concernOf } from '../judge/first-failure.ts';
import { failingOf, gravestFailure, gravestGates, mostFailedCall } from '../judge/gravest.ts';
import type { Summary } from '../summary/summary.ts';
import { plainName, plainValue } from '../text/plain-metric.ts';
import { failingText, kindWord, plainGate, plainReason } from '../text/plain-verdict.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';

const MOST = 3;
/** Fewer say nothing of a 95th percentile. */
const FEWEST = 20;

export interface Pointer {
  text: string;
  /** Id of the heading under which more is said. */
  to: string;
}

export function lookFirstSection(summary: Summary): Part | '' {
  const pointers = pointersOf(summary).slice(0, MOST);
  if (pointers.length === 0) return '';
  return part(
    'look-first',
    'Look at first',
    html`<ol class="pointers">${pointers.map(({ text, to }) => html`<li>${text} <a href="#${to}">More<span class="unseen">: ${text}</span></a></li>`)}</ol>`,
  );
}

/** What makes the figures worthless, then what never worked, as in the headline, then failed limits, then warnings; in a run without any what was slowest. */
export function pointersOf(summary: Summary): Pointer[] {
  const invalid = ofInvalid(summary);
  if (invalid.length > 0) return invalid;
  return [
    ...ofNeverWorked(summary),
    ...ofFailedLimits(summary),
    ...ofWarnings(summary),
    ...ofTarget(summary),
    ...ofErrors(summary),
    ...ofGoals(summary),
    ...ofTimes(summary),
  ];
}

/** Beside them its limits and failures mean nothing. */
function ofInvalid({ reasonDetails }: Summary): Pointer[] {
  return reasonDetails
    .filter(({ verdict }) => verdict === 'invalid')
    .map((reason) => ({ text: `${capitalized(plainReason(reason))}.`, to: 'measured' }));
}

/** The gravest limit on failures with what failed most, and the gravest on times and amounts. */
function ofFailedLimits(summary: Summary): Pointer[] {
  const failed = gravestGates(summary.gates).filter(({ verdict }) => verdict === 'fail');
  const [ofFailures] = failed.filter(({ metric }) => concernOf(metric) !== undefined);
  const [ofOthers] = failed.filter(({ metric }) => concernOf(metric) === undefined);
  const worst = gravestFailure(summary);
  // What never worked has a line of its own; another call may have failed more often.
  const often = worst?.never ? mostFailedCall(summary) : worst;
  const most = often ? ` ${failingText(often)}.` : '';
  return [
    ...(ofFailures
      ? [{ text: `${plainGate(ofFailures)}.${most}`, to: most ? 'errors' : 'failed-gates' }]
      : []),
    ...(ofOthers ? [{ text: `${plainGate(ofOthers)}.`, to: 'failed-gates' }] : []),
  ];
}

function ofNeverWorked(summary: Summary): Pointer[] {
  const worst = failingOf(summary).find(({ never }) => never);
  if (!worst) return [];
  const others = summary.doesNotWork.filter(
    ({ kind, name, defects }) => defects.length === 0 && !(kind === worst.kind && name === worst.name),
  );
  return [{ text: `${failingText(worst)}.${othersOf(others)}`, to: 'does-not-work' }];
}

/** By kind, since a call that fails makes its step and its journey fail too: ` 2 steps and 5 journeys failed each time too.` */
function othersOf(others: Summary['doesNotWork']): string {
  if (others.length === 0) return '';
  const kinds = [...Map.groupBy(others, ({ kind }) => kind)].map(([kind, all]) =>
    plural(all.length, kindWord(kind)),
  );
  return ` ${listed(kinds)} failed each time too.`;
}

/** Failed limits that only warn. */
function ofWarnings({ gates }: Summary): Pointer[] {
  return gravestGates(gates)
    .filter(({ verdict }) => verdict === 'warn')
    .slice(0, 1)
    .map((gate) => ({ text: `${plainGate(gate)}.`, to: 'failed-gates' }));
}

function ofTarget({ unresponsive }: Summary): Pointer[] {
  if (!unresponsive || unresponsive.spans.length === 0) return [];
  const { spans, longest } = unresponsive;
  const text = `The target answered nothing ${plural(spans.length, 'time')}, ${duration(longest / 1000)} at the longest.`;
  return [{ text, to: 'timeline' }];
}

/** Of what failed at times, and is in no line before it. */
function ofErrors(summary: Summary): Pointer[] {
  const named = gravestFailure(summary)?.name;
  const other = failingOf(summary).find(
    ({ never, name, kind }) => !never && kind !== 'journey' && name !== named,
  );
  return other ? [{ text: `${failingText(other)}.`, to: 'errors' }] : [];
}

function ofGoals({ goals = [] }: Summary): Pointer[] {
  const missed = goals.filter(({ outcome, goal, unit }) => outcome === 'missed' && goal > 0 && unit === 'ms');
  missed.sort((a, b) => (b.observed ?? 0) / b.goal - (a.observed ?? 0) / a.goal);
  return missed.slice(0, 1).map(({ metric, observed, unit, n, goal }) => ({
    text: `${plainName(metric)}: ${plainValue(metric, observed, unit, n)}, goal ${quantity(goal, unit)}: missed.`,
    to: 'primary',
  }));
}

function ofTimes({ steps, operations }: Summary): Pointer[] {
  const slowest = <Row extends { name: string; n: number; p95: number | null }>(rows: readonly Row[]) =>
    rows
      .filter(({ n, p95 }) => n >= FEWEST && p95 !== null)
      .sort((a, b) => (b.p95 as number) - (a.p95 as number))
      .slice(0, MOST);
  const pointer = (what: string, to: string, { name, p95 }: { name: string; p95: number | null }) => ({
    text: `Among the slowest ${what}s: ${name}, 95 % within ${quantity(p95, 'ms')}.`,
    to,
  });
  return [
    ...slowest(steps).map((row) => pointer('step', 'steps', row)),
    ...slowest(operations).map((row) => pointer('call', 'requests', row)),
  ];
}
