import { masked } from './masks.ts';

/** Roles that only hold text: what they say may be worded freely. */
const TEXT = new Set([
  'text',
  'paragraph',
  'strong',
  'emphasis',
  'code',
  'generic',
  'listitem',
  'term',
  'definition',
]);
/** Named by the data that they show; what matters is that they are there. */
const DATA = new Set(['row', 'cell', 'gridcell']);
const LINE = /^(\s*)- (.*)$/;
const NODE = /^(\w+)(?: "((?:[^"\\]|\\.)*)")?((?: \[[^\]]*\])*)(?::.*)?$/;

interface Node {
  indent: number;
  role: string;
  name: string;
  attributes: string;
}

/** A line whose colon or quotes trouble YAML is quoted as a whole. */
function unquoted(text: string): string {
  const quoted = /^'((?:[^']|'')*)'(?::.*)?$/.exec(text);
  return quoted ? quoted[1]!.replaceAll("''", "'") : text;
}

function nodes(snapshot: string): Node[] {
  return snapshot.split('\n').flatMap((line) => {
    const [, indent, rest] = LINE.exec(line) ?? [];
    const [, role, name = '', attributes = ''] = NODE.exec(unquoted(rest ?? '')) ?? [];
    if (indent === undefined || role === undefined || TEXT.has(role)) return [];
    return [{ indent: indent.length, role, name, attributes: attributes.trim() }];
  });
}

/** Is it a row of column headers? Those have names that count. */
function isHeader(all: Node[], index: number): boolean {
  const { role, indent } = all[index]!;
  const first = all[index + 1];
  return role === 'row' && first?.role === 'columnheader' && first.indent > indent;
}

function shown({ role, name, attributes }: Node, header: boolean): string {
  if (role === 'gridcell' && /^[AP]M: .+, (default|admin)$/.test(name))
    return 'gridcell "<half>: <activity>, <type>"';
  if (DATA.has(role) && !header) return role;
  return [role, name && `"${masked(name)}"`, attributes].filter(Boolean).join(' ');
}

/**
 * The roles, names and states of an aria snapshot (as Playwright writes it), masked and each once, e.g.
 * `heading "Absences Hub" [level=1]`, `button "Add Absence"`, `row`.
 */
export function ariaLines(snapshot: string): Set<string> {
  const all = nodes(snapshot);
  const lines = new Set(all.map((node, index) => shown(node, isHeader(all, index))));
  const mains = all.filter((node) => node.role === 'main');
  // Hub pages nest a second one, which makes `main` ambiguous to every search for it.
  if (mains.some((node) => node.indent > mains[0]!.indent)) lines.add('main inside main');
  return lines;
}
