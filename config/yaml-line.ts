/** Lines of a YAML file on which keys stand. */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';

export type Path = readonly PropertyKey[];

/** A YAML text with its lines. */
export interface LinedDocument {
  document: Document;
  /** Line of an offset, 1 the first. */
  lineAt(offset: number): number;
  /** Line of a key (an index of a list is a key), or of the nearest of its parents that is there; 1 for none. */
  lineOf(path: Path): number;
}

/** Parses a text. Errors and warnings are in the document; none is thrown or printed. */
export function parseLined(text: string): LinedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // The parser's own snippet of the text may hold a password.
    prettyErrors: false,
    logLevel: 'error',
    stringKeys: true,
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  return { document, lineAt, lineOf: (path) => lineAt(offsetOf(document, path)) };
}

/** The node at a path, through aliases. */
export function nodeAt(document: Document, path: Path): unknown {
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  let node = resolved(document.contents);
  for (const key of path) node = isCollection(node) ? resolved(node.get(key, true)) : undefined;
  return node;
}

function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const node = isSeq(parent)
      ? parent.items[Number(key)]
      : isMap(parent) &&
        parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))?.key;
    const offset = ((node || undefined) as Node | undefined)?.range?.[0];
    if (offset !== undefined) return offset;
  }
  return 0;
}
