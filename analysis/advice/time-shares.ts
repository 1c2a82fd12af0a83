/**
 * Where most of the time of a step goes: server, network or browser (summary/time-parts.ts says what each is).
 *
 * Reason: the three have different owners, and work on the wrong one gives nothing back. Source: the parts of Resource Timing
 * (https://www.w3.org/TR/resource-timing/#attribute-descriptions).
 */
import { milliseconds } from '../format.ts';
import { partsOf, type StepParts } from '../summary/time-parts.ts';
import { aboveQuickest, FEWEST, pageOf, passesByStep, quantile, type Rule, roughly, sum } from './rule.ts';

/** A part that has less of the time is not where to look first. */
const LEAST_SHARE = 0.6;
/** A step that is quicker needs no work (Nielsen: up to 0.1 s it feels immediate), ms. */
const IMMEDIATE = 100;

const PARTS = ['server', 'network', 'browser'] as const;

const ACTIONS: Record<keyof StepParts, (step: string) => string> = {
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
