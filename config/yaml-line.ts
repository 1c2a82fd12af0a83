/** Lines of a YAML file on which keys stand. */
import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';

export type Path = readonly PropertyKey[];

/** A YAML text with its lines. */
export interface LinedDocument {
  document: Document;
  /** Line of an offset, 1 the first. */
  lineAt(offset: number): number;
  /** Line of a key (an index of a list is a key), or of the nearest of its parents that is there; 1 for none. */
  lineOf(path: Path): number;
  /** The node for which an alias stands; undefined without an anchor before it. */
  targetOf(alias: Alias): Node | undefined;
  /** The node at a path, through aliases. */
  nodeAt(path: Path): unknown;
}

/** Files that a program reads again and again: limits, goals and known defects, whenever a run is judged. */
const KEPT = 16;
const kept = new Map<string, LinedDocument>();

/**
 * Parses a text. Errors and warnings are in the document; none is thrown or printed. The last few texts are parsed once:
 * nobody may change a document.
 */
export function parseLined(text: string): LinedDocument {
  const lined = kept.get(text) ?? parsed(text);
  // The one asked for last is the last to go.
  kept.delete(text);
  kept.set(text, lined);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return lined;
}

function parsed(text: string): LinedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // The parser's own snippet of the text may hold a password.
    prettyErrors: false,
    logLevel: 'error',
    stringKeys: true,
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const targets = aliasTargets(document);
  const targetOf = (alias: Alias) => targets.get(alias);
  return {
    document,
    lineAt,
    lineOf: (path) => lineAt(offsetOf(document, path)),
    targetOf,
    nodeAt: (path) => nodeAt(document, path, targetOf),
  };
}

/** One walk for all aliases: the parser's own `resolve` walks the whole document for each of them. */
function aliasTargets(document: Document): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias(_key, alias) {
      const target = anchors.get(alias.source);
      if (target) targets.set(alias, target);
    },
    Value(_key, node) {
      // An anchor may be given twice: an alias means the last one before it.
      if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function nodeAt(document: Document, path: Path, targetOf: LinedDocument['targetOf']): unknown {
  const resolved = (node: unknown) => (isAlias(node) ? targetOf(node) : node);
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
