/**
 * The one order of what failed, the gravest first. The headline, "look at first", the cards of failed limits, the next steps
 * and the tables of calls, of errors and of what does not work follow it, so that all of them name the same worst one.
 *
 * What never worked, and is no known defect, comes before what failed at times; then causes before what only repeats them
 * (sessions, journeys); then what failed more often; and of what failed as often a call before its step.
 */
import { figureOfMetric } from '../../config/threshold-metric.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { ErrorGroup, Summary } from '../summary/summary.ts';
import { failuresConcerned } from './first-failure.ts';

export type FailingKind = ErrorGroup['kind'] | 'journey';

/** Outside of warm-up, without what known defects excuse. */
export interface Failing {
  kind: FailingKind;
  name: string;
  failed: number;
  /** How often it was tried. Absent: of checks, sessions and errors of pages that is not known. */
  of?: number;
  /** Each time, and more than once: a single failure may be chance. */
  never: boolean;
  /** How often it failed in the warm-up, on top of these. */
  warmup: number;
  /** When the first of all of them happened, seconds into the run. Absent: of a journey, or in a summary of an older suite. */
  firstAt?: number;
  /** Its failures in the summary's table of errors; empty of a journey. */
  groups: ErrorGroup[];
}

type Failed = Pick<Summary, 'operations' | 'steps' | 'errors' | 'doesNotWork'>;

const CAUSE_FIRST: readonly FailingKind[] = ['request', 'check', 'step', 'error', 'session', 'journey'];

export function gravestFirst(a: Failing, b: Failing): number {
  return (
    Number(b.never) - Number(a.never) ||
    Number(isEffect(a)) - Number(isEffect(b)) ||
    b.failed - a.failed ||
    CAUSE_FIRST.indexOf(a.kind) - CAUSE_FIRST.indexOf(b.kind) ||
    a.name.localeCompare(b.name)
  );
}

/** It says that a session or a journey could not go on; what failed in it is there under its own name. */
function isEffect({ kind, groups }: Failing): boolean {
  return (
    kind === 'session' ||
    kind === 'journey' ||
    (kind === 'error' && groups.every(({ via }) => via === 'http'))
  );
}

/** All that failed, the gravest first. */
export function failingOf({ operations, steps, errors, doesNotWork }: Failed): Failing[] {
  const counted = errors.filter(({ firstAt }) => firstAt !== undefined);
  const groupsOf = Map.groupBy(counted, ({ kind, name }) => keyOf(kind, name));
  const early = new Map<string, number>();
  const first = new Map<string, number>();
  for (const { kind, name, warmup = 0, firstAt, warmupAt = firstAt } of errors) {
    const key = keyOf(kind, name);
    early.set(key, (early.get(key) ?? 0) + warmup);
    if (warmupAt !== undefined) first.set(key, Math.min(warmupAt, first.get(key) ?? warmupAt));
  }
  const broken = new Map(doesNotWork.map((one) => [keyOf(one.kind, one.name), one]));
  const isNever = (kind: FailingKind, name: string) => {
    const one = broken.get(keyOf(kind, name));
    return one !== undefined && one.n > 1 && one.defects.length === 0;
  };
  const rows = (kind: 'request' | 'step', all: Summary['operations'] | Summary['steps']) =>
    all
      .filter((row) => row.errors > 0)
      .map(({ name, errors: failed, attempts }) => ({ kind, name, failed, of: attempts }));
  const others = [...groupsOf.values()].flatMap(([group, ...more]) => {
    if (!group || group.kind === 'request' || group.kind === 'step') return [];
    return [{ kind: group.kind, name: group.name, failed: sumOf([group, ...more]) }];
  });
  // Where nothing that failed in it counts, a known defect made it fail.
  const journeys = doesNotWork
    .filter(({ kind, name }) => kind === 'journey' && counted.some(({ journey }) => journey === name))
    .map(({ name, n }) => ({ kind: 'journey' as const, name, failed: n, of: n }));
  return [...rows('request', operations), ...rows('step', steps), ...others, ...journeys]
    .map((one) => ({
      ...one,
      never: isNever(one.kind, one.name),
      warmup: early.get(keyOf(one.kind, one.name)) ?? 0,
      firstAt: first.get(keyOf(one.kind, one.name)),
      groups: groupsOf.get(keyOf(one.kind, one.name)) ?? [],
    }))
    .sort(gravestFirst);
}

/** The worst of what never worked or made a limit on failures fail. undefined: nothing did. */
export function gravestFailure(summary: Failed & Pick<Summary, 'gates'>): Failing | undefined {
  const concerns = failuresConcerned(summary.gates);
  return failingOf(summary).find(({ never, groups }) => never || groups.some(concerns));
}

/** The call that failed most often, where another one is the worst: it may fail more users. undefined: there is none. */
export function mostFailedCall(summary: Failed & Pick<Summary, 'gates'>): Failing | undefined {
  const worst = gravestFailure(summary);
  const calls = failingOf(summary).filter(({ kind }) => kind === 'request');
  const [most] = calls.sort((a, b) => b.failed - a.failed);
  return worst && most && most.failed > worst.failed ? most : undefined;
}

/** Of any list of things by kind and name: its order is that of `failingOf`; what did not fail comes last, as it stood. */
export function inGravity<One>(
  summary: Failed,
  all: readonly One[],
  thing: (one: One) => { kind: FailingKind; name: string },
): One[] {
  const rank = new Map(failingOf(summary).map(({ kind, name }, at) => [keyOf(kind, name), at]));
  const rankOf = (one: One) => {
    const { kind, name } = thing(one);
    return rank.get(keyOf(kind, name)) ?? rank.size;
  };
  return [...all].sort((a, b) => rankOf(a) - rankOf(b));
}

/**
 * Failed limits: those on the gravest failure itself first, though they may only warn; then those that fail the run, then those
 * of the whole run, then by how far what was seen is beyond.
 */
export function gravestGates(gates: readonly GateResult[], worst?: Failing): GateResult[] {
  const isOfWorst = ({ metric }: GateResult) => worst !== undefined && isLimitOn(metric, worst);
  return gates
    .filter(({ outcome }) => outcome === 'failed')
    .sort(
      (a, b) =>
        Number(isOfWorst(b)) - Number(isOfWorst(a)) ||
        Number(b.verdict === 'fail') - Number(a.verdict === 'fail') ||
        Number(a.isOneOfMany ?? false) - Number(b.isOneOfMany ?? false) ||
        compared(beyond(b), beyond(a)),
    );
}

/** Whether a limit is on the failures of this call, step or journey alone, in any profile of the run. */
function isLimitOn(metric: string, { kind, name }: Failing): boolean {
  const limited = figureOfMetric(metric);
  return limited?.figure === 'errors' && limited.key.kind === kind && limited.key.name === name;
}

/** Times the limit. */
function beyond({ observed, limit, side }: GateResult): number {
  if (observed === null) return Number.POSITIVE_INFINITY;
  return side === 'at most' ? observed / limit : limit / observed;
}

/** Two that are infinite are equal. */
function compared(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function sumOf(groups: readonly ErrorGroup[]): number {
  return groups.reduce((sum, { count, warmup = 0 }) => sum + count - warmup, 0);
}

function keyOf(kind: FailingKind, name: string): string {
  return `${kind}\n${name}`;
}
