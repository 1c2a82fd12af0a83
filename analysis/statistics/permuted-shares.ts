import { seededRandom } from '../../fixtures/data/random.ts';

/** What failed in one session, of what it tried. */
export interface Tries {
  failed: number;
  n: number;
}

/** p is then exact to about 0.005 at 0.05. */
const DEALS = 5000;
/** Sums in another order differ in their last digits; what differs by no more is a tie. */
const ROUNDING = 1e-12;

/**
 * Whether two groups of sessions fail in different shares of what they try. A session is dealt with all of its tries, since a
 * session that fails once often fails again: tries are not independent, sessions are. Permutation test of the difference of
 * the pooled shares, both ways; random deals, of which the observed one is one (Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9
 * (2010) article 39, https://doi.org/10.2202/1544-6115.1585).
 *
 * @returns 0–1; null: a side has no tries
 */
export function permutedShares(a: readonly Tries[], b: readonly Tries[], seed = 1): number | null {
  const all = [...a, ...b].filter(({ n }) => n > 0);
  const first = a.filter(({ n }) => n > 0).length;
  if (first === 0 || first === all.length) return null;
  const total = sum(all);
  if (total.failed === 0 || total.failed === total.n) return 1;
  const apart = (dealt: Tries) =>
    Math.abs(dealt.failed / dealt.n - (total.failed - dealt.failed) / (total.n - dealt.n));
  const observed = apart(sum(all.slice(0, first))) - ROUNDING;
  const random = seededRandom(seed);
  let asFar = 1;
  for (let deal = 1; deal < DEALS; deal += 1) {
    for (let at = 0; at < first; at += 1) {
      const other = random.int(at, all.length - 1);
      [all[at], all[other]] = [all[other] as Tries, all[at] as Tries];
    }
    if (apart(sum(all.slice(0, first))) >= observed) asFar += 1;
  }
  return asFar / DEALS;
}

function sum(tries: readonly Tries[]): Tries {
  const total = { failed: 0, n: 0 };
  for (const { failed, n } of tries) {
    total.failed += failed;
    total.n += n;
  }
  return total;
}
