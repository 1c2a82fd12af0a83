/** The one judgement on a run: invalid before fail before warn before pass. */

import { FAILED, INTERRUPTED, INVALID, PASSED } from '../../config/exit-codes.ts';
import type { Verdict } from '../../measure/run/run.ts';
import { plural, thousands } from '../format.ts';
import type { Observations } from '../summary/summarize.ts';
import type { GateResult, Summary } from '../summary/summary.ts';
import { checkValidity } from './validity.ts';

export interface Judgement {
  verdict: Verdict;
  /** The gravest first. Empty for a plain pass. */
  reasons: string[];
  exitCode: Summary['exitCode'];
}

/** Exit code of each verdict (design §5.6). */
export const EXIT: Record<Verdict, 0 | 1 | 3> = {
  pass: PASSED,
  warn: PASSED,
  fail: FAILED,
  invalid: INVALID,
};

export function judgeRun(seen: Observations, gates: readonly GateResult[]): Judgement {
  const validity = checkValidity(seen);
  const stopped = seen.endedEarly?.by === 'threshold' ? [seen.endedEarly.why] : [];
  const failed = gates.filter((gate) => gate.verdict === 'fail').map((gate) => gate.message);
  const unexcused = seen.knownDefects.filter((defect) => !defect.excused).map(unexcusedReason);
  const warned = gates.filter((gate) => gate.verdict === 'warn' && !gate.fewest).map((gate) => gate.message);
  const groups: Array<[Verdict, string[]]> = [
    ['invalid', validity.invalid],
    ['fail', [...stopped, ...failed, ...unexcused]],
    ['warn', [...validity.warn, ...notUndone(seen), ...warned, ...notShown(gates)]],
  ];
  const verdict = groups.find(([, reasons]) => reasons.length > 0)?.[0] ?? 'pass';
  return {
    verdict,
    reasons: groups.flatMap(([, reasons]) => reasons),
    exitCode: seen.run.ended === 'interrupted' ? INTERRUPTED : EXIT[verdict],
  };
}

/** Limits on rates that nothing has broken, of too few attempts to say that they hold: one line for all. */
function notShown(gates: readonly GateResult[]): string[] {
  const unshown = gates.flatMap(({ metric, expected, n, fewest }) =>
    fewest ? [`${metric} ${expected}: ${thousands(n)} of ${thousands(fewest)}`] : [],
  );
  if (unshown.length === 0) return [];
  const what = unshown.length === 1 ? 'a limit on a rate holds' : `${unshown.length} limits on rates hold`;
  return [`too short a run to show that ${what} (n of the least it takes): ${unshown.join(', ')}`];
}

/** What the application cannot take back at all is told in the report, and is nobody's failure. */
function notUndone({ leftovers }: Observations): string[] {
  const count = leftovers.filter(({ canBeUndone }) => canBeUndone).length;
  return count === 0
    ? []
    : [`${plural(count, 'change')} of the target's data not taken back: leftovers.json lists them`];
}

function unexcusedReason({ name, count, until }: Summary['knownDefects'][number]): string {
  const times = plural(count, 'time');
  return until
    ? `known defect '${name}' seen ${times}, excused only until ${until}: mend it, or give it a new date in config/known-defects.yml`
    : `known defect '${name}' seen ${times}, but it is not in config/known-defects.yml: add it with a reason and a date`;
}
