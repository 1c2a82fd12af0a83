/** Commits of the suite between two runs, where this clone of its repository has them. */
import { execFileSync } from 'node:child_process';
import { ROOT } from '../config/environment.ts';

export interface SuiteCommits {
  /** As the runs recorded them. Absent: a run was made outside of a checkout. */
  from?: string;
  to?: string;
  /** Newest first, at most as many as a reader looks at: `<hash> <subject>`. */
  commits: string[];
  /** All of them. */
  n: number;
  /** Why there are none to list. */
  missing?: string;
}

const MOST = 20;
const HASH = /^[0-9a-f]{7,64}$/;

/**
 * @param from commit of a run as its figures have it, also `<hash>, changed`
 * @param root a folder of the repository
 */
export function suiteCommits(from: string | undefined, to: string | undefined, root = ROOT): SuiteCommits {
  const [a, b] = [hashOf(from), hashOf(to)];
  const none = (missing?: string): SuiteCommits => ({ from, to, commits: [], n: 0, missing });
  if (a === undefined || b === undefined) return none('the commit of a run is not known');
  if (a === b) return from === to ? none('the same commit') : none('the same commit, with other changes');
  const unknown = [a, b].filter((one) => git(root, 'cat-file', '-e', `${one}^{commit}`) === undefined);
  if (unknown.length > 0) return none(`this clone has no commit ${unknown.join(' and ')}${howToGet(root)}`);
  const listed = git(root, 'log', '--format=%h %s', `${a}..${b}`) ?? '';
  const commits = listed.split('\n').filter(Boolean);
  if (commits.length === 0) return none('the later run was made with an older commit');
  return { from, to, commits: commits.slice(0, MOST), n: commits.length };
}

function hashOf(commit: string | undefined): string | undefined {
  const [hash = ''] = commit?.split(',') ?? [];
  return HASH.test(hash) ? hash : undefined;
}

function howToGet(root: string): string {
  return git(root, 'rev-parse', '--is-shallow-repository') === 'true'
    ? ', for it is shallow: `git fetch --unshallow` gets them'
    : '';
}

/** @returns undefined: git failed, or there is none */
function git(cwd: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
