/** The beta distribution, from which intervals of shares and Student's distribution are made. */

/** More than halving takes; Newton's steps need about ten. */
const MAX_STEPS = 200;

/**
 * The x with this probability below it. Newton's method; where a step would leave what is known to enclose the quantile, that is halved instead.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  const logBeta = logBetaOf(a, b);
  let [low, high] = [0, 1];
  let x = a / (a + b);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
    const excess = incompleteBeta(x, a, b, logBeta) - probability;
    if (excess > 0) high = x;
    else low = x;
    const newton = x - excess / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-14 * x) return next;
    x = next;
  }
  return x;
}

/** Regularised incomplete beta function, by its continued fraction (https://dlmf.nist.gov/8.17.v). */
export function incompleteBeta(x: number, a: number, b: number, logBeta = logBetaOf(a, b)): number {
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a, logBeta);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
  return front * continuedFraction(x, a, b);
}

function logBetaOf(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Lentz's method (Thompson & Barnett, J. Comput. Phys. 64 (1986) 490–509). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

/** Stirling's series (https://dlmf.nist.gov/5.11.E1), from where it is exact to rounding. */
function logGamma(x: number): number {
  let product = 1;
  let large = x;
  for (; large < 16; large += 1) product *= large;
  const inverse = 1 / large ** 2;
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / large;
  return (large - 0.5) * Math.log(large) - large + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
}
