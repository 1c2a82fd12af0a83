import { type Document, isMap, isScalar, isSeq, type LineCounter } from 'yaml';

/** Line of a file on which a key stands (an index of a list is a key), or the last of its parents that is there; 1 for none. */
export function lineOf({ contents }: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = contents;
  let offset = 0;
  for (const key of path) {
    if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = rangeOf(node) ?? offset;
    } else {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
        : undefined;
      offset = rangeOf(pair?.key) ?? offset;
      node = pair?.value;
    }
  }
  return lines.linePos(offset).line;
}

function rangeOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | null | undefined)?.range?.[0];
}
