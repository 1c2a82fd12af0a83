/** Two-sided 95 %: the standard normal quantile of 0.975. */
export const Z_95 = 1.959963984540054;
/** Two-sided 99 %: that of 0.995. */
export const Z_99 = 2.5758293035489004;

/**
 * Score interval of a share (Wilson, JASA 22 (1927) 209–212; recommended for small n by Brown, Cai &
 * DasGupta, Statistical Science 16 (2001) 101–133). Keeps to 0–1 and says something useful at 0 of n.
 *
 * @param z standard normal quantile of the confidence, default 95 %
 * @returns shares, 0–1; null when n is 0
 */
export function wilsonInterval(hits: number, n: number, z: number = Z_95): [number, number] | null {
  if (n === 0) return null;
  const share = hits / n;
  const z2 = z * z;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return [hits === 0 ? 0 : Math.max(0, centre - half), hits === n ? 1 : Math.min(1, centre + half)];
}
