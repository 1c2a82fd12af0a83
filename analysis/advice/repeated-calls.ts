/**
 * A step that reads the same thing more than once: calls of one operation whose answers have the same size, nothing changed between.
 *
 * Reason: the second answer was there already. Samples have no addresses, so that the size stands for what was read: the finding
 * says so. Source: Lighthouse's duplicate requests; sharing of requests by key in client libraries
 * (https://tanstack.com/query/latest/docs/framework/react/guides/request-waterfalls).
 */
import type { LoggedCall, LoggedPass } from '../summary/advice-evidence.ts';
import { FEWEST_FOR_MANY } from './many-calls.ts';
import { idsOf, isPattern, ofEachOperation, quantile, type Rule, sum, took, wasRead } from './rule.ts';

export const repeatedCalls: Rule = ({ log: { passes } }) =>
  ofEachOperation(passes, (step, operation, own) => {
    const calling = own.filter(({ calls }) => calls.some((call) => call.operation === operation));
    const again = calling.map((pass) => repeatsOf(pass, operation));
    const repeating = again.filter((calls) => calls.length > 0);
    if (!isPattern(repeating.length, calling.length)) return undefined;
    const repeats = repeating.flat();
    return {
      finding: `"${step}" reads ${operation} more than once, with answers of the same size, in ${repeating.length} of the ${calling.length} passes that read it.`,
      action: `Read ${operation} once in "${step}" and share the answer.`,
      gain: sum(repeats.map(took)),
      n: repeating.length,
      figures: [
        { name: 'repeats', value: repeats.length, unit: '1' },
        { name: `${operation} p50`, value: quantile(repeats.map(took), 0.5), unit: 'ms' },
      ],
      ...idsOf(repeats),
    };
  });

/** Without the first of each size. None of what is read many times, which has a rule of its own. */
function repeatsOf({ calls }: LoggedPass, operation: string): LoggedCall[] {
  const own = calls.filter((call) => call.operation === operation && wasRead(call) && (call.bytes ?? 0) > 0);
  if (own.length >= FEWEST_FOR_MANY) return [];
  const writes = calls.filter(({ method }) => method !== 'GET');
  return own.filter((call, index) => {
    const before = own.slice(0, index).findLast(({ bytes }) => bytes === call.bytes);
    return before && !writes.some(({ ended }) => ended >= before.sent && ended <= call.sent);
  });
}
