/** A gate in one line: what was expected, what was observed, of how many samples, and where the limit was set. */
import { parseFindingKey } from '../../config/run-figure.ts';
import { change, interval, plural, quantity, some, thousands } from '../format.ts';
import type { GateResult, JudgedGate } from '../summary/gate-result.ts';

/** As words, where a gate is inconclusive; '' where it passed or failed. What was seen to fail is never said to need more samples. */
export function whyInconclusive(
  gate: Pick<GateResult, 'reason' | 'needed' | 'observed' | 'side' | 'ci' | 'unit'>,
): string {
  const { reason, needed, observed, side, ci, unit } = gate;
  switch (reason) {
    case 'too-few-samples':
      return `nothing beyond the limit yet, too few samples: ${needed} pass it`;
    case 'too-few-to-fail':
      return `beyond the limit, not confirmed: ${needed} samples fail it`;
    case 'rate-unconfirmed': {
      if (needed === undefined)
        return `beyond the limit, not confirmed: the 95 % interval (${interval(ci, unit)}) includes the limit`;
      const none = observed === (side === 'at least' ? 1 : 0);
      return none
        ? `nothing failed; ${thousands(needed)} attempts without a failure confirm it`
        : `within the limit, not confirmed: ${thousands(needed)} attempts in all without another failure confirm it`;
    }
    case 'drift-unconfirmed':
      return 'not confirmed: the 95 % interval includes the limit';
    default:
      return '';
  }
}

/** For a legend: what the words and intervals beside a limit mean. */
export const HOW_JUDGED =
  'n is how many values or attempts a figure is of. Its 95 % interval is the range in which the true figure lies in 95 of 100 cases. A time is judged by the figure itself, once it is of enough values. A share is judged by its interval: while that includes the limit, the share is “not confirmed”. “Not enough data”: too few values, and nothing seen against the limit or goal.';

export function gateText(gate: JudgedGate): string {
  const { metric, reason, expected, n, needed, missing } = gate;
  const set = gate.builtIn ? gate.where : `set in ${gate.where}`;
  switch (reason) {
    case 'no-samples':
      return `${metric}: expected ${expected}, but there are no samples (n = 0), ${set}`;
    case 'no-level-judged':
      return `${metric}: ${missing}, ${set}`;
    case 'too-few-samples':
      return `${metric}: not enough samples (n = ${n}, needs ${needed}), ${set}`;
    case 'not-exercised':
      return `${metric}: ${notExercised(gate)}, ${set}`;
    case 'no-value':
      return `${metric}: ${missing} (n = ${n}), ${set}`;
    default: {
      const why = whyInconclusive(gate);
      return `${metric}: expected ${expected}, observed ${observedText(gate)}, ${set}${why && `: ${why}`}`;
    }
  }
}

function notExercised({ lacking = [], n }: JudgedGate): string {
  const names = lacking.map(({ journey, cutShort, interrupted }) => {
    if (interrupted !== undefined) return `${journey} was interrupted each time (${interrupted})`;
    return cutShort === undefined
      ? `${journey} never began`
      : `${journey} was cut short each time (${cutShort})`;
  });
  return `${lacking.length} of ${plural(n, 'journey')} did nothing, though due: ${some(names)}`;
}

/** A drift is read with its interval. */
function observedText({ metric, observed, unit, ci, n, unended }: JudgedGate): string {
  if (parseFindingKey(metric)?.kind !== 'drift' || ci === undefined)
    return `${quantity(observed, unit)} (n = ${n}${unendedText(unended)})`;
  const perHour = (value: number | null) =>
    unit === '%' && value !== null ? change(value, unit) : quantity(value, unit);
  return `${perHour(observed)} (${perHour(ci[0])} to ${perHour(ci[1])}, n = ${n})`;
}

/** What had not ended has no time yet: its age stands for it. */
export function unendedText(unended: number | undefined): string {
  return unended === undefined ? '' : `, ${unended} of them not ended and counted with their age`;
}
