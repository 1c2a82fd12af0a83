/**
 * An operation during which no other is answered: it blocks the only event loop that the target has.
 *
 * Reason: one user's work makes all others wait, however quick their own is; no operation's own figures show it. Looked at is the
 * last part of each of its calls, as long as the operation itself takes (its p25, so without waiting for others): what was sent in
 * that time, and should have been answered well before its end, either was, or came only after it. Source: https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop
 * (the same holds for asyncio: https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code).
 */
import { milliseconds, plural } from '../format.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import type { LoggedCall } from '../summary/advice-evidence.ts';
import { FEWEST, idsOf, quantile, type Rule, sum, took } from './rule.ts';

/** A shorter stop is hard to tell from chance, ms. */
const SHORTEST = 100;
/** Of what the clients' own clocks and threads may be late, ms. */
const LATE = 5;
/** What should have been answered: after three times what it takes when nobody is in its way, and a little, ms. */
const TIMES_OWN = 3;
const A_LITTLE = 10;
/** Calls that others waited for; one may be chance. */
const FEWEST_HOLDS = 5;
/** Of others: the lower end of the interval. With two loops it is a half. */
const LEAST_WAITING = 0.75;

interface Waits {
  holds: Set<LoggedCall>;
  /** Calls of others that should have been answered before, and those that waited. */
  due: number;
  waited: Array<{ call: LoggedCall; lost: number }>;
}

export const blockedEventLoop: Rule = ({ log: { calls } }) => {
  const answered = calls.filter(({ status }) => status !== 0);
  const byOperation = Map.groupBy(answered, ({ operation }) => operation);
  const own = new Map([...byOperation].map(([name, all]) => [name, quantile(all.map(took), 0.25)]));
  return [...byOperation]
    .filter(([name]) => (own.get(name) ?? 0) >= SHORTEST)
    .flatMap(([operation, holders]) => {
      const { holds, due, waited } = waitsFor(holders, answered, own);
      const [low = 0] = clopperPearson(waited.length, due) ?? [];
      if (due < FEWEST || holds.size < FEWEST_HOLDS || low < LEAST_WAITING) return [];
      const others = new Set(waited.map(({ call }) => call.operation)).size;
      const took25 = own.get(operation) ?? 0;
      return [
        {
          about: operation,
          finding: `While ${operation} runs (${milliseconds(Math.round(took25))} or more), nothing else is answered: ${waited.length} of ${due} calls of ${plural(others, 'other operation')} came back only after it.`,
          action: `Move ${operation} off the event loop: a worker thread, a queue, or a process of its own.`,
          gain: sum(waited.map(({ lost }) => lost)),
          n: due,
          of: 'calls of others',
          figures: [
            {
              name: 'waited',
              value: waited.length / due,
              unit: '%' as const,
              ci: clopperPearson(waited.length, due) ?? undefined,
            },
            { name: `${operation} p25`, value: took25, unit: 'ms' as const },
            {
              name: 'lost, p50',
              value: quantile(
                waited.map(({ lost }) => lost),
                0.5,
              ),
              unit: 'ms' as const,
            },
            { name: 'calls waited for', value: holds.size, unit: '1' as const },
          ],
          ...idsOf([...holds]),
        },
      ];
    });
};

/** @param all in order of sending */
function waitsFor(
  holders: readonly LoggedCall[],
  all: readonly LoggedCall[],
  own: Map<string, number>,
): Waits {
  const waits: Waits = { holds: new Set(), due: 0, waited: [] };
  /** Of others: one that several calls of the operation hold up one after the other counts once. */
  const seen = new Set<LoggedCall>();
  for (const holder of holders) {
    const from = holder.ended - (own.get(holder.operation) ?? 0);
    for (let at = firstSent(all, from); at < all.length; at += 1) {
      const call = all[at] as LoggedCall;
      if (call.sent >= holder.ended) break;
      const alone = own.get(call.operation) ?? 0;
      const isDue = call.sent + TIMES_OWN * alone + A_LITTLE < holder.ended - LATE;
      if (call.operation === holder.operation || !isDue || seen.has(call)) continue;
      seen.add(call);
      waits.due += 1;
      if (call.ended < holder.ended - LATE) continue;
      waits.holds.add(holder);
      waits.waited.push({ call, lost: Math.max(0, took(call) - alone) });
    }
  }
  return waits;
}

/** Position of the first call that was not sent before t. */
function firstSent(calls: readonly LoggedCall[], t: number): number {
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.sent ?? 0) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
