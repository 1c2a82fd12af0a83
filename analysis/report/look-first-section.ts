/** The three things of a run that are worth a look first, each with a link to where it stands. */
import { capitalized, duration, plural, quantity, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { plainName, plainValue } from '../text/plain-metric.ts';
import { plainGate, plainReason } from '../text/plain-verdict.ts';
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

/** The gravest first: what broke, what nobody can use, what users waited for; in a run without faults what was slowest. */
export function pointersOf(summary: Summary): Pointer[] {
  return [
    ...ofReasons(summary),
    ...ofGates(summary),
    ...ofTarget(summary),
    ...ofErrors(summary),
    ...ofGoals(summary),
    ...ofTimes(summary),
  ];
}

function ofReasons({ reasonDetails, doesNotWork }: Summary): Pointer[] {
  const first = reasonDetails.find(({ code }) => code === 'first-failure');
  const invalid = reasonDetails.filter(({ verdict }) => verdict === 'invalid');
  const unknown = doesNotWork.filter(({ defects }) => defects.length === 0);
  return [
    ...invalid
      .slice(0, 1)
      .map((reason) => ({ text: `${capitalized(plainReason(reason))}.`, to: 'measured' })),
    ...unknown.slice(0, 1).map(({ kind, name, n }) => ({
      text: `${capitalized(kind)} “${name}” never worked: it failed ${plural(n, 'time')} of ${thousands(n)}.${othersOf(unknown.slice(1))}`,
      to: 'does-not-work',
    })),
    ...(first ? [{ text: `${capitalized(plainReason(first))}.`, to: 'errors' }] : []),
  ];
}

/** By kind, since a request that fails makes its step and its journey fail too: ` 2 steps and 5 journeys never worked either.` */
function othersOf(others: Summary['doesNotWork']): string {
  if (others.length === 0) return '';
  const kinds = [...Map.groupBy(others, ({ kind }) => kind)].map(([kind, all]) => plural(all.length, kind));
  return ` ${[kinds.slice(0, -1).join(', '), kinds.at(-1)].filter(Boolean).join(' and ')} never worked either.`;
}

/** Limits on times and amounts; those on failures say what the first failure says. */
function ofGates({ gates }: Summary): Pointer[] {
  const failed = gates.filter(
    ({ outcome, unit, limit }) => outcome === 'failed' && unit !== '%' && limit > 0,
  );
  failed.sort((a, b) => Number(b.verdict === 'fail') - Number(a.verdict === 'fail') || beyond(b) - beyond(a));
  return failed.slice(0, 1).map((gate) => ({ text: `${plainGate(gate)}.`, to: 'failed-gates' }));
}

function beyond({ observed, limit, side }: Summary['gates'][number]): number {
  if (observed === null) return Number.POSITIVE_INFINITY;
  return side === 'at most' ? observed / limit : limit / observed;
}

function ofTarget({ unresponsive }: Summary): Pointer[] {
  if (!unresponsive || unresponsive.spans.length === 0) return [];
  const { spans, longest } = unresponsive;
  const text = `The target answered nothing ${plural(spans.length, 'time')}, ${duration(longest / 1000)} at the longest.`;
  return [{ text, to: 'timeline' }];
}

function ofErrors({ errors, reasonDetails }: Summary): Pointer[] {
  const first = reasonDetails.find((reason) => reason.code === 'first-failure');
  const other = errors.find(({ name }) => name !== first?.name);
  if (!other) return [];
  const { kind, name, journey, count } = other;
  const text = `${capitalized(kind)} “${name}”${journey && journey !== name ? ` of “${journey}”` : ''} failed ${plural(count, 'time')}.`;
  return [{ text, to: 'errors' }];
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
