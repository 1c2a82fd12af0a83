/**
 * A limit on how much the target does at a time: calls under way grow, answers a second do not.
 *
 * Reason: behind such a limit (database connections, workers, threads) calls only wait; more of it, or less time in it, gives that
 * back. Source: Little's law, L = λW (Little, Operations Research 9 (1961) 383–387, https://doi.org/10.1287/opre.9.3.383): what is in
 * service is answers a second × the time that an answer takes while nothing waits, the rest of what is under way waits.
 */
import { number } from '../format.ts';
import { quantileOfT } from '../statistics/student-t.ts';
import type { LoggedCall } from '../summary/advice-evidence.ts';
import { idsOf, quantile, type Rule, sum, took } from './rule.ts';

const WINDOW = 5000;
/** Four quarters, by calls under way, of four windows: the variance of fewer says nothing. */
const FEWEST_WINDOWS = 16;
/** From the third quarter to the busiest: so much more was under way … */
const MORE_UNDER_WAY = 1.5;
/** … and answers grew by less than this, with 95 % confidence. */
const NO_MORE_ANSWERS = 1.15;
/** From the quietest quarter to the third one answers grew: else there was no quiet time to take the service time from. */
const GREW_BEFORE = 1.2;

interface Look {
  /** Calls under way on average, and answers a second. */
  underWay: number;
  rate: number;
}

export const saturatedPool: Rule = ({ log: { calls } }) => {
  const looks = looksAt(calls).sort((one, other) => one.underWay - other.underWay);
  if (looks.length < FEWEST_WINDOWS) return [];
  const quarter = Math.floor(looks.length / 4);
  const [quiet, busiest] = [looks.slice(0, quarter), looks.slice(-quarter)];
  const third = looks.slice(-2 * quarter, -quarter);
  const growth = mean(busiest, 'underWay') / mean(third, 'underWay');
  const before = mean(third, 'rate') / mean(quiet, 'rate');
  if (!(growth >= MORE_UNDER_WAY) || !(before >= GREW_BEFORE)) return [];
  if (!(upperGrowth(third, busiest) <= NO_MORE_ANSWERS)) return [];
  const service = sum(quiet.map(({ underWay }) => underWay)) / sum(quiet.map(({ rate }) => rate));
  if (!(service > 0)) return [];
  const most = mean(busiest, 'rate');
  const places = most * service;
  const waiting = looks.map(({ underWay, rate }) => Math.max(0, underWay - rate * service) * WINDOW);
  const from = quantile(calls.map(took), 0.9);
  return [
    {
      about: 'the target',
      finding: `Answers stop growing at ${number(Math.round(most))} a second while calls under way grow from ${number(round(mean(third, 'underWay')))} to ${number(round(mean(busiest, 'underWay')))}: by Little’s law about ${number(round(places))} are served at a time, the others wait.`,
      action: `Look for a limit of about ${Math.max(1, Math.round(places))}: workers, database connections, threads, or one event loop.`,
      gain: sum(waiting),
      n: looks.length,
      of: 'windows of 5 s',
      figures: [
        { name: 'served at a time', value: places, unit: '1' },
        { name: 'most answers', value: most, unit: '/s' },
        { name: 'under way, busiest quarter', value: mean(busiest, 'underWay'), unit: '1' },
        { name: 'time while quiet', value: service * 1000, unit: 'ms' },
      ],
      ...idsOf(calls.filter((call) => took(call) >= from)),
    },
  ];
};

/** Whole windows from the first sending to the last answer. */
function looksAt(calls: readonly LoggedCall[]): Look[] {
  const start = calls[0]?.sent ?? 0;
  const end = calls.reduce((latest, { ended }) => Math.max(latest, ended), start);
  const looks = Array.from({ length: Math.floor((end - start) / WINDOW) }, () => ({ underWay: 0, rate: 0 }));
  for (const { sent, ended } of calls) {
    const last = looks[Math.floor((ended - start) / WINDOW)];
    if (last) last.rate += 1000 / WINDOW;
    for (let at = Math.floor((sent - start) / WINDOW); at * WINDOW + start < ended; at += 1) {
      const look = looks[at];
      if (!look) break;
      const from = start + at * WINDOW;
      look.underWay += (Math.min(ended, from + WINDOW) - Math.max(sent, from)) / WINDOW;
    }
  }
  return looks;
}

/** Upper end of the 95 % interval of the ratio of mean answers a second, by Welch's test on windows. */
function upperGrowth(before: readonly Look[], after: readonly Look[]): number {
  const [one, other] = [before, after].map((looks) => {
    const average = mean(looks, 'rate');
    return sum(looks.map(({ rate }) => (rate - average) ** 2)) / (looks.length - 1) / looks.length;
  }) as [number, number];
  const freedom = Math.min(before.length, after.length) - 1;
  const error = Math.sqrt(one + other);
  return (mean(after, 'rate') + quantileOfT(0.025, freedom) * error) / mean(before, 'rate');
}

function mean(looks: readonly Look[], of: keyof Look): number {
  return sum(looks.map((look) => look[of])) / looks.length;
}

function round(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}
