/**
 * Whether there is something, and all of it is as it should be. An empty list would pass any check that asks no more than
 * that nothing in it is wrong: `every` of nothing is true.
 */
export function allOfAtLeastOne<T>(items: readonly T[], isRight: (item: T) => boolean): boolean {
  return items.length > 0 && items.every(isRight);
}
