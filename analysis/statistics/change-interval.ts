import type { Interval } from '../../measure/run/units.ts';

/** A figure with its interval; an open end is null. */
export interface Estimate {
  value: number;
  ci: Readonly<Interval>;
}

/**
 * Interval of b − a from the intervals of a and of b, which were measured independently: each end goes as far as the distances to
 * the two ends that it depends on, as the sides of a right triangle (MOVER: Zou & Donner, Stat. Med. 27 (2008) 1693–1702,
 * https://doi.org/10.1002/sim.3095; of shares it is Newcombe's method 10 with their intervals). Logarithms give that of a ratio.
 *
 * @returns open where an end that it depends on is
 */
export function changeInterval(a: Estimate, b: Estimate): Interval {
  const change = b.value - a.value;
  const reach = (one: number | null, other: number | null) =>
    one === null || other === null ? null : Math.hypot(one, other);
  const away = ({ value, ci }: Estimate, end: 0 | 1) => {
    const at = ci[end];
    return at === null || !Number.isFinite(at) ? null : Math.abs(value - at);
  };
  const down = reach(away(b, 0), away(a, 1));
  const up = reach(away(b, 1), away(a, 0));
  return [down === null ? null : change - down, up === null ? null : change + up];
}
