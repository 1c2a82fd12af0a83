/** `npx loadtest accounts create`: makes the accounts that a profile needs on a target. */

import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../../api/client/api-client.ts';
import { ApiFailure } from '../../api/client/failure.ts';
import { accountsNeeded, usersOf } from '../../artillery/profile/accounts-needed.ts';
import { planOfFile } from '../../artillery/profile/plan-of-file.ts';
import { type Environment, givenVariables, ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, INTERRUPTED, PASSED } from '../../config/exit-codes.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { optionPath } from '../../config/path.ts';
import { guarded } from '../../config/production-guard.ts';
import { type Account, loadAccounts } from '../../fixtures/accounts.ts';
import { Interruption, isInterruption } from '../../measure/steps/failure.ts';
import { checkTarget } from '../../measure/target/probe.ts';
import { clientUntilAborted } from '../../runner/client-until-aborted.ts';
import { signInPatiently } from '../../runner/preflight/sign-in-patiently.ts';
import { unrecordedClient } from '../../runner/preflight/unrecorded-client.ts';
import { interruptible } from '../../runner/signals.ts';
import { givenEnvironment, type TargetValues } from '../target-options.ts';
import { AccountsFile, isSeenByGit } from './accounts-file.ts';
import { durationOf, Pace, REGISTRATIONS } from './pace.ts';

import { stillToDo } from './still-to-do.ts';
import { numbersOf } from './template.ts';
import { make, NotMade, type Work, workFor } from './work.ts';

const HEADER = `# Accounts made by \`npx loadtest accounts create\`. It holds passwords: keep it out of git.\n`;
const WHO = 'loadtest accounts create';

interface Options extends TargetValues {
  profile: string;
  file?: string;
  dryRun: boolean;
}

/** Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function createAccounts(options: Options): Promise<number> {
  const environment = await allowed(options);
  const { baseUrl = '', apiUrl = '', insecureTls } = environment;
  const path = options.file === undefined ? environment.accountsFile : optionPath(options.file);
  if (!path) throw new ConfigError(`${WHO}: no accounts file is named; write --file accounts.yml`);
  const file = new AccountsFile(path, HEADER);
  const known = file.read();
  const admin = adminOf(known, environment);
  const plan = planOfFile(options.profile, environment);
  await checkTarget(baseUrl, apiUrl, undefined, insecureTls, environment.basicAuth);
  const api = unrecordedClient('accounts', 'admin', { apiUrl, insecureTls });
  try {
    await signIn(api, admin, path);
    const work = await workFor(api, known, accountsNeeded(plan));
    console.log(`${plan.profile} with ${usersOf(plan)} concurrent users needs ${numbersOf(plan)}`);
    if (work.length === 0) {
      console.log(`${shown(path)} has them all, and the target knows those made here: nothing to make`);
      return PASSED;
    }
    const users = work.filter(({ needsUser }) => needsUser).length;
    const isPaced = environment.rateLimits !== undefined;
    console.log(
      `${work.length} to make on ${baseUrl}, ${isPaced ? 'three a minute, ' : ''}${durationOf(users, isPaced)}`,
    );
    if (options.dryRun) {
      for (const { account } of work) console.log(`would make ${account.role} ${account.username}`);
      return PASSED;
    }
    return await makeAll(work, { api, file, environment });
  } finally {
    await api.signOut().catch(() => undefined); // what was to be done is done
    await api.close();
  }
}

async function makeAll(
  work: readonly Work[],
  { api, file, environment }: { api: ApiClient; file: AccountsFile; environment: Environment },
): Promise<number> {
  const mayMakePeople = environment.mayChange.includes('people');
  let made = 0;
  const again = () => `${made} of ${work.length} made; the same command goes on from there`;
  try {
    await interruptible(async (signal) => {
      const wait = waitUntilAborted(signal);
      const pace = environment.rateLimits ? new Pace(REGISTRATIONS, { wait }) : undefined;
      const client = clientUntilAborted(api, signal);
      for (const one of work) {
        await make(one, { api: client, file, pace, wait, mayMakePeople, tell: console.log });
        made += 1;
        const person = one.needsPerson && mayMakePeople ? ' and its person' : '';
        console.log(`made ${one.account.username}${person} (${made} of ${work.length})`);
      }
    });
  } catch (error) {
    if (isInterruption(error)) {
      console.log(`interrupted: ${again()}`);
      return INTERRUPTED;
    }
    if (!(error instanceof NotMade)) throw error;
    console.error(error.message);
    console.error(again());
    return FAILED;
  }
  console.log(`all are in ${shown(file.path)}`);
  for (const line of stillToDo(
    work.map(({ account }) => account),
    mayMakePeople,
  ))
    console.log(line);
  if (isSeenByGit(file.path))
    console.log(`${shown(file.path)} is not ignored by git: keep it out of commits`);
  console.log(
    `next: ACCOUNTS_FILE=${shown(file.path)} npx loadtest doctor --environment ${environment.environment}`,
  );
  return PASSED;
}

function waitUntilAborted(signal: AbortSignal): (ms: number) => Promise<void> {
  return (ms) =>
    delay(ms, undefined, { signal }).catch(() => {
      throw new Interruption();
    });
}

/** The environment, where accounts may be made. */
async function allowed({ file, ...target }: Options): Promise<Environment> {
  // The file that is named here is the one with the admin too, unless another is set.
  const isAdminsFile = file && !givenVariables().ACCOUNTS_FILE && existsSync(optionPath(file));
  const read = givenEnvironment(target, isAdminsFile ? { ACCOUNTS_FILE: optionPath(file) } : {});
  if (!read.baseUrl)
    throw new ConfigError(
      `${WHO}: the embedded scheduler has accounts of its own and forgets others when its run ends; name another --environment, or set BASE_URL`,
    );
  const production = `${WHO}: ${read.baseUrl} is production, where nothing is ever changed; have accounts made there and fill in \`npx loadtest accounts template\``;
  if (read.production) throw new ConfigError(production);
  const environment = await guarded(read);
  if (environment.production) throw new ConfigError(production);
  if (!environment.mayChange.includes('users'))
    throw new ConfigError(
      `${WHO}: users may not be made on ${environment.environment} (mayChange in config/environments.yml); permit \`users\` there, or fill in \`npx loadtest accounts template\``,
    );
  return environment;
}

function adminOf(known: readonly Account[], { accountsFile }: Environment): Account {
  const isAdmin = ({ role }: Account) => role === 'admin';
  const admin = known.find(isAdmin) ?? (accountsFile && loadAccounts(accountsFile).find(isAdmin));
  if (admin) return admin;
  throw new ConfigError(
    `${WHO}: needs an account of role admin to make others; add one to ${accountsFile ? shown(accountsFile) : 'ACCOUNTS_FILE'}`,
  );
}

async function signIn(api: ApiClient, admin: Account, path: string): Promise<void> {
  try {
    await signInPatiently(api, admin);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const mend =
      error.status === TOO_MANY_REQUESTS
        ? 'too many sign-ins from this address, or a locked account: wait a few minutes'
        : `mend its name or password in ${shown(path)}`;
    throw new ConfigError(
      `${WHO}: sign-in of admin ${admin.username} refused (answer ${error.status}); ${mend}`,
    );
  }
}

function shown(path: string): string {
  const short = relative(ROOT, path);
  return short.startsWith('..') ? path : short;
}
