/** `npx loadtest accounts create`: makes the accounts that a profile needs on a target. */

import type { ApiClient } from '../../api/client/api-client.ts';
import { accountsNeeded, usersOf } from '../../artillery/profile/accounts-needed.ts';
import { planOfFile } from '../../artillery/profile/plan-of-file.ts';
import type { Environment } from '../../config/environment.ts';
import { FAILED, INTERRUPTED, PASSED } from '../../config/exit-codes.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import { checkTarget } from '../../measure/target/probe.ts';
import { noteSignIn } from '../../measure/target/unpaced-sign-ins.ts';
import { clientUntilAborted } from '../../runner/client-until-aborted.ts';
import { unrecordedClient } from '../../runner/preflight/unrecorded-client.ts';
import { interruptible } from '../../runner/signals.ts';
import type { TargetValues } from '../target-options.ts';
import { AccountsFile, isSeenByGit } from './accounts-file.ts';
import { durationOf, Pace, REGISTRATIONS } from './pace.ts';
import { stillToDo } from './still-to-do.ts';
import {
  accountsPath,
  adminOf,
  allowedTarget,
  type Maker,
  shown,
  signInAdmin,
  waitUntilAborted,
} from './target.ts';
import { numbersOf } from './template.ts';
import { make, NotMade, type Work, workFor } from './work.ts';

const HEADER = `# Accounts made by \`npx loadtest accounts create\`. It holds passwords: keep it out of git.\n`;
const WHO = 'loadtest accounts create';
const MAKER: Maker = {
  who: WHO,
  what: 'accounts',
  changes: ['users'],
  otherwise: 'have accounts made there and fill in `npx loadtest accounts template`',
};

interface Options extends TargetValues {
  profile: string;
  file?: string;
  dryRun: boolean;
}

/** Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function createAccounts(options: Options): Promise<number> {
  const environment = await allowedTarget(MAKER, options);
  const { baseUrl = '', apiUrl = '', insecureTls } = environment;
  const path = accountsPath(WHO, options.file, environment);
  const file = new AccountsFile(path, HEADER);
  const known = file.read();
  const admin = adminOf({ who: WHO, what: 'to make others' }, known, environment);
  const plan = planOfFile(options.profile, environment);
  await checkTarget(baseUrl, apiUrl, undefined, insecureTls, environment.basicAuth);
  const api = unrecordedClient('accounts', 'admin', { apiUrl, insecureTls });
  try {
    noteSignIn(apiUrl, environment.cacheDir);
    await signInAdmin(WHO, api, admin, path);
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
