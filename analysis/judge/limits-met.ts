/** Limits of the target, and other work on the machine, that made the load another than the one that was meant. */

import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import { sameMachine } from './same-machine.ts';

/** A machine that is busier than this has no core left for whatever asks next. */
const FULL_MACHINE = 0.95;
/** Below it, others than the run used most of a full machine. */
const MIN_OWN_SHARE = 0.5;
/** Of the seconds, what a p95 would show; in a short run a single one is chance. */
const MAX_BUSY_SHARE = 0.05;
const CHANCE_SECONDS = 1;

export function limitsMet({ counts, operations, pacing }: Observations): Reason[] {
  const reasons: Reason[] = [];
  const { rateLimited, n } = counts.requests;
  if (rateLimited > 0) {
    const refused = operations
      .map(({ name, statuses }) => ({ name, n: statuses[TOO_MANY_REQUESTS] ?? 0 }))
      .filter((one) => one.n > 0)
      .sort((a, b) => b.n - a.n);
    reasons.push({ verdict: 'warn', code: 'rate-limited', n: rateLimited, of: n, operations: refused });
  }
  if (pacing.held > 0) {
    const { held, signIns, longest } = pacing;
    reasons.push({ verdict: 'warn', code: 'sign-ins-paced', n: held, of: signIns, longestMs: longest });
  }
  return reasons;
}

/** The generator looks idle and waits all the same. */
export function otherWork({ timeline, run, targetProcess }: Observations): Reason[] {
  const watched = timeline.filter(({ hostCpu }) => hostCpu !== undefined);
  const taken = watched.filter(
    ({ hostCpu = 0, cpu, targetCpu = 0 }) =>
      hostCpu > FULL_MACHINE && cpu !== null && cpu + targetCpu < MIN_OWN_SHARE,
  );
  if (taken.length <= Math.max(MAX_BUSY_SHARE * watched.length, CHANCE_SECONDS)) return [];
  const mayBeTarget = targetProcess === null && sameMachine(run) !== undefined;
  return [
    {
      verdict: 'warn',
      code: 'machine-busy',
      seconds: taken.length,
      of: watched.length,
      limit: FULL_MACHINE,
      mayBeTarget,
    },
  ];
}
