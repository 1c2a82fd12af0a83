/** When the sessions of an open phase start. */
import { seededRandom } from '../../fixtures/data/random.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';

/**
 * Moments at which the arrivals of a phase start, in whole ms from its begin, ascending; exactly as many as it promises.
 * Evenly spaced ones come at the end of each of equal intervals, as Artillery's do. Given its number of arrivals, the times
 * of a Poisson process are independent uniform draws (e.g. Ross, Introduction to Probability Models, 5.3.5). A ramp
 * stretches either of the two so that the rate grows or falls linearly.
 * @param seed two runs with the same one draw the same times
 */
export function arrivalTimes(
  { name, duration, arrivals, spacing, rates }: PlannedPhase,
  seed: number | string,
): number[] {
  const count = Object.values(arrivals).reduce((sum, one) => sum + one, 0);
  const random = seededRandom(`arrivals ${seed} ${name}`);
  const parts = Array.from({ length: count }, (_, index) =>
    spacing === 'poisson' ? random.next() : (index + 1) / count,
  );
  if (spacing === 'poisson') parts.sort((a, b) => a - b);
  return parts.map((part) => Math.round(timeOf(part, rates) * duration * 1000));
}

/**
 * Share of a ramp's time after which this share of its arrivals has come. The rate at x is a + (b − a)x, so what has come
 * by then is ax + (b − a)x²/2 of (a + b)/2: solved for x in the form that holds for a = b too.
 */
function timeOf(part: number, [from, to]: readonly [number, number] = [1, 1]): number {
  if (part === 0) return 0;
  return (part * (from + to)) / (Math.sqrt(from ** 2 + part * (to ** 2 - from ** 2)) + from);
}
