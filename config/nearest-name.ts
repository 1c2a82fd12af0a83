/** For a name to be taken for a misspelt one, one letter in this many may differ. */
const LETTERS_PER_MISTAKE = 3;

/** `; did you mean <name>?` of the known name that is nearest to `name`; empty when none is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((one) => ({ one, distance: editDistance(name.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, distance }) => distance <= one.length / LETTERS_PER_MISTAKE)
    .sort((a, b) => a.distance - b.distance);
  return nearest ? `; did you mean ${nearest.one}?` : '';
}

const MOST_NAMES = 3;

/** Known names that `name` may stand for: misspelt ones first, then those that share words with it; at most three. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const words = name.toLowerCase().split(/\s+/).filter(Boolean);
  const sharedWith = (one: string) => {
    const own = one.toLowerCase().split(/\s+/);
    return words.filter((word) => word.length >= LETTERS_PER_MISTAKE && own.includes(word)).length;
  };
  const ranked = known.map((one) => {
    const distance = editDistance(name.toLowerCase(), one.toLowerCase());
    return { one, distance, shared: sharedWith(one), isNear: distance <= one.length / LETTERS_PER_MISTAKE };
  });
  return ranked
    .filter(({ isNear, shared }) => isNear || shared * 2 > words.length || (shared > 0 && words.length <= 2))
    .sort((a, b) => Number(b.isNear) - Number(a.isNear) || b.shared - a.shared || a.distance - b.distance)
    .slice(0, MOST_NAMES)
    .map(({ one }) => one);
}

/** Letters to insert, delete or replace to come from one to the other (Levenshtein 1966). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
