/**
 * What a green run needs, in one place: everything that it planned has happened, and everything that it used was its own.
 * Each line below names what there must be evidence of, and gives the reasons why there is none. Beside them stand gates
 * (gates.ts): each journey was exercised (journeys-exercised.ts), and a limit without samples fails. That the target is the
 * one that the user named is checked before anything starts (runner/preflight/).
 */
import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import { damaged } from './damaged.ts';
import { disturbed } from './disturbed.ts';
import { generatorHealth } from './generator-health.ts';

interface Evidence {
  /** What must be so. */
  that: string;
  /** Why it is not known to be; of `invalid` ones, what the numbers are no longer worth. */
  lacks(seen: Observations): Reason[];
}

/** In the order in which their reasons are read. */
export const EVIDENCE: readonly Evidence[] = [
  { that: 'the runner, its target and each of its workers were there to the end', lacks: lostInRun },
  { that: 'its clock did not step, it did not stand still, its samples are whole', lacks: harmed },
  { that: 'it is known what was planned', lacks: emptyPlan },
  { that: 'its samples reach to its end', lacks: lostEnd },
  { that: 'somebody used the target', lacks: emptyRun },
  { that: 'browsers and their pages did not end under their users', lacks: lostPages },
  { that: 'the users of each scenario began, in each phase, as many as planned', lacks: usersOfPlan },
  { that: 'each session that began has ended', lacks: unended },
  { that: 'concurrent users were there all the time', lacks: absentUsers },
  { that: 'users began in time', lacks: lateUsers },
  { that: 'the generator was not saturated', lacks: generatorHealth },
  { that: 'what pages could report was captured', lacks: incompleteVitals },
];

export function missingEvidence(seen: Observations): Reason[] {
  return EVIDENCE.flatMap(({ lacks }) => lacks(seen));
}

/** What ended the run, where that was not its plan. */
export function lostInRun({ targetDied, unresponsive, workerLost, run, goingOn }: Observations): Reason[] {
  const reasons: Reason[] = [];
  if (targetDied) reasons.push({ verdict: 'invalid', code: 'target-died', how: targetDied.how });
  if (run.ended === 'target-unresponsive') {
    const seconds = (unresponsive?.longest ?? 0) / 1000;
    reasons.push({ verdict: 'invalid', code: 'target-unresponsive', seconds });
  }
  if (run.ended === undefined && !goingOn) reasons.push({ verdict: 'invalid', code: 'killed' });
  if (run.ended === 'recording-failed') reasons.push({ verdict: 'invalid', code: 'recording-failed' });
  if (workerLost || run.ended === 'worker-lost')
    reasons.push({ verdict: 'invalid', code: 'worker-lost', ...workerLost });
  if (run.ended === 'profile-lost')
    reasons.push({ verdict: 'invalid', code: 'profile-lost', what: run.interruptedBy });
  return reasons;
}

function harmed(seen: Observations): Reason[] {
  return [...disturbed(seen), ...damaged(seen)].filter(({ verdict }) => verdict === 'invalid');
}

function emptyPlan({ run }: Observations): Reason[] {
  const what = missingOfPlan(run);
  return what ? [{ verdict: 'invalid', code: 'no-plan', what }] : [];
}

/** Browser tests and benchmarks have neither phases nor scenarios. */
function missingOfPlan({ profiles, runner, plan }: Observations['run']) {
  if (profiles.length === 0) return 'profiles';
  if (runner !== 'artillery') return undefined;
  if (plan.phases.length === 0) return 'phases';
  if (plan.mix.length === 0) return 'scenarios';
  const isForSomebody = plan.phases.some(
    ({ arrivals, users = {}, usersAtEnd = {}, steered }) =>
      steered || [arrivals, users, usersAtEnd].some((counts) => Object.values(counts).some((n) => n > 0)),
  );
  return isForSomebody ? undefined : 'users';
}

function lostEnd({ endOffBy }: Observations): Reason[] {
  return endOffBy === undefined
    ? []
    : [{ verdict: 'invalid', code: 'end-without-samples', seconds: endOffBy }];
}

function emptyRun({ counts }: Observations): Reason[] {
  if (counts.samples === 0) return [{ verdict: 'invalid', code: 'no-samples' }];
  return counts.sessions.started === 0 ? [{ verdict: 'invalid', code: 'no-sessions' }] : [];
}

/** Of the sessions in browsers, as of Web Vitals: what more of them would have shown may be what was slow. */
const MAX_LOST_PAGES = 0.05;

/** Never without a word: a page that is gone has neither vitals nor errors of its own. */
function lostPages({ lostPages: lost }: Observations): Reason[] {
  const { sessions, of, browsers } = lost;
  if (sessions + browsers === 0) return [];
  if (sessions <= MAX_LOST_PAGES * of) return [{ verdict: 'warn', code: 'pages-lost', ...lost }];
  return [{ verdict: 'invalid', code: 'pages-lost', ...lost, limit: MAX_LOST_PAGES }];
}

/** A line that could not be read may have been the begin of a session, or its end, and is reported as damage. */
const unread = ({ counts }: Observations) => counts.torn + counts.unusable;

/** A surplus of one scenario stands in for nobody else. */
function usersOfPlan(seen: Observations): Reason[] {
  const missed = seen.arrivals
    .filter(({ outcome }) => outcome === 'missing')
    .map(({ scenario, phase, planned, started, held, begun = 0 }) =>
      held === undefined
        ? { scenario, phase, planned, started }
        : { scenario, phase, planned: held, started: begun, areConcurrent: true as const },
    )
    .filter(({ planned, started }) => planned - started > unread(seen));
  const reasons: Reason[] = [];
  if (missed.length > 0) {
    const promised = seen.arrivals.filter(({ planned }) => planned > 0);
    const planned = sumOf(promised.map((row) => row.planned));
    const started = sumOf(promised.map((row) => Math.min(row.started, row.planned)));
    reasons.push({ verdict: 'invalid', code: 'users-missing', started, planned, missed });
  }
  const surplus = seen.arrivals
    .filter(({ outcome }) => outcome === 'too-many')
    .map(({ scenario, phase, planned, started }) => ({ scenario, phase, planned, started }));
  // The target had more to do than it was asked for: what it kept to, it keeps to with less.
  if (surplus.length > 0) reasons.push({ verdict: 'warn', code: 'users-too-many', surplus });
  return reasons;
}

/** What the rest of them would have shown is missing, and may be what was slow or failed. */
function unended(seen: Observations): Reason[] {
  const { counts, run, endedEarly } = seen;
  // A run that was cut short cut its sessions.
  if (run.ended !== 'finished' || endedEarly) return [];
  const { interrupted, started } = counts.sessions;
  const count = interrupted - unread(seen);
  return count > 0 ? [{ verdict: 'invalid', code: 'sessions-unended', count, started }] : [];
}

/** Of the time of concurrent users at most this share may be missing: who could not begin made no load. */
const MAX_MISSING_SHARE = 0.01;

function absentUsers({ held }: Observations): Reason[] {
  return held && held.missing > MAX_MISSING_SHARE
    ? [{ verdict: 'invalid', code: 'concurrent-users-missing', ...held }]
    : [];
}

/** The generator, not the target, delays a user who begins later than this after the planned time. */
const MAX_LATENESS_MS = 1000;

function lateUsers({ lateness: { p95 } }: Observations): Reason[] {
  return p95 !== null && p95 > MAX_LATENESS_MS
    ? [{ verdict: 'invalid', code: 'users-late', p95, limit: MAX_LATENESS_MS }]
    : [];
}

/** Of the Web Vitals that the views could yield. Below, what is missing may be what was slow. */
const MIN_COMPLETENESS = 0.95;
const WARN_COMPLETENESS = 0.99;

function incompleteVitals({ completeness: { share, measurable } }: Observations): Reason[] {
  if (share === null || share >= WARN_COMPLETENESS) return [];
  const about = { code: 'vitals-incomplete', share, views: measurable } as const;
  if (share >= MIN_COMPLETENESS) return [{ verdict: 'warn', ...about }];
  return [{ verdict: 'invalid', ...about, limit: MIN_COMPLETENESS }];
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
