/**
 * Chance that a standard normal value is beyond z, on that side (https://dlmf.nist.gov/7.6.E2 near 0, beyond it the continued
 * fraction https://dlmf.nist.gov/7.9.E1): exact to rounding, also far out.
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let [term, sum] = [z, z];
    for (let odd = 3; term > sum * 1e-17; odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 100; k > 0; k -= 1) fraction = z + k / fraction;
  return density / fraction;
}

/** Of the standard normal distribution, two-sided 95 %: the quantile of 0.975. */
export const Z_95 = 1.959963984540054;
