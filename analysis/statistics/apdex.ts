/**
 * Apdex, "Application Performance Index – Technical Specification" v1.1 (https://www.apdex.org): of all waits the share
 * that satisfied (up to T), half of those that were tolerated (up to 4 T), none of the others; a failure frustrates.
 */

/** Up to a second a user's thought is not interrupted (Nielsen, "Response Times: The 3 Important Limits", 1993), ms. */
export const APDEX_T = 1000;
const TOLERATED = 4;

export interface ApdexTally {
  satisfied: number;
  tolerating: number;
  frustrated: number;
}

export function newApdex(): ApdexTally {
  return { satisfied: 0, tolerating: 0, frustrated: 0 };
}

/** Counts one wait, ms. */
export function addToApdex(tally: ApdexTally, value: number, ok: boolean, t = APDEX_T): void {
  if (ok && value <= t) tally.satisfied += 1;
  else if (ok && value <= TOLERATED * t) tally.tolerating += 1;
  else tally.frustrated += 1;
}

/** 0 to 1; null without a wait. */
export function apdexOf({ satisfied, tolerating, frustrated }: ApdexTally): number | null {
  const n = satisfied + tolerating + frustrated;
  return n === 0 ? null : (satisfied + tolerating / 2) / n;
}
