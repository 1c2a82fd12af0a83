/** What became of each series since the scrape before. */
import { ExpositionError, type ExpositionSample } from './exposition.ts';

export interface Point {
  labels: ExpositionSample['labels'];
  value: number;
  /** When it was so: the endpoint's own time, or that of the scrape; ms since the epoch. */
  t: number;
  /** False where the endpoint gave the value of the scrape before once more, as cAdvisor does, which looks less often. */
  isNew: boolean;
  /** Increase from the value before, where there was one; and a second. */
  growth?: { by: number; rate: number };
}

export type Points = ReadonlyMap<string, Point>;

/**
 * All series of one metric, by their labels. One that was not there at the scrape before, when others of its metric were,
 * began at 0 in between: an answer of a kind that had not been given yet.
 * @param before of the same metric; undefined while it has not been seen
 * @throws {ExpositionError} for a series that is there twice
 */
export function pointsOf(
  all: readonly ExpositionSample[],
  before: Points | undefined,
  scraped: number,
): Points {
  const points = new Map<string, Point>();
  const lastTime = before && Math.max(...[...before.values()].map(({ t }) => t));
  for (const { name, labels, value, t = scraped } of all) {
    const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (points.has(key)) throw new ExpositionError(`series twice: ${name}${key}`);
    const old = before?.get(key);
    if (old && old.t === t) {
      points.set(key, { ...old, isNew: false });
      continue;
    }
    const since = old?.t ?? lastTime;
    const by = value - (old?.value ?? 0);
    const growth = since === undefined || since >= t ? undefined : { by, rate: by / ((t - since) / 1000) };
    points.set(key, { labels, value, t, isNew: true, growth });
  }
  return points;
}

/** Whether one of them is lower than it was: no counter is, unless it began again. */
export function anyFell(points: Points): boolean {
  return [...points.values()].some(({ isNew, growth }) => isNew && growth !== undefined && growth.by < 0);
}
