/** The target on which a command makes something lasting: whether it may, and who signs in there. */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../../api/client/api-client.ts';
import { ApiFailure } from '../../api/client/failure.ts';
import type { MutationKind } from '../../config/changes.ts';
import { type Environment, givenVariables, ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { optionPath } from '../../config/path.ts';
import { guarded } from '../../config/production-guard.ts';
import { type Account, loadAccounts } from '../../fixtures/accounts.ts';
import { Interruption } from '../../measure/steps/failure.ts';
import { signInPatiently } from '../../runner/preflight/sign-in-patiently.ts';
import { givenEnvironment, type TargetValues } from '../target-options.ts';

export interface Maker {
  /** The command, which its messages begin with. */
  who: string;
  /** What it makes. */
  what: string;
  /** What the environment must permit. */
  changes: readonly MutationKind[];
  /** What else the user can do, as the end of a sentence. */
  otherwise: string;
}

/**
 * The environment, where all of that may be made: never the embedded scheduler, never production.
 * @throws {ConfigError} where it may not
 */
export async function allowedTarget(
  { who, what, changes, otherwise }: Maker,
  { file, ...target }: TargetValues & { file?: string },
): Promise<Environment> {
  // The file that is named here is the one with the admin too, unless another is set.
  const isAdminsFile = file && !givenVariables().ACCOUNTS_FILE && existsSync(optionPath(file));
  const read = givenEnvironment(target, isAdminsFile ? { ACCOUNTS_FILE: optionPath(file) } : {});
  if (!read.baseUrl)
    throw new ConfigError(
      `${who}: the embedded scheduler has ${what} of its own and forgets others when its run ends; name another --environment, or set BASE_URL`,
    );
  const production = `${who}: ${read.baseUrl} is production, where nothing is ever changed; ${otherwise}`;
  if (read.production) throw new ConfigError(production);
  const environment = await guarded(read);
  if (environment.production) throw new ConfigError(production);
  const missing = changes.filter((change) => !environment.mayChange.includes(change));
  if (missing.length > 0)
    throw new ConfigError(
      `${who}: ${missing.join(', ')} may not be made on ${environment.environment} (mayChange in config/environments.yml); permit ${missing.map((one) => `\`${one}\``).join(', ')} there, or ${otherwise}`,
    );
  return environment;
}

/**
 * The file that accounts go to.
 * @throws {ConfigError} where none is named
 */
export function accountsPath(
  who: string,
  file: string | undefined,
  { accountsFile }: Pick<Environment, 'accountsFile'>,
): string {
  const path = file === undefined ? accountsFile : optionPath(file);
  if (path) return path;
  throw new ConfigError(`${who}: no accounts file is named; write --file accounts.yml`);
}

/**
 * The first admin of the file, or of the environment's.
 * @param isFit which of them will do
 * @throws {ConfigError} where there is none
 */
export function adminOf(
  { who, what }: Pick<Maker, 'who' | 'what'>,
  known: readonly Account[],
  { accountsFile }: Pick<Environment, 'accountsFile'>,
  isFit: (account: Account) => boolean = () => true,
): Account {
  const isAdmin = (account: Account) => account.role === 'admin' && isFit(account);
  const admin = known.find(isAdmin) ?? (accountsFile && loadAccounts(accountsFile).find(isAdmin));
  if (admin) return admin;
  throw new ConfigError(
    `${who}: needs an account of role admin ${what}; add one to ${accountsFile ? shown(accountsFile) : 'ACCOUNTS_FILE'}`,
  );
}

/** @param path of the accounts file, for messages @throws {ConfigError} when the target refuses */
export async function signInAdmin(who: string, api: ApiClient, admin: Account, path: string): Promise<void> {
  try {
    await signInPatiently(api, admin);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const fix =
      error.status === TOO_MANY_REQUESTS
        ? 'too many sign-ins from this address, or a locked account: wait a few minutes'
        : `correct its name or password in ${shown(path)}`;
    throw new ConfigError(
      `${who}: sign-in of admin ${admin.username} refused (answer ${error.status}); ${fix}`,
    );
  }
}

/** Pauses that the signal ends with an `Interruption`. */
export function waitUntilAborted(signal: AbortSignal): (ms: number) => Promise<void> {
  return (ms) =>
    delay(ms, undefined, { signal }).catch(() => {
      throw new Interruption();
    });
}

/** A path as the user knows it. */
export function shown(path: string): string {
  const short = relative(ROOT, path);
  return short.startsWith('..') ? path : short;
}
