/**
 * One decision about several metrics at once: the chance that any of them is called different though nothing changed is at
 * most α, however they hang together. Westfall & Young, Resampling-Based Multiple Testing, 1993, algorithm 4.1 (step-down
 * maxima; Ge, Dudoit & Speed, Test 12 (2003) 1–77, https://doi.org/10.1007/BF02595811, box 4).
 */

/** The way in which a figure gets worse: times go up, throughput goes down. */
export type Worse = 'up' | 'down';

export interface Tail {
  /** Share of all ways to deal that are at least as far out as what was observed; never 0. */
  p: number;
  /** The same beside all other metrics of the comparison: this one decides. */
  adjusted: number;
}

/** What became of one metric. All numbers are natural logarithms where the values were. */
export interface Change {
  name: string;
  /** Positive: the figure went up, whichever way is worse. null: one side has no value. */
  difference: number | null;
  /** Of `difference`; open ends are null. */
  interval: [low: number | null, high: number | null];
  worse: Tail;
  better: Tail;
}

/** Beyond this many ways to deal a random choice of them has to do: p is then exact to about 0.003 at 0.05. */
export const MOST_DEALS = 20_000;

/**
 * Share of the runs or rounds that must have a metric for it to decide. One with few values is as far out in many ways to
 * deal, whatever it is, and the largest of all metrics would be its: nothing else could be found.
 */
const ENOUGH = 0.75;

export function canDecide(values: number, places: number): boolean {
  return values >= ENOUGH * places;
}

/** Sums in another order differ in their last digits; what differs by no more is a tie. */
const ROUNDING = 1e-9;

/**
 * Both tails of each metric.
 *
 * @param deals statistics of each way to deal, one per metric, the observed way first; positive where a figure went up. NaN:
 *   this way to deal leaves nothing to compare
 * @param worse per metric
 */
export function bothTails(
  deals: Float64Array,
  worse: readonly Worse[],
): Array<{ worse: Tail; better: Tail }> {
  const up = Float64Array.from(worse, (way) => (way === 'up' ? 1 : -1));
  const bad = stepDown(deals, up);
  const good = stepDown(
    deals,
    up.map((sign) => -sign),
  );
  return bad.map((tail, metric) => ({ worse: tail, better: good[metric] as Tail }));
}

/** @param outward 1 or −1 per metric: times that, a larger statistic is further out */
function stepDown(deals: Float64Array, outward: Float64Array): Tail[] {
  const metrics = outward.length;
  const observed = outward.map((sign, metric) => outwards(deals[metric] as number, sign));
  const order = [...observed.keys()].sort((a, b) => (observed[b] as number) - (observed[a] as number));
  const least = observed.map((value) => value - ROUNDING * Math.max(1, Math.abs(value)));
  const alone = new Float64Array(metrics);
  const joint = new Float64Array(metrics);
  for (let deal = 0; deal < deals.length; deal += metrics) {
    let largest = Number.NEGATIVE_INFINITY;
    // From the least conspicuous metric up: each is compared with the largest of itself and of all that are less so.
    for (let at = metrics - 1; at >= 0; at -= 1) {
      const metric = order[at] as number;
      const value = outwards(deals[deal + metric] as number, outward[metric] as number);
      if (value > largest) largest = value;
      if (value >= (least[metric] as number)) alone[metric]! += 1;
      if (largest >= (least[metric] as number)) joint[metric]! += 1;
    }
  }
  const ways = deals.length / metrics;
  const tails = Array.from(observed, (): Tail => ({ p: 1, adjusted: 1 }));
  let before = 0;
  for (const metric of order) {
    before = Math.max(before, (joint[metric] as number) / ways);
    tails[metric] = { p: (alone[metric] as number) / ways, adjusted: before };
  }
  return tails;
}

function outwards(statistic: number, sign: number): number {
  return Number.isNaN(statistic) ? Number.NEGATIVE_INFINITY : statistic * sign;
}
