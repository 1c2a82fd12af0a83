/** The one sentence that opens every report: the verdict, and what it covers. */

import type { Verdict } from '../../measure/run/run.ts';
import { duration, plural } from '../format.ts';
import type { Observations } from '../summary/summarize.ts';
import type { GateResult, Summary } from '../summary/summary.ts';

const WORDS: Record<Verdict, string> = {
  pass: 'Pass',
  warn: 'Pass with warnings',
  fail: 'Fail',
  invalid: 'Invalid',
};

/** E.g. "Pass: 36 of 36 gates held, with 0 of 56 steps … failed, for 14 users (…) on the embedded scheduler …". */
export function headline(seen: Observations, gates: readonly GateResult[], verdict: Verdict): string {
  const { counts, run } = seen;
  const { started } = counts.sessions;
  const target = run.target.kind === 'embedded' ? 'the embedded scheduler' : run.target.url;
  const told = run.target.data ?? 'data of unknown size';
  const data = /\bdata\b/.test(told) ? told : `${told} data`;
  const who = `${plural(started, 'user')} (at most ${counts.peakBrowserUsers} in browsers and ${counts.peakApiUsers} over HTTP at once)`;
  const { throttle } = run;
  const slow = throttle
    ? `, browsers slowed down (${[throttle.network?.name, throttle.cpuSlowdown > 1 && `CPU ${throttle.cpuSlowdown}×`].filter(Boolean).join(', ')})`
    : '';
  const where = `${target} with ${data}, environment ${run.target.environment}`;
  return `${WORDS[verdict]}: ${outcome(gates, counts, verdict)}, for ${who} in ${duration(seen.durationSeconds)} of the ${run.profiles.join(' + ')} ${run.profiles.length > 1 ? 'profiles' : 'profile'} on ${where}${slow}.`;
}

function outcome(gates: readonly GateResult[], counts: Summary['counts'], verdict: Verdict): string {
  if (verdict === 'invalid') return 'the numbers do not describe the target';
  const held = gates.filter((gate) => gate.verdict === 'pass').length;
  const { steps, requests } = counts;
  return `${held} of ${plural(gates.length, 'gate')} held, ${steps.failed} of ${plural(steps.ok + steps.failed, 'step')} and ${requests.failed} of ${plural(requests.n, 'request')} failed`;
}
