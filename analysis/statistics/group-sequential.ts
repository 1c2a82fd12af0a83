/**
 * When rounds of an A/B comparison may be looked at so that looking several times costs nothing: each look has its own part
 * of α, and the parts add up to α (Slud & Wei, JASA 77 (1982) 862–868, https://doi.org/10.2307/2287318). That needs no
 * distribution, and is exact for a permutation test that has few possible p values: each part is one that the look can reach.
 */
export interface Look {
  /** How many rounds there must be. */
  rounds: number;
  /** One-sided: a metric is worse where its adjusted p is not above this; better likewise, by a test of its own. */
  alpha: number;
  /** For intervals: those of all looks together contain the true change with the confidence 1 − α. */
  confidence: number;
}

/** Five rounds are the fewest whose sign flips reach 5 %: 1/32. */
export const LOOKS: readonly number[] = [5, 8, 12, 16];

/**
 * The first look has the least that it can decide with, 2^−n; what is left is dealt out evenly, each part rounded down to a
 * multiple of 2^−n of its look and the remainder passed on.
 *
 * @param rounds of the looks, ascending
 * @throws RangeError: looks that do not ascend, or a first one that cannot reach α
 */
export function planLooks(rounds: readonly number[] = LOOKS, alpha = 0.05): Look[] {
  const [first = 0] = rounds;
  if (rounds.some((at, look) => !Number.isInteger(at) || at <= (rounds[look - 1] ?? 0)))
    throw new RangeError(
      `looks after ${rounds.join(', ')} rounds: each must come after more rounds than the one before`,
    );
  if (2 ** -first > alpha)
    throw new RangeError(
      `a first look after ${first} rounds: sign flips reach ${2 ** -first} at least, not ${alpha}`,
    );
  let left = alpha;
  return rounds.map((at, look) => {
    const ways = 2 ** at;
    const part = look === 0 ? 1 / ways : Math.floor((left / (rounds.length - look)) * ways) / ways;
    left -= part;
    return { rounds: at, alpha: part, confidence: 1 - part };
  });
}
