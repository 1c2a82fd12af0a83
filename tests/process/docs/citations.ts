import { posix } from 'node:path';

/** Reads a file of the repository by its path from the root, with `/`; undefined where there is none. */
export type ReadPage = (path: string) => string | undefined;

/** Between the parts of a citation: spaces, or the end of a line and the comment marks of the next. */
const GAP = String.raw`[\s*/#]*`;
const SECTION = String.raw`§\d+(?:\.\d+)*(?: no\. \d+)?`;
const PAGE = /(?<![\w/.-])docs\/[\w./-]+?\.md\b/g;
const CONTRACT = new RegExp(
  String.raw`(?<![\w/.-])(docs/contract/[\w-]+\.md)\x60?${GAP}(${SECTION}(?:(?:,|and|to|${GAP})*${SECTION})*)`,
  'g',
);
const HEADING = new RegExp(String.raw`(?<![\w/.-])(docs/[\w./-]+\.md),${GAP}"([^"]+)"`, 'g');
/** To a page, a heading of a page, or a heading of the page that it stands in. */
const LINK = /\]\((?=[\w.#])([\w./-]+\.md)?(?:#([\w-]+))?\)/g;

/** Documents that are not in the repository, and pages of the contract without their folder. */
const ELSEWHERE: Record<string, RegExp> = {
  'a document that is not in the repository':
    /\bdesign §|(?<![\w-])(?:design|field|house)\.md\b|\bfindings\//gi,
  'a page of the contract without docs/contract/':
    /(?<![\w/.-])(?:(?:api|ui)\.md\x60?[\s*/#]+§|verified\.md)/g,
  'docs/truth.md without docs/': /(?<![\w/.([-])truth\.md/g,
};

/** `file:line: what is wrong` for each citation in a text that names nothing in the repository. */
export function wrongCitations(file: string, text: string, read: ReadPage): string[] {
  const wrong: string[] = [];
  const add = (index: number, what: string): void => {
    wrong.push(`${file}:${text.slice(0, index).split('\n').length}: ${what}`);
  };
  for (const { 0: page, index } of text.matchAll(PAGE)) {
    if (read(page) === undefined) add(index, `${page} does not exist`);
  }
  for (const { 1: page = '', 2: cited = '', index } of text.matchAll(CONTRACT)) {
    const known = sectionsOf(read(page) ?? '');
    for (const [section] of cited.matchAll(new RegExp(SECTION, 'g'))) {
      if (!known.has(section)) add(index, `${page} has no ${section}`);
    }
  }
  for (const { 1: page = '', 2: cited = '', index } of text.matchAll(HEADING)) {
    const heading = cited.replace(/\s*\n[\s*/#]*/g, ' ');
    if (!headingsOf(read(page) ?? '').includes(heading)) add(index, `${page} has no heading "${heading}"`);
  }
  if (file.endsWith('.md')) for (const [index, what] of wrongLinks(file, text, read)) add(index, what);
  // Pages of the contract stand beside each other and name each other so.
  if (!file.startsWith('docs/contract/')) {
    for (const [what, pattern] of Object.entries(ELSEWHERE)) {
      for (const { 0: cited, index } of text.matchAll(pattern))
        add(index, `"${cited.replace(/\s+/g, ' ')}" is ${what}`);
    }
  }
  return wrong;
}

function* wrongLinks(file: string, text: string, read: ReadPage): Generator<[index: number, what: string]> {
  for (const { 1: link = '', 2: anchor, index } of text.matchAll(LINK)) {
    const page = link === '' ? file : posix.join(posix.dirname(file), link);
    const target = read(page);
    if (target === undefined) yield [index, `${page} does not exist`];
    else if (anchor && !headingsOf(target).map(anchorOf).includes(anchor))
      yield [index, `${page} has no #${anchor}`];
  }
}

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((found) => found[1] ?? '');
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/**
 * What can be cited of a page of the contract: `§5.2` a heading, or the second item of the numbered list in section 5;
 * `§8 no. 3` the third row of the numbered table in section 8.
 */
function sectionsOf(text: string): Set<string> {
  const known = new Set<string>();
  let section = '';
  for (const line of text.split('\n')) {
    const heading = line.match(/^#+ (\d+(?:\.\d+)*)\.? /)?.[1];
    const item = line.match(/^(\d+)\. /)?.[1];
    const row = line.match(/^\| (\d+) \|/)?.[1];
    if (heading !== undefined) section = heading;
    if (heading !== undefined) known.add(`§${heading}`);
    else if (item !== undefined) known.add(`§${section}.${item}`);
    else if (row !== undefined) known.add(`§${section} no. ${row}`);
  }
  return known;
}
