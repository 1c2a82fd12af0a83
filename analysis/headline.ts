/** The one sentence that opens every report: the verdict, and what it covers. */
import type { GateResult, Summary, Verdict } from '../measure/run/run-json.ts';
import { duration, plural } from './format.ts';
import type { Observations } from './summary/summarize.ts';

const WORDS: Record<Verdict, string> = {
  pass: 'Pass',
  warn: 'Pass with warnings',
  fail: 'Fail',
  invalid: 'Invalid',
};

/** E.g. "Pass: 14 users (4 in browsers, 10 over HTTP), up to 9 at once, on the embedded scheduler with small data …". */
export function headline(seen: Observations, gates: readonly GateResult[], verdict: Verdict): string {
  const { counts, run } = seen;
  const { started } = counts.sessions;
  const target = run.target.kind === 'embedded' ? 'the embedded scheduler' : run.target.url;
  const data = run.target.data ? `with ${run.target.data} data` : 'with data of unknown size';
  const who = `${plural(started, 'user')} (up to ${counts.peakBrowserUsers} in browsers and ${counts.peakApiUsers} over HTTP at once)`;
  const covers = `${who} on ${target} ${data}, environment ${run.target.environment}, ${run.profiles.join(' + ')} profile, ${duration(seen.durationSeconds)}`;
  return `${WORDS[verdict]}: ${covers}. ${outcome(gates, counts, verdict)}`;
}

function outcome(gates: readonly GateResult[], counts: Summary['counts'], verdict: Verdict): string {
  if (verdict === 'invalid') return 'The numbers below do not describe the target; see the reasons.';
  const held = gates.filter((gate) => gate.verdict === 'pass').length;
  const { steps, requests } = counts;
  return `${held} of ${plural(gates.length, 'gate')} held; ${steps.failed} of ${plural(steps.ok + steps.failed, 'step')} and ${requests.failed} of ${plural(requests.n, 'request')} failed.`;
}
