/** Weeks and months of runs, UTC. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** ISO 8601 week, e.g. `2026-W49`: it begins on a Monday and belongs to the year of its Thursday. */
export function weekOf(start: string): string {
  const date = new Date(start);
  const fromMonday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() + (3 - fromMonday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** `2026-11`. */
export function monthOf(start: string): string {
  return start.slice(0, 7);
}

/**
 * Things by their period, the newest first.
 * @param most as many periods at most
 */
export function byPeriod<T>(
  things: readonly T[],
  periodOf: (thing: T) => string,
  most = Number.POSITIVE_INFINITY,
): Array<{ period: string; things: T[] }> {
  const periods = new Map<string, T[]>();
  for (const thing of things) {
    const period = periodOf(thing);
    periods.set(period, [...(periods.get(period) ?? []), thing]);
  }
  return [...periods]
    .map(([period, own]) => ({ period, things: own }))
    .sort((a, b) => b.period.localeCompare(a.period))
    .slice(0, most);
}
