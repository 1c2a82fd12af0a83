/** A store as `--store` names it: a directory, or a branch of a git repository. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { baselinesFolder } from '../../compare/baseline-file.ts';
import { checkStore, historyFolder } from '../../compare/history.ts';
import type { HistoryPlace } from '../../compare/merge-histories.ts';
import { ConfigError } from '../../config/errors.ts';
import { INTERRUPTED } from '../../config/exit-codes.ts';
import { Interrupted } from './git.ts';
import { changeBranch, readBranch, shown } from './git-store.ts';

export interface StoreOptions {
  store?: string;
  branch?: string;
}

const BRANCH = 'performance-history';

export interface Store {
  /** As messages name it. */
  called: string;
  /** Does work with what is in it. */
  read<T>(work: (place: HistoryPlace) => Promise<T>): Promise<T>;
  /** The same, and keeps what the work changes. */
  change<T>(subject: (of: T) => string, work: (place: HistoryPlace) => Promise<T>): Promise<T>;
}

/** The history and the baselines of this machine. */
export function placeHere(reportsDir: string): HistoryPlace {
  return { store: historyFolder(reportsDir), baselines: baselinesFolder(reportsDir) };
}

/** @throws {ConfigError} one line: there is no such store, or it is a file */
export function storeOf({ store: given, branch }: StoreOptions): Store {
  if (!given)
    throw new ConfigError('--store: missing. Name a directory, or the URL or path of a git repository.');
  if (isRepository(given)) {
    const to = { repository: isUrl(given) ? given : resolve(given), branch: branch ?? BRANCH };
    return {
      called: `${shown(given)}, branch ${to.branch}`,
      read: (work) => readBranch(to, work),
      change: async (subject, work) => (await changeBranch(to, subject, work)).result,
    };
  }
  if (branch !== undefined)
    throw new ConfigError(
      `${given}: no git repository, so it has no branch. Leave --branch out, or name another store.`,
    );
  checkStore(given);
  const place = { store: given, baselines: join(given, 'baselines') };
  return {
    called: given,
    read: async (work) => {
      if (!existsSync(given))
        throw new ConfigError(`${given}: no such folder. Push a history to it first, or name another store.`);
      return work(place);
    },
    change: (_, work) => work(place),
  };
}

/** Does work with a store. Gives the exit code of an interruption where a signal came. */
export async function untilInterrupted(what: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    console.error(`${what}: interrupted. Repeat it: what is there already stays.`);
    return INTERRUPTED;
  }
}

function isRepository(given: string): boolean {
  if (!existsSync(given)) return isUrl(given) || /\.git\/?$/.test(given);
  if (!statSync(given).isDirectory()) return false;
  const has = (name: string) => existsSync(join(given, name));
  return has('.git') || ['HEAD', 'objects', 'refs'].every(has);
}

/** As git tells them from paths: a scheme, or a colon before the first slash (`git@host:path`). */
function isUrl(given: string): boolean {
  return !existsSync(given) && /^[^/]+:/.test(given);
}
