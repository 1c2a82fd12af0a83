/**
 * `node tools/words.ts`: counts words that the project no longer uses, in string literals, comments, Markdown and YAML.
 * `tools/words.json` lists how many each file still has. The counts may only shrink: a higher count fails the check, and
 * so does a lower one until `--write` has lowered the list. `--message <file>` checks the subject of a commit message.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../config/root.ts';

/** Each with the plain word to use. */
const PLAIN_WORDS: ReadonlyArray<readonly [pattern: RegExp, plain: string]> = [
  [/\btold\b/gi, 'reported, printed or logged'],
  // By itself in quotes it is a field of samples that runs of before have.
  [/(?<!')\bheld\b|\bheld\b(?!')/gi, 'passed, kept, delayed or compared'],
  [/\bmend(s|ed|ing)?\b/gi, 'fix'],
  [/\banew\b/gi, 'again'],
  [/\bwhoever\b/gi, 'the noun: the user, the caller'],
  [/\bin place of\b/gi, 'instead of'],
  [/\b(is|are) to be\b/gi, 'must be, will be'],
  [/\bso many\b/gi, 'at most N'],
  [/\bat (its|their) own end\b/gi, 'saturated'],
];

/** The contract quotes another application; package-lock.json is generated. */
const LEFT_OUT = /^(docs\/contract\/|tests\/contract\/aria\/|(tests\/)?tools\/words\.|package-lock\.json)/;
const LIST = join(ROOT, 'tools/words.json');

type Counts = Record<string, number>;

/** String literals and comments of TypeScript or JavaScript. */
export function proseOf(source: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.JSX, source);
  const prose: string[] = [];
  // Braces inside of a template's `${…}`; when the last of them closes, the template's text goes on.
  const templates: number[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.OpenBraceToken && templates.length > 0) templates[templates.length - 1]! += 1;
    if (token === ts.SyntaxKind.CloseBraceToken && templates.length > 0) {
      if (templates.at(-1) === 0) {
        token = scanner.reScanTemplateToken(false);
        if (token === ts.SyntaxKind.TemplateTail) templates.pop();
      } else templates[templates.length - 1]! -= 1;
    }
    if (token === ts.SyntaxKind.TemplateHead) templates.push(0);
    if (PROSE.has(token)) prose.push(scanner.getTokenText());
  }
  return prose.join('\n');
}

const PROSE = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.SingleLineCommentTrivia,
  ts.SyntaxKind.MultiLineCommentTrivia,
]);

/** Occurrences in a text, each as `word: use …`. */
export function oldWords(text: string): string[] {
  return PLAIN_WORDS.flatMap(([pattern, plain]) =>
    [...text.replace(/\s+(\*|\/\/|#)?\s*/g, ' ').matchAll(pattern)].map(
      ([word]) => `"${word.toLowerCase()}": use ${plain}`,
    ),
  );
}

/** What is wrong with the counts of today, one line each. */
export function findings(now: Counts, listed: Counts): string[] {
  const files = [...new Set([...Object.keys(now), ...Object.keys(listed)])].sort();
  return files.flatMap((file) => {
    const [count, limit] = [now[file] ?? 0, listed[file] ?? 0];
    if (count > limit)
      return [`${file}: ${count} words that we no longer use, ${limit} allowed. Use plain words.`];
    if (count < limit)
      return [`${file}: ${count} words left, ${limit} listed. Run \`node tools/words.ts --write\`.`];
    return [];
  });
}

function proseOfFile(file: string): string | undefined {
  if (/\.(ts|mts|tsx|js|mjs|cjs)$/.test(file)) return proseOf(readFileSync(join(ROOT, file), 'utf8'));
  if (/\.(md|ya?ml)$/.test(file)) return readFileSync(join(ROOT, file), 'utf8');
  return undefined;
}

function countFiles(): Counts {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const counts: Counts = {};
  for (const file of files.trim().split('\n')) {
    if (LEFT_OUT.test(file) || !existsSync(join(ROOT, file))) continue;
    const count = oldWords(proseOfFile(file) ?? '').length;
    if (count > 0) counts[file] = count;
  }
  return counts;
}

/** Lowers the list to today's counts; a count above its limit is not written. */
export function lowered(now: Counts, listed: Counts): Counts {
  const lower = Object.entries(listed).map(
    ([file, limit]) => [file, Math.min(limit, now[file] ?? 0)] as const,
  );
  return Object.fromEntries(lower.filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function main(words: string[]): number {
  if (words[0] === '--message') {
    const [subject = ''] = readFileSync(words[1] ?? '', 'utf8').split('\n');
    const found = oldWords(subject);
    for (const line of found) console.error(`commit subject: ${line}`);
    return found.length === 0 ? 0 : 1;
  }
  const listed = JSON.parse(readFileSync(LIST, 'utf8')) as Counts;
  const now = countFiles();
  const list = words[0] === '--write' ? lowered(now, listed) : listed;
  if (words[0] === '--write') writeFileSync(LIST, `${JSON.stringify(list, null, 2)}\n`);
  const wrong = findings(now, list);
  for (const line of wrong) console.error(line);
  const total = Object.values(now).reduce((sum, count) => sum + count, 0);
  console.log(`words: ${total} that we no longer use are left in ${Object.keys(now).length} files`);
  return wrong.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
