import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../config/root.ts';

/** npm knows these two without `run`. */
const SHORT = ['start', 'test'];

/** Each npm script as it is typed, with its one line, from `scripts-info` in package.json. */
export function npmScripts(): Array<readonly [command: string, about: string]> {
  const { 'scripts-info': lines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    'scripts-info': Record<string, string>;
  };
  return Object.entries(lines).map(
    ([name, line]) => [SHORT.includes(name) ? `npm ${name}` : `npm run ${name}`, line] as const,
  );
}
