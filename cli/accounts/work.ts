/** What must be made on a target so that a file of accounts suffices, and the making of it. */
import type { ApiAnswer, ApiClient } from '../../api/client/api-client.ts';
import * as auth from '../../api/operations/auth.ts';
import * as people from '../../api/operations/people.ts';
import type { AccountNumbers } from '../../artillery/profile/accounts-needed.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { describeAnswer } from '../../measure/errors/answer-text.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import type { AccountsFile } from './accounts-file.ts';
import { emailOf, isMadeByUs, newAccount, PREFIX, personOf } from './new-account.ts';
import { type Pace, untilTaken, type Waiting } from './pace.ts';

type Client = Pick<ApiClient, 'request'>;

export interface Work {
  account: Account;
  /** Not in the file yet. */
  isNew: boolean;
  /** The target has no such user yet. */
  needsUser: boolean;
  /** The role needs a person, and the target has none with the address. */
  needsPerson: boolean;
}

/** The target would not make one: what was made before is in the file. */
export class NotMade extends Error {}

/**
 * Compares the file with the target: accounts of ours that were begun and not finished come first, then new ones up to
 * the number needed.
 */
export async function workFor(
  api: Client,
  known: readonly Account[],
  needed: AccountNumbers,
  prefix = PREFIX,
): Promise<Work[]> {
  const users = (await api.request(auth.users)).data;
  const persons = (await api.request(people.list)).data.items;
  const usernames = new Set(users.map(({ username }) => username));
  const addresses = new Set(persons.map(({ email }) => email?.toLowerCase()));
  const taken = new Set(
    [...users.flatMap(({ username, email }) => [username, email]), ...addresses, ...known.map(nameOf)].filter(
      (one) => one !== undefined,
    ),
  );
  const workOn = (account: Account, isNew: boolean): Work => ({
    account,
    isNew,
    needsUser: !usernames.has(account.username),
    needsPerson: personOf(account) !== undefined && !addresses.has(emailOf(account)),
  });
  const begun = known.filter((one) => isMadeByUs(one, prefix)).map((account) => workOn(account, false));
  const missing = [...needed].flatMap(([role, count]) => {
    const there = known.filter((account) => account.role === role).length;
    return Array.from({ length: Math.max(0, count - there) }, () =>
      workOn(newAccount(role, taken, prefix), true),
    );
  });
  return [...begun.filter(({ needsUser, needsPerson }) => needsUser || needsPerson), ...missing];
}

export interface Making extends Waiting {
  api: Client;
  file: AccountsFile;
  pace: Pace | undefined;
  mayMakePeople: boolean;
}

/**
 * Makes one account. It is in the file before the target hears of it, so that its password is never lost; it is taken
 * out again when the target refuses it.
 * @throws {NotMade} in one line
 */
export async function make(work: Work, making: Making): Promise<void> {
  const { account, needsUser, needsPerson } = work;
  if (needsUser) await register(work, making);
  const person = personOf(account);
  if (!person || !needsPerson || !making.mayMakePeople) return;
  const { api } = making;
  const { ok, status, data } = await untilTaken(
    () => api.request(people.create, { body: person, mayFail: true }),
    making,
  );
  if (!ok) throw new NotMade(`no person for ${account.username}: ${reasonOf(status, data)}`);
}

async function register({ account, isNew }: Work, making: Making): Promise<void> {
  const { api, file, pace } = making;
  const body = { ...account, email: emailOf(account) };
  const answer = await untilTaken(async () => {
    await pace?.turn();
    const takeBack = isNew ? file.add(account) : () => undefined;
    const given = await api.request(auth.register, { body, mayFail: true }).catch((error: unknown) => {
      if (isInterruption(error)) takeBack(); // the target has not heard of it
      throw error;
    });
    pace?.taken();
    // Without an answer, or with a 5xx, it may have been made: the line stays, and the next try finds out.
    if (given.status >= 400 && given.status < 500) takeBack();
    return given;
  }, making);
  if (!answer.ok) throw new NotMade(`${account.username} was not made: ${why(answer)}`);
}

function why({ status, data }: Pick<ApiAnswer<unknown>, 'status' | 'data'>): string {
  if (status === 404 || status === 405)
    return `${reasonOf(status, data)}: this target lets nobody register; have accounts made there and fill in \`npx loadtest accounts template\``;
  if (status === 403) return `${reasonOf(status, data)}: the account that signs in must be an admin`;
  return reasonOf(status, data);
}

/** Why a request did not do what was asked for, in words. */
export function reasonOf(status: number, data: unknown): string {
  return status === 0 ? 'no answer' : `answer ${describeAnswer(status, data)}`;
}

function nameOf({ username }: Account): string {
  return username;
}
