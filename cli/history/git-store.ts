/** A history on a branch of a git repository, read and changed in a temporary clone: no other clone, tree or index is touched. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { HistoryPlace } from '../../compare/merge-histories.ts';
import { ConfigError } from '../../config/errors.ts';
import { interruptible } from '../../runner/signals.ts';
import { type Git, gitIn } from './git.ts';

export interface Branch {
  /** URL, or an absolute path. */
  repository: string;
  branch: string;
}

/** One of those who push at once succeeds each time: of eight that begin together the last one does too. */
const TRIES = 8;
const NOBODY = ['-c', 'user.name=Residency Load Suite', '-c', 'user.email=loadtest@localhost'];

/**
 * Does work with what is on the branch.
 * @throws {ConfigError} one line: the repository cannot be read, or has no such branch
 */
export function readBranch<T>(from: Branch, work: (place: HistoryPlace) => Promise<T>): Promise<T> {
  return inClone(from, async (git, folder) => {
    if ((await checkOut(git, from)) === undefined)
      throw new ConfigError(
        `${shown(from.repository)}: no branch ${from.branch}. Push a history to it first, or name another --branch.`,
      );
    return work(placeIn(folder));
  });
}

/**
 * Changes what is on the branch, which is begun where it is missing: one commit, pushed. Where somebody else has pushed meanwhile, the
 * work is done again with what they left. Never by force.
 * @param subject of the commit
 * @returns what the work gave, and whether there was something to push
 * @throws {ConfigError} one line: the repository cannot be read or written to, or others were faster each time
 */
export function changeBranch<T>(
  to: Branch,
  subject: (of: T) => string,
  work: (place: HistoryPlace) => Promise<T>,
): Promise<{ result: T; isPushed: boolean }> {
  return inClone(to, async (git, folder) => {
    let [before, refused, unmoved]: [string | undefined, string, number] = [undefined, '', 0];
    let begun = performance.now();
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      // Up to as long as a try takes: else those that were refused together meet again.
      if (attempt > 0) await wait((performance.now() - begun) * Math.random());
      begun = performance.now();
      const tip = await checkOut(git, to);
      unmoved = attempt > 0 && tip === before ? unmoved + 1 : 0;
      if (unmoved === 2) throw cannotPush(to, refused); // once may be because another was at it
      before = tip;
      const result = await work(placeIn(folder));
      await need(git('add', '--all'), to);
      if ((await git('diff', '--cached', '--quiet')).code === 0) return { result, isPushed: false };
      const known = await git('-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT');
      const identity = known.code === 0 ? [] : NOBODY;
      await need(git(...identity, 'commit', '--quiet', '--message', subject(result)), to);
      const pushed = await git(
        'push',
        '--porcelain',
        '--no-verify',
        '--',
        to.repository,
        `HEAD:${refOf(to)}`,
      );
      if (pushed.code === 0) return { result, isPushed: true };
      refused = reasonOf(pushed);
    }
    throw new ConfigError(
      `${shown(to.repository)}: others pushed to ${to.branch} each of ${TRIES} times (${refused}). Try again later.`,
    );
  });
}

/** Without the user and the password in it. */
export function shown(repository: string): string {
  return repository.replace(/\/\/[^/@]*@/g, '//');
}

async function inClone<T>({ repository, branch }: Branch, work: (git: Git, folder: string) => Promise<T>) {
  const folder = mkdtempSync(join(tmpdir(), 'loadtest-history-'));
  try {
    return await interruptible(async (signal) => {
      const git = await gitIn(folder, signal);
      const to = { repository, branch };
      if ((await git('check-ref-format', refOf(to))).code !== 0)
        throw new ConfigError(
          `--branch: '${branch}' is no name of a branch. Write e.g. performance-history.`,
        );
      await need(git('init', '--quiet', '--template='), to);
      return await work(git, folder);
    });
  } catch (error) {
    // A file of the branch is named by where it is, not by where the clone was.
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.message.replaceAll(`${folder}/`, `${shown(repository)}, ${branch}: `));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Puts the newest commit of the branch into the folder. Gives which it was; undefined: there is none, and the folder is empty. */
async function checkOut(git: Git, from: Branch): Promise<string | undefined> {
  const listed = await git('ls-remote', '--exit-code', '--', from.repository, refOf(from));
  if (listed.code === NO_SUCH_REF) {
    await need(git('symbolic-ref', 'HEAD', 'refs/heads/work'), from);
    await git('update-ref', '-d', 'refs/heads/work'); // of a push that was refused
    await need(git('read-tree', '--empty'), from);
    await need(git('clean', '--quiet', '-dffx'), from);
    return undefined;
  }
  if (listed.code !== 0) throw cannotRead(from, listed.why);
  await need(git('fetch', '--quiet', '--depth=1', '--no-tags', '--', from.repository, refOf(from)), from);
  await need(git('checkout', '--quiet', '--force', '-B', 'work', 'FETCH_HEAD'), from);
  return listed.out;
}

/** Of `ls-remote --exit-code`. */
const NO_SUCH_REF = 2;

function refOf({ branch }: Branch): string {
  return `refs/heads/${branch}`;
}

function placeIn(folder: string): HistoryPlace {
  return { store: folder, baselines: join(folder, 'baselines') };
}

async function need(asked: ReturnType<Git>, { repository, branch }: Branch): ReturnType<Git> {
  const answer = await asked;
  if (answer.code === 0) return answer;
  throw new ConfigError(
    `${shown(repository)}: git fails at the branch ${branch} (${shown(answer.why)}). Put right what it names, and repeat the command.`,
  );
}

function cannotRead({ repository }: Branch, why: string): ConfigError {
  return new ConfigError(
    `${shown(repository)}: git cannot read it (${shown(why)}). Check the address, and that this user may read it.`,
  );
}

function cannotPush({ repository, branch }: Branch, why: string): ConfigError {
  return new ConfigError(
    `${shown(repository)}: git cannot push to the branch ${branch} (${shown(why)}). Let this user write to it, or name another --branch.`,
  );
}

/** Of a push by `--porcelain`: a line for each ref with flag, names and reason, apart by tabs. */
function reasonOf({ out, why }: Awaited<ReturnType<Git>>): string {
  const [, , reason] =
    out
      .split('\n')
      .find((line) => line.startsWith('!'))
      ?.split('\t') ?? [];
  return reason ?? why;
}
