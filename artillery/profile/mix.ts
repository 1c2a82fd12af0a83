/** One scenario of a mix: how many sessions of it are planned, or its weight. */
export interface Share {
  name: string;
  weight: number;
}

/**
 * Splits `total` arrivals among scenarios by weight: largest remainder (Hamilton's method), with at least one of
 * each kind where `total` allows it.
 */
export function splitArrivals(shares: readonly Share[], total: number): number[] {
  const sum = shares.reduce((all, { weight }) => all + weight, 0);
  const exact = shares.map(({ weight }) => (weight / sum) * total);
  const counts = exact.map(Math.floor);
  let left = total - counts.reduce((all, count) => all + count, 0);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    counts[index] = (counts[index] ?? 0) + 1;
    left -= 1;
  }
  for (let missing = counts.indexOf(0); missing >= 0 && total >= shares.length; missing = counts.indexOf(0)) {
    const largest = counts.indexOf(Math.max(...counts));
    counts[largest] = (counts[largest] ?? 0) - 1;
    counts[missing] = 1;
  }
  return counts;
}

/** A number split among scenarios by weight (1 where none is given), by name. */
export function countsOf(
  scenarios: ReadonlyArray<{ name?: string; weight?: number }>,
  count: number,
): Record<string, number> {
  const shares = scenarios.map(({ name, weight }) => ({ name: name as string, weight: Number(weight ?? 1) }));
  const counts = splitArrivals(shares, count);
  return Object.fromEntries(shares.map(({ name }, index) => [name, counts[index] as number]));
}

/** Users of a mix, by scenario: as its weights split them. */
export function splitUsers(weights: Readonly<Record<string, number>>, users: number): Record<string, number> {
  return countsOf(
    Object.entries(weights).map(([name, weight]) => ({ name, weight })),
    users,
  );
}

/**
 * Orders arrivals so that after each of them every scenario's count is within 1 of its share: Tijdeman's solution
 * of the chairman assignment problem (R. Tijdeman, Discrete Mathematics 32, 1980, 323–330). Gives the index of the
 * next scenario.
 */
export function exactMix(weights: readonly number[]): () => number {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0)) throw new Error('a mix needs a weight above 0');
  const shares = weights.map((weight) => weight / sum);
  const kinds = shares.filter((share) => share > 0).length;
  const bound = kinds > 1 ? 1 / (2 * kinds - 2) : 1;
  const done = shares.map(() => 0);
  let n = 0;
  return () => {
    n += 1;
    let chosen = -1;
    let soonest = Number.POSITIVE_INFINITY;
    for (const [index, share] of shares.entries()) {
      if (share === 0) continue;
      const owed = n * share - (done[index] as number);
      if (owed < bound - 1e-9) continue; // taking it now would run ahead of its share
      const deadline = (1 - bound - owed) / share;
      if (deadline < soonest - 1e-9) {
        soonest = deadline;
        chosen = index;
      }
    }
    if (chosen < 0) throw new Error('no scenario is owed an arrival'); // cannot be: the shares sum to 1
    done[chosen] = (done[chosen] as number) + 1;
    return chosen;
  };
}

/**
 * The order of `counts` arrivals, with those of each group (users in browsers, users over HTTP) spread evenly: rare
 * scenarios of one group would else come together at the end. Exact as `exactMix` is: where spreading would take a
 * scenario further than 1 from its share, it is left.
 */
export function spreadMix(counts: readonly number[], groups: readonly string[]): number[] {
  const total = counts.reduce((all, count) => all + count, 0);
  const take = (next: () => number) => Array.from({ length: total }, next);
  if (total === 0) return [];
  const names = [...new Set(groups)];
  const members = names.map((name) => groups.flatMap((group, index) => (group === name ? [index] : [])));
  const sizes = members.map((indexes) => indexes.reduce((all, index) => all + (counts[index] as number), 0));
  const nextGroup = exactMix(sizes);
  const within = members.map((indexes, group) =>
    sizes[group] === 0 ? () => 0 : exactMix(indexes.map((index) => counts[index] as number)),
  );
  const order = take(() => {
    const group = nextGroup();
    return (members[group] as number[])[(within[group] as () => number)()] as number;
  });
  return isWithinOne(order, counts) ? order : take(exactMix(counts));
}

function isWithinOne(order: readonly number[], counts: readonly number[]): boolean {
  const done = counts.map(() => 0);
  return order.every((chosen, at) => {
    done[chosen] = (done[chosen] as number) + 1;
    return counts.every((count, index) => {
      const share = ((at + 1) * count) / order.length;
      return Math.abs((done[index] as number) - share) < 1 + 1e-9;
    });
  });
}
