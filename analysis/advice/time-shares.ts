/**
 * Where the time of a step goes: until the first byte of its calls (server, and the way there and back), from their first byte to
 * the last (network), and with no call under way (browser: scripts, layout, painting, and waiting of the page's own).
 *
 * Reason: the three have different owners, and work on the wrong one gives nothing back. Source: the parts of Resource Timing
 * (https://www.w3.org/TR/resource-timing/#attribute-descriptions); parts are unions of time, so calls side by side count once.
 */
import { milliseconds } from '../format.ts';
import type { LoggedPass } from '../summary/advice-evidence.ts';
import { aboveQuickest, FEWEST, pageOf, passesByStep, quantile, type Rule, roughly, sum } from './rule.ts';

/** A part that has less of the time is not where to look first. */
const LEAST_SHARE = 0.6;
/** A step that is quicker needs no work (Nielsen: up to 0.1 s it feels immediate), ms. */
const IMMEDIATE = 100;

const PARTS = ['server', 'network', 'browser'] as const;
type Parts = Record<(typeof PARTS)[number], number>;

const ACTIONS: Record<keyof Parts, (step: string) => string> = {
  server: (step) => `Look at what the server does in the calls of "${step}".`,
  network: (step) => `Send less in the answers that "${step}" reads.`,
  browser: (step) =>
    `Look at scripts, layout and delays of the page in "${step}", while no call is under way.`,
};

export const timeShares: Rule = ({ log: { passes } }) =>
  passesByStep(passes, FEWEST).flatMap(([step, own]) => {
    const parts = own.map(partsOf);
    const total = sum(own.map(({ begun, ended }) => ended - begun));
    const p75 = quantile(
      own.map(({ begun, ended }) => ended - begun),
      0.75,
    );
    const shares = PARTS.map((name) => ({ name, share: sum(parts.map((one) => one[name])) / total }));
    const most = shares.find(({ share }) => share >= LEAST_SHARE);
    if (!most || p75 <= IMMEDIATE) return [];
    return [
      {
        about: step,
        finding: `${roughly(most.share)} of the time of "${step}" (p75 ${milliseconds(Math.round(p75))}) is spent in the ${most.name}.`,
        action: ACTIONS[most.name](step),
        gain: aboveQuickest(parts.map((one) => one[most.name])),
        n: own.length,
        of: 'passes',
        figures: shares.map(({ name, share }) => ({ name, value: share, unit: '%' as const })),
        ...pageOf(own),
      },
    ];
  });

/** ms of one pass; what is both before a first byte and in an answer counts as server. */
export function partsOf({ begun, ended, calls }: LoggedPass): Parts {
  const within = (spans: Array<[from: number, to: number]>) =>
    spans
      .map(([from, to]): [number, number] => [Math.max(from, begun), Math.min(to, ended)])
      .filter(([from, to]) => to > from);
  const known = calls.filter(({ ttfb }) => ttfb !== undefined);
  const server = covered(within(known.map(({ sent, ttfb = 0 }) => [sent, sent + ttfb])));
  const all = covered(within(calls.map((call) => [call.sent, call.ended])));
  // A call without a first byte had no answer: all of it is the server's.
  const unknown = covered(
    within(calls.filter((call) => !known.includes(call)).map((c) => [c.sent, c.ended])),
  );
  const ofServer = Math.min(all, server + unknown);
  return { server: ofServer, network: all - ofServer, browser: ended - begun - all };
}

/** Length of a union of spans. */
function covered(spans: Array<[from: number, to: number]>): number {
  let [length, until] = [0, Number.NEGATIVE_INFINITY];
  for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
    length += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return length;
}
