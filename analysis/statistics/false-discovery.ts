/**
 * Adjusted p values by Benjamini & Hochberg, J. R. Stat. Soc. B 57 (1995) 289–300
 * (https://doi.org/10.1111/j.2517-6161.1995.tb02031.x): of all that are reported at 0.05, at most a twentieth is false on the
 * average. Good for a list to look into, not for a verdict.
 *
 * @returns in the order of `p`
 */
export function falseDiscoveryRates(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => (p[b] as number) - (p[a] as number));
  const rates = new Array<number>(p.length);
  let least = 1;
  for (const [at, index] of order.entries()) {
    least = Math.min(least, ((p[index] as number) * p.length) / (p.length - at));
    rates[index] = least;
  }
  return rates;
}
