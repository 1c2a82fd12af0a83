/**
 * A t statistic whose variance is drawn towards a usual one, as if `USUAL_RUNS` more degrees of freedom had shown
 * `USUAL_SPREAD` (Smyth, Stat. Appl. Genet. Mol. Biol. 3 (2004) article 3, https://doi.org/10.2202/1544-6115.1027, with a
 * prior that is given). Of few runs the observed variance alone is a poor scale: a metric whose runs agree by luck would
 * look further out than one that really changed. Constant values need no exception.
 *
 * A permutation test is exact whatever its statistic is: the prior decides how often a change is found, not how often
 * nothing is called a change.
 */

/** Standard deviation of the logarithm of a figure between runs of one thing: 3 to 8 % were measured. */
const USUAL_SPREAD = 0.05;
const USUAL_RUNS = 10;

/**
 * @param difference of means
 * @param squares sum of squared distances from the mean of each one's own group
 * @param freedom degrees of freedom of `squares`
 * @param size of the groups: the variance of `difference` is that of one value ÷ size
 */
export function moderatedT(difference: number, squares: number, freedom: number, size: number): number {
  const variance = (USUAL_RUNS * USUAL_SPREAD ** 2 + Math.max(0, squares)) / (USUAL_RUNS + freedom);
  return difference / Math.sqrt(variance / size);
}
