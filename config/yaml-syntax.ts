/** What is wrong with the syntax of a YAML file, in words of our own: the parser's messages quote the file. */
import {
  type Document,
  type ErrorCode,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  isSeq,
  visit,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import type { LinedDocument } from './yaml-line.ts';

/** Names of keys that hold a secret. */
export const SECRET_KEY = /pass(word|wd|phrase)?$|pwd|secret|token|credential|api_?key/i;

export interface SyntaxMistake {
  offset: number;
  /** What is wrong, and how it is fixed: without anything of the file. */
  what: string;
  fix: string;
}

const QUOTE = 'Put the value in quotes.';
const WORDS: Partial<Record<ErrorCode, readonly [what: string, fix: string]>> = {
  BAD_ALIAS: ['a name after & or * that cannot be one', QUOTE],
  ALIAS_PROPS: ['an alias with a tag or anchor of its own', QUOTE],
  BAD_DIRECTIVE: ['an unknown directive', 'Delete the line that begins with %.'],
  BAD_DQ_ESCAPE: ['an unknown escape after \\ in double quotes', 'Put the value in single quotes.'],
  BAD_INDENT: ['not YAML: wrong indentation, or a bracket that is not closed', 'Fix the line.'],
  BAD_SCALAR_START: ['a value begins with a reserved character', QUOTE],
  BLOCK_AS_IMPLICIT_KEY: ['not YAML: a value with `: ` in it, or wrong indentation', QUOTE],
  DUPLICATE_KEY: ['a key is there twice', 'Delete one of the two.'],
  MISSING_CHAR: ['not YAML: a quote, bracket or comma is missing', 'Fix the line.'],
  MULTIPLE_DOCS: ['a second document begins', 'Delete the line `---`, or what follows it.'],
  MULTIPLE_ANCHORS: ['a value begins with two anchors', QUOTE],
  MULTIPLE_TAGS: ['a value begins with two tags', QUOTE],
  NON_STRING_KEY: ['a key that is not a text', 'Write a name.'],
  TAB_AS_INDENT: ['a tab indents the line', 'Use spaces.'],
  TAG_RESOLVE_FAILED: ['a value begins with ! (an unknown tag)', QUOTE],
};

/** As word processors make them of straight ones. */
const TYPOGRAPHIC = /^[\u2018-\u201f\u00ab\u2039].*[\u2018-\u201f\u00bb\u203a]$/;

/** How a secret file differs: what is wrong with it is most likely a password that is not in quotes. */
const QUOTE_SECRET = 'Put it in quotes if it belongs to a value.';

/** The first mistake of a document; undefined where there is none. */
export function syntaxMistake(
  lined: LinedDocument,
  text: string,
  secret: boolean,
): SyntaxMistake | undefined {
  const { document } = lined;
  // A bracket that closes at the left edge is a matter of layout.
  const warnings = document.warnings.filter(({ code }) => code !== 'BAD_INDENT');
  const [first] = [...document.errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first) {
    const mistake = inWords(first, secret);
    return { ...mistake, offset: opening(document, mistake.offset, text) };
  }
  return strayNode(lined, text, secret);
}

/** Where what is open at the end of the text begins: a quote or bracket that is never closed is found there only. */
function opening(document: Document, offset: number, text: string): number {
  if (offset < text.trimEnd().length) return offset;
  let start = offset;
  visit(document, {
    Node(_key, node) {
      const isOpen =
        (isScalar(node) && node.type?.startsWith('QUOTE_')) || (isCollection(node) && node.flow === true);
      const [from = 0, to = 0] = node.range ?? [];
      if (isOpen && to >= text.trimEnd().length) start = from;
    },
  });
  return start;
}

function inWords({ code, pos }: YAMLParseError | YAMLWarning, secret: boolean): SyntaxMistake {
  const [what, fix] = WORDS[code] ?? ['not YAML', 'Fix the line.'];
  const isQuoting = fix.includes('quotes') || code === 'TAB_AS_INDENT' || code === 'MULTIPLE_DOCS';
  return {
    offset: pos[0],
    what,
    fix: secret && !isQuoting ? 'Fix the line; put a value with special characters in quotes.' : fix,
  };
}

/** What the parser takes and a reader would not expect. */
function strayNode(
  { document, targetOf }: LinedDocument,
  text: string,
  secret: boolean,
): SyntaxMistake | undefined {
  let mistake: SyntaxMistake | undefined;
  const found = (offset: number | undefined, what: string, fix: string) => {
    mistake = { offset: offset ?? 0, what, fix };
    return visit.BREAK;
  };
  visit(document, {
    Alias(_key, alias) {
      if (secret) return found(alias.range?.[0], 'an alias (* before a name)', QUOTE_SECRET);
      if (!targetOf(alias))
        return found(alias.range?.[0], `the alias *${alias.source} has no anchor before it`, QUOTE);
    },
    Pair(_key, pair) {
      if (!isScalar(pair.key)) return;
      const { value: name, range } = pair.key;
      if (name === '<<') return found(range?.[0], 'a merge key (<<)', 'Write the keys out.');
      if (secret && isScalar(pair.value) && SECRET_KEY.test(String(name)) && endsAtComment(pair.value, text))
        return found(
          range?.[0],
          'a # ends the value',
          'Put it in quotes, or move the comment to a line of its own.',
        );
    },
    Node(_key, node) {
      if (!secret || isAlias(node) || isPair(node)) return;
      if (isScalar(node) && node.type === 'PLAIN' && TYPOGRAPHIC.test(String(node.value)))
        return found(
          node.range?.[0],
          'typographic quotes, which quote nothing',
          'Put the value in straight quotes: \' or ".',
        );
      if (node.anchor) return found(node.range?.[0], 'an anchor (& before a value)', QUOTE_SECRET);
      if (node.tag) return found(node.range?.[0], 'a tag (! before a value)', QUOTE_SECRET);
    },
  });
  return mistake;
}

/** `password: abc #def` is `abc` to YAML, and was most likely meant whole. */
function endsAtComment(
  { type, range }: { type?: string; range?: readonly number[] | null },
  text: string,
): boolean {
  return type === 'PLAIN' && range !== null && range !== undefined && /^[ \t]*#/.test(text.slice(range[1]));
}

/** Which entry of a list an offset is in: `entry 2: `; empty where the file is not a list. */
export function entryAt({ document: { contents } }: LinedDocument, offset: number): string {
  if (!isSeq(contents)) return '';
  const before = contents.items.filter(
    (item) => ((item as { range?: number[] } | null)?.range?.[0] ?? 0) <= offset,
  );
  return `entry ${Math.max(1, before.length)}: `;
}
