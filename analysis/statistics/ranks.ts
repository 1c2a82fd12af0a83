/** Ranks from 1 on in the order of the values; equal values share the mean of their ranks. */
export function ranks(values: readonly number[]): { ranks: number[]; tied: number[] } {
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  const found = new Array<number>(values.length);
  const tied: number[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to += 1;
    for (const at of order.slice(from, to)) found[at] = (from + 1 + to) / 2;
    tied.push(to - from);
    from = to;
  }
  return { ranks: found, tied };
}
