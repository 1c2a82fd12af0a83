/** What README and the documents give a reader to type: commands, and the accounts file. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../config/environment.ts';

export interface DocumentedCommand {
  /** Page that it stands in. */
  page: string;
  /** As it stands there, on one line. */
  text: string;
  /** Variables set before it. */
  settings: Record<string, string>;
  words: string[];
}

const ASSIGNMENT = /^([A-Z][A-Z0-9_]*)=(.*)$/;
const STARTS = /^(?:[A-Z][A-Z0-9_]*=\S* )*(?:npx|npm|node) /;
/** Left for the reader to fill in. */
const OPEN = /[<…]|\bNAME\b/;

/** Every command in a block of `sh`, and in single backticks where nothing in it is left open. */
export function documentedCommands(): DocumentedCommand[] {
  return pages().flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block = '']) => block);
    const lines = blocks.flatMap((block) => block.replace(/\\\n\s*/g, '').split('\n'));
    const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => words);
    return [...lines, ...inline.filter((words) => STARTS.test(words))]
      .flatMap((line) => line.replace(/\s+#.*$/, '').split('&&'))
      .map((line) => line.trim())
      .filter((line) => STARTS.test(line) && !OPEN.test(line))
      .map((line) => ({ page, text: line, ...read(line) }));
  });
}

/** The one accounts file that README shows, with this password where one is left out. */
export function documentedAccounts(password: string): string {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  return block.replaceAll('…', password);
}

function pages(): string[] {
  return ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md', { cwd: ROOT })].sort();
}

function read(line: string): Pick<DocumentedCommand, 'settings' | 'words'> {
  const words = [...line.matchAll(/(?:'[^']*'|"[^"]*"|\S)+/g)].map(([word]) =>
    word.replace(/(['"])(.*?)\1/g, '$2'),
  );
  const settings: Record<string, string> = {};
  for (;;) {
    const [, name, value] = ASSIGNMENT.exec(words[0] ?? '') ?? [];
    if (name === undefined || value === undefined) return { settings, words };
    settings[name] = value;
    words.shift();
  }
}
