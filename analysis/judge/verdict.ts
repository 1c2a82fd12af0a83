/** The one judgement on a run: invalid before fail before warn before pass. */
import { FAILED, INTERRUPTED, INVALID, PASSED } from '../../config/exit-codes.ts';
import type { Verdict } from '../../measure/run/run.ts';
import { isUnproved, type JudgedGate } from '../summary/gate-result.ts';
import type { Observations } from '../summary/observations.ts';
import type { Note, Reason } from '../summary/reason.ts';
import type { Summary } from '../summary/summary.ts';
import { dataGrowth } from './data-growth.ts';
import { lostInRun } from './evidence.ts';
import { foundNothing } from './journeys-exercised.ts';
import { nothingProved, notJudged, type ProofOfProfile } from './proof.ts';
import { checkValidity } from './validity.ts';

export interface Judgement {
  verdict: Verdict;
  /** The gravest first; of an invalid run what may have led to it before all. Empty for a plain pass. */
  reasons: Reason[];
  /** They change neither verdict nor exit code. */
  notes: Note[];
  exitCode: Summary['exitCode'];
}

/** Exit code of each verdict (docs/ci.md, "Exit codes"). */
export const EXIT: Record<Verdict, 0 | 1 | 3> = {
  pass: PASSED,
  warn: PASSED,
  fail: FAILED,
  invalid: INVALID,
};
const GRAVEST_FIRST = ['invalid', 'fail', 'warn'] as const;

/**
 * @param profiles each with what its limits came to
 * @param firstFailures of each profile whose limits on failures failed
 */
export function judgeRun(
  seen: Observations,
  gates: readonly JudgedGate[],
  profiles: readonly ProofOfProfile[] = [],
  firstFailures: ReadonlyArray<Reason<'first-failure'>> = [],
): Judgement {
  const found: Reason[] = [
    ...checkValidity(seen),
    ...stoppedByThreshold(seen),
    ...notJudged(profiles),
    ...[...firstFailures].sort((a, b) => a.at - b.at),
    ...failedGates(gates),
    ...unexcusedDefects(seen),
    ...unlikeDefects(seen),
    ...changesLeft(seen),
    ...retried(seen),
    ...warningGates(gates),
    ...nothingProved(profiles),
  ];
  const gravestFirst = GRAVEST_FIRST.flatMap((verdict) =>
    found.filter((reason) => reason.verdict === verdict),
  );
  const verdict = gravestFirst[0]?.verdict ?? 'pass';
  const reasons = verdict === 'invalid' ? causesFirst(gravestFirst, seen) : gravestFirst;
  return {
    verdict,
    reasons,
    notes: [
      ...failedChecks(seen),
      ...dataGrowth(seen),
      ...notExercised(seen),
      ...filesNotLoaded(seen),
      ...probesUnanswered(seen),
      ...cpuUnwatched(seen),
      ...foundNothing(seen),
      ...unprovedLimits(gates),
      ...notMet(profiles),
    ],
    exitCode: seen.run.ended === 'interrupted' ? INTERRUPTED : EXIT[verdict],
  };
}

/** What makes a run invalid is often no more than what these lead to: a busy machine starves generator and browsers. */
const CAUSES: ReadonlySet<Reason['code']> = new Set(['interrupted', 'machine-busy']);

/** After those that ended the run, which need no cause that could be seen here. */
function causesFirst(reasons: readonly Reason[], seen: Observations): Reason[] {
  const ends = new Set(lostInRun(seen).map(({ code }) => code));
  const rank = ({ code }: Reason) => (ends.has(code) ? 0 : CAUSES.has(code) ? 1 : 2);
  return reasons.toSorted((a, b) => rank(a) - rank(b));
}

/** By what the run says of its end, too: the event may be among the samples that were lost. */
function stoppedByThreshold({ endedEarly, run }: Observations): Reason[] {
  if (endedEarly?.by === 'threshold')
    return [{ verdict: 'fail', code: 'stopped-by-threshold', why: endedEarly.why }];
  return run.ended === 'stopped-by-threshold' ? [{ verdict: 'fail', code: 'stopped-by-threshold' }] : [];
}

/** What passes at a second attempt has failed once, and is reported whatever the limits say. */
function retried({ retried: journeys }: Observations): Reason[] {
  return journeys ? [{ verdict: 'warn', code: 'journeys-retried', journeys }] : [];
}

function failedGates(gates: readonly JudgedGate[]): Reason[] {
  return gates
    .filter(({ verdict }) => verdict === 'fail')
    .map((gate) => ({ verdict: 'fail', code: 'gate-failed', gate }));
}

/** Failed gates of level `warn`, and inconclusive ones that something speaks against. */
function warningGates(gates: readonly JudgedGate[]): Reason[] {
  return gates
    .filter(({ verdict }) => verdict === 'warn')
    .map((gate) => ({
      verdict: 'warn',
      code: gate.outcome === 'failed' ? 'gate-failed' : 'gate-inconclusive',
      gate,
    }));
}

function failedChecks({ counts, errors }: Observations): Note[] {
  const byName = new Map<string, number>();
  for (const { kind, name, count } of errors)
    if (kind === 'check') byName.set(name, (byName.get(name) ?? 0) + count);
  if (byName.size === 0) return [];
  const failed = [...byName].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  return [{ code: 'checks-failed', n: counts.checks.n, failed }];
}

/** A note for each limit of the whole run, and one for all that a `*` set; none for what an interrupted run did not come to. */
function unprovedLimits(gates: readonly JudgedGate[]): Note[] {
  const unproved = gates.filter((gate) => isUnproved(gate) && gate.reason !== 'no-samples');
  const notes: Note[] = unproved
    .filter(({ isOneOfMany }) => !isOneOfMany)
    .map(({ metric, expected, n, of, needed, missing }) => ({
      code: 'limit-unproved',
      ...{ metric, expected, n, of, needed, missing },
    }));
  const count = unproved.length - notes.length;
  return count === 0 ? notes : [...notes, { code: 'limits-of-many-unproved', count }];
}

function filesNotLoaded({ pageErrors, errors }: Observations): Note[] {
  if (!pageErrors?.files) return [];
  const files = errors
    .filter(({ errorKind }) => errorKind === 'file-not-loaded')
    .map(({ message, count }) => ({ name: message, count }));
  return [{ code: 'files-not-loaded', views: pageErrors.files.views, of: pageErrors.views, files }];
}

function probesUnanswered({ unresponsive }: Observations): Note[] {
  const { unanswered = 0, probes = 0, waits } = unresponsive ?? {};
  return unanswered === 0
    ? []
    : [{ code: 'probes-unanswered', n: unanswered, of: probes, ...(waits && { waits }) }];
}

/** On another system than Linux, of all seconds. */
function cpuUnwatched({ withoutCpu }: Observations): Note[] {
  return withoutCpu ? [{ code: 'cpu-unwatched', ...withoutCpu }] : [];
}

/** What the run was asked for and could not do there: nothing that it shows is of these. */
function notExercised({ skipped }: Observations): Note[] {
  return skipped ? [{ code: 'journeys-skipped', skipped }] : [];
}

/** A misspelt name is one of them, and a page or step that the run did not come to. */
function notMet(profiles: readonly ProofOfProfile[]): Note[] {
  const metrics = profiles.flatMap((one) => one.notMet);
  return metrics.length === 0 ? [] : [{ code: 'limits-not-met', metrics }];
}

/** What the application cannot undo at all is in the report, and fails nothing. */
function changesLeft({ leftovers }: Observations): Reason[] {
  const count = leftovers.filter(({ canBeUndone }) => canBeUndone).length;
  return count === 0 ? [] : [{ verdict: 'warn', code: 'changes-left', count }];
}

function unexcusedDefects({ knownDefects }: Observations): Reason[] {
  return knownDefects
    .filter(({ excused }) => !excused)
    .map(({ name, count, until }) =>
      until
        ? { verdict: 'fail', code: 'known-defect-expired', name, count, until }
        : { verdict: 'fail', code: 'known-defect-unlisted', name, count },
    );
}

/** What has the status of a known defect and not its effect, and defects that come more or less often than is listed. */
function unlikeDefects({ knownDefects }: Observations): Reason[] {
  return knownDefects.flatMap(({ name, count, withoutEffect = 0, changed }): Reason[] => [
    ...(withoutEffect > 0
      ? [
          {
            verdict: 'fail',
            code: 'known-defect-without-effect',
            name,
            count,
            missing: withoutEffect,
          } as const,
        ]
      : []),
    ...(changed ? [{ verdict: 'warn', code: 'known-defect-share-changed', name, ...changed } as const] : []),
  ]);
}
