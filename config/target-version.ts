/** Versions of the target, and limits that hold from one of them on (`since` in `thresholds.yml`). */

/**
 * Numbers of a version, the first the weightiest: `v1.10.0-rc.2+build` → [1, 10, 0]. What comes after them names no
 * order of its own here: a candidate is judged as what its release is. Undefined for what has none, e.g. a commit.
 */
export function versionNumbers(version: string): number[] | undefined {
  const numbers = /^v?(\d+(?:\.\d+)*)(?:[-+.].*)?$/i.exec(version.trim())?.[1];
  return numbers?.split('.').map(Number);
}

/** Below 0 when `a` is the older one, 0 when they are the same: `1.4` and `1.4.0` are. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Of limits on one metric the one that holds for this version: that with the latest `since` it has reached; one without
 * `since` holds before all of them. Undefined when it has reached none. A target that does not tell its version is judged
 * as the newest: an old one's excuse has to be claimed.
 */
export function limitSince<L extends { since?: string }>(
  limits: readonly L[],
  version?: string,
): L | undefined {
  const numbersOf = ({ since }: L) => (since === undefined ? [] : (versionNumbers(since) as number[]));
  const inOrder = limits.toSorted((a, b) => compareVersions(numbersOf(a), numbersOf(b)));
  const target = version === undefined ? undefined : versionNumbers(version);
  return target
    ? inOrder.findLast((limit) => compareVersions(numbersOf(limit), target) <= 0)
    : inOrder.at(-1);
}
