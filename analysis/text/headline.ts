/** The one sentence that opens every report: the verdict, and what it covers. */

import type { Verdict } from '../../measure/run/run.ts';
import { duration, plural } from '../format.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Observations } from '../summary/observations.ts';
import type { Summary } from '../summary/summary.ts';
import { dataText } from './data-size-text.ts';

/** E.g. "36 gates passed, 0 failed, 2 undecided; 0 of 56 steps and … failed, for 125 sessions (at most 31 concurrent users, …) on the embedded scheduler …". */
export function headline(
  seen: Observations,
  gates: ReadonlyArray<Pick<GateResult, 'outcome'>>,
  verdict: Verdict,
): Summary['headline'] {
  const { counts, run } = seen;
  const { started } = counts.sessions;
  const target = run.target.kind === 'embedded' ? 'the embedded scheduler' : run.target.url;
  const who = `${plural(started, 'session')} (at most ${plural(counts.peakUsers, 'concurrent user')}, ${counts.peakBrowserUsers} in browsers and ${counts.peakHttpUsers} over HTTP)`;
  const { throttle } = run;
  const slow = throttle
    ? `, browsers slowed down (${[throttle.network?.name, throttle.cpuSlowdown > 1 && `CPU ${throttle.cpuSlowdown}×`].filter(Boolean).join(', ')})`
    : '';
  const where = `${target} with ${dataText(run)}, environment ${run.target.environment}`;
  const text = `${outcome(gates, seen, verdict)}, for ${who} in ${duration(seen.durationSeconds)} of the ${run.profiles.join(' + ')} ${run.profiles.length > 1 ? 'profiles' : 'profile'} on ${where}${slow}.`;
  return { verdict, text };
}

/** Of the attempts that limits on failures judge, so that both have the same counts: without warm-up, cancelled and interrupted ones. */
function outcome(
  gates: ReadonlyArray<Pick<GateResult, 'outcome'>>,
  { shares }: Observations,
  verdict: Verdict,
): string {
  if (verdict === 'invalid') return 'the numbers do not describe the target';
  const failedOf = (share: 'steps.errorRate' | 'requests.errorRate', one: string) => {
    const { value, n } = shares[share] ?? { value: null, n: 0 };
    return `${Math.round((value ?? 0) * n)} of ${plural(n, one)}`;
  };
  return `${outcomesText(gates)}; ${failedOf('steps.errorRate', 'step')} and ${failedOf('requests.errorRate', 'request')} failed`;
}

/** "36 gates passed, 2 failed, 122 undecided": what is not known is not among what passed. */
export function outcomesText(gates: ReadonlyArray<Pick<GateResult, 'outcome'>>): string {
  const count = (outcome: GateResult['outcome']) => gates.filter((gate) => gate.outcome === outcome).length;
  return `${plural(count('passed'), 'gate')} passed, ${count('failed')} failed, ${count('inconclusive')} undecided`;
}
