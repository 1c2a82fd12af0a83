/**
 * The step that costs users most time: p75 × how often it was done.
 *
 * Reason: a step of 2 s that everybody does each day costs more than one of 10 s that one person does a month; a list by p95
 * hides that. Source: impact = time × frequency, as in weighing pages by traffic (web.dev/articles/vitals-measurement-getting-started
 * judges at p75); the gain is what would be saved if each pass were as quick as the quickest quarter of this run.
 */
import { milliseconds } from '../format.ts';
import type { LoggedPass } from '../summary/advice-evidence.ts';
import { aboveQuickest, FEWEST, pageOf, passesByStep, quantile, type Rule, roughly, sum } from './rule.ts';

/** Of all the time that steps cost. Below it a step is one of many. */
const LEAST_SHARE = 0.1;

export const costlyStep: Rule = ({ log: { passes } }) => {
  const rows = passesByStep(passes, FEWEST).map(([step, own]) => rowOf(step, own));
  const waited = sum(passes.map(({ begun, ended }) => ended - begun));
  return rows
    .filter(({ spent }) => spent > 0 && spent >= LEAST_SHARE * waited)
    .map(({ step, own, times, p75, spent }) => ({
      about: step,
      finding: `Users spent ${roughly(spent / waited)} of all their step time in "${step}": ${times.length} times, three of four within ${milliseconds(Math.round(p75))}.`,
      action: `Look for what slows "${step}" down: a quarter of its passes take no more than ${milliseconds(Math.round(quantile(times, 0.25)))}.`,
      gain: aboveQuickest(times),
      n: times.length,
      of: 'passes',
      figures: [
        { name: 'p75', value: p75, unit: 'ms' },
        { name: 'p75 × passes', value: p75 * times.length, unit: 'ms' },
        { name: 'share of step time', value: spent / waited, unit: '%' },
      ],
      ...pageOf(own),
    }));
};

function rowOf(step: string, own: LoggedPass[]) {
  const times = own.map(({ begun, ended }) => ended - begun);
  return { step, own, times, p75: quantile(times, 0.75), spent: sum(times) };
}
