/** The three things of a run that are worth a look first, each with a link to where it stands. */
import { capitalized, duration, plural, quantity, some, thousands } from '../format.ts';
import { concernOf } from '../judge/first-failure.ts';
import { type Failing, failingOf, gravestGates } from '../judge/gravest.ts';
import { FEWEST } from '../judge/judge-limit.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { beforeText } from '../text/data-size-text.ts';
import { plainName, plainValue } from '../text/plain-metric.ts';
import { failingText, kindWord, plainGate, plainReason } from '../text/plain-verdict.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';

const MOST = 3;

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

/** What makes the figures worthless, then what never worked, as in the headline, then failed limits, then what else failed, then warnings; in a run without any what was slowest. */
export function pointersOf(summary: Summary): Pointer[] {
  const invalid = ofInvalid(summary);
  if (invalid.length > 0) return invalid;
  const wrong = [
    ...ofNeverWorked(summary),
    ...ofBefore(summary),
    ...ofFailures(summary),
    ...ofOtherLimits(summary),
    ...ofTarget(summary),
    ...ofWarnings(summary),
    ...ofGoals(summary),
  ];
  return wrong.length > 0 ? wrong : ofTimes(summary);
}

/** Beside them its limits and failures mean nothing. */
function ofInvalid({ reasonDetails }: Summary): Pointer[] {
  return reasonDetails
    .filter(({ verdict }) => verdict === 'invalid')
    .map((reason) => ({ text: `${capitalized(plainReason(reason))}.`, to: 'measured' }));
}

/** The gravest limit on failures, and what failed at times: it may be more than what never worked, which has a line of its own. */
function ofFailures(summary: Summary): Pointer[] {
  const [gate] = failedGates(summary).filter(({ metric }) => concernOf(metric) !== undefined);
  const failed = atTimesText(summary);
  const text = [gate && `${plainGate(gate)}.`, failed].filter(Boolean).join(' ');
  return text === '' ? [] : [{ text, to: failed === '' ? 'failed-gates' : 'errors' }];
}

/** `Call “a” failed 3 of 12 times, first 12 s into the run, in “b”.`, `3 other calls failed: “a” (7 of 23 times), …`; '' where nothing did. */
function atTimesText(summary: Summary): string {
  const all = failingOf(summary);
  const others = all.filter(({ never, kind }) => !never && kind !== 'journey');
  const [first] = others;
  if (!first) return '';
  const alike = others.filter(({ kind }) => kind === first.kind);
  if (alike.length === 1) return `${failingText(first)}.`;
  const isOther = all.some(({ never, kind }) => never && kind === first.kind);
  return `${plural(alike.length, `${isOther ? 'other ' : ''}${kindWord(first.kind)}`)} failed: ${some(alike.map(oftenText))}.`;
}

function oftenText({ name, failed, of }: Failing): string {
  return `“${name}” (${of === undefined ? plural(failed, 'time') : `${thousands(failed)} of ${plural(of, 'time')}`})`;
}

/** The gravest on times and amounts. */
function ofOtherLimits(summary: Summary): Pointer[] {
  return failedGates(summary)
    .filter(({ metric }) => concernOf(metric) === undefined)
    .slice(0, 1)
    .map((gate) => ({ text: `${plainGate(gate)}.`, to: 'failed-gates' }));
}

function failedGates({ gates }: Summary): GateResult[] {
  return gravestGates(gates).filter(({ verdict }) => verdict === 'fail');
}

function ofNeverWorked(summary: Summary): Pointer[] {
  const worst = failingOf(summary).find(({ never }) => never);
  if (!worst) return [];
  const others = summary.doesNotWork.filter(
    ({ kind, name, defects }) => defects.length === 0 && !(kind === worst.kind && name === worst.name),
  );
  return [{ text: `${failingText(worst)}.${othersOf(others)}`, to: 'does-not-work' }];
}

/** A call that fails makes its step and its journey fail too: ` Failed each time too: step “submit” (3 of 3).` */
function othersOf(others: Summary['doesNotWork']): string {
  if (others.length === 0) return '';
  const names = others.map(({ kind, name, n }) => `${kindWord(kind)} “${name}” (${n} of ${n})`);
  return ` Failed each time too: ${some(names)}.`;
}

/** Failed limits that only warn, of what is in no line before: those on failures repeat it. */
function ofWarnings({ gates }: Summary): Pointer[] {
  return gravestGates(gates)
    .filter(({ verdict, metric }) => verdict === 'warn' && concernOf(metric) === undefined)
    .slice(0, 1)
    .map((gate) => ({ text: `${plainGate(gate)}.`, to: 'failed-gates' }));
}

function ofTarget({ unresponsive }: Summary): Pointer[] {
  if (!unresponsive || unresponsive.spans.length === 0) return [];
  const { spans, longest } = unresponsive;
  const text = `The target answered nothing ${plural(spans.length, 'time')}, ${duration(longest / 1000)} at the longest.`;
  return [{ text, to: 'timeline' }];
}

/** What failed before any load was not broken by load. */
function ofBefore({ run }: Summary): Pointer[] {
  const { before } = run.dataSize ?? {};
  return before?.failed ? [{ text: beforeText(before), to: 'data' }] : [];
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
      .filter(({ n, p95 }) => n >= FEWEST.p95 && p95 !== null)
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
