import { literally } from '../config/literally.ts';

/**
 * Whether a command line of Playwright's asks for a project: it names none, or this one (`*` stands for any text,
 * case does not matter). Playwright itself tells its global set-up of all projects there are, asked for or not.
 */
export function isProjectAskedFor(name: string, words: readonly string[] = process.argv): boolean {
  const asked: string[] = [];
  for (const [index, word] of words.entries()) {
    const [option, value] = word.split('=', 2);
    if (option !== '--project') continue;
    if (value !== undefined) asked.push(value);
    else {
      // `--project perf contract --grep x`: all words up to the next option.
      for (const next of words.slice(index + 1)) {
        if (next.startsWith('-')) break;
        asked.push(next);
      }
    }
  }
  return asked.length === 0 || asked.some((pattern) => expressionOf(pattern).test(name));
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split('*').map(literally);
  return new RegExp(`^${parts.join('.*')}$`, 'i');
}
