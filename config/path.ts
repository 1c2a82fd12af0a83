/** Paths as somebody writes them: relative to the project's folder, and with `~` or `$HOME` where no shell has replaced it. */
import { resolve } from 'node:path';
import { ConfigError } from './errors.ts';
import { homeFolder } from './nobody.ts';
import { ROOT } from './root.ts';

const HOME = /^(?:~|\$HOME|\$\{HOME\})(?=\/|$)\/*(.*)$/;
/** A shell would replace these. */
const UNKNOWN = /^~|(?:^|\/)~(?:\/|$)|\$[A-Za-z_{(]|`/;

export const ONLY_HOME =
  'holds ~ or $, which only stand for the home folder (~/runs, $HOME/runs); write the whole path';

/** The absolute path; undefined when it holds another `~` or variable. */
export function absolutePath(given: string): string | undefined {
  const below = HOME.exec(given)?.[1];
  const home = below === undefined ? undefined : homeFolder();
  if (home !== undefined) return resolve(home, below ?? '');
  return UNKNOWN.test(given) ? undefined : resolve(ROOT, given);
}

/** As `absolutePath`, of an option: a shell leaves `--file=~/accounts.yml` as it is. @throws ConfigError */
export function optionPath(given: string): string {
  const path = absolutePath(given);
  if (path === undefined) throw new ConfigError(`${given}: ${ONLY_HOME}`);
  return path;
}
