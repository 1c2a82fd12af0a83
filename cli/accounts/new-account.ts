/** Accounts that the suite makes on a target: names that tell what they are, and passwords that nobody chose. */
import { randomInt } from 'node:crypto';
import type { Account } from '../../fixtures/accounts.ts';
import type { AccountRole } from '../../measure/run/samples.ts';

/** Not `perf-…`: that marks what a run leaves behind, and `npx loadtest clean` removes it. */
export const PREFIX = 'loadtest';

/** Whether the name is one of `newAccount`'s. @param prefix lower-case letters, digits and hyphens */
export function isMadeByUs({ username }: Pick<Account, 'username'>, prefix = PREFIX): boolean {
  return new RegExp(`^${prefix}-(admin|coordinator|faculty|resident)-\\d+$`).test(username);
}

/** The address of a user and of the person that belongs to it. The domain is nobody's (RFC 2606 §3). */
export function emailOf({ username }: Pick<Account, 'username'>): string {
  return `${username}@example.com`;
}

/** A new account with the lowest number whose name and address are not taken. Notes the name as taken. */
export function newAccount(role: AccountRole, taken: Set<string>, prefix = PREFIX): Account {
  for (let number = 1; ; number += 1) {
    const username = `${prefix}-${role}-${String(number).padStart(2, '0')}`;
    if (taken.has(username) || taken.has(emailOf({ username }))) continue;
    taken.add(username);
    return { role, username, password: newPassword() };
  }
}

/** The person that a resident's or faculty member's account needs; undefined for the other roles. */
export function personOf(account: Account) {
  const { role, username } = account;
  if (role !== 'resident' && role !== 'faculty') return undefined;
  const number = Number(/\d+$/.exec(username)?.[0] ?? 1);
  // `loadtest-resident-01` is Loadtest Resident 01.
  const name = username.replace(/-/g, ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const person = { name, type: role, email: emailOf(account) };
  return role === 'resident' ? { ...person, pgy_level: ((number - 1) % 3) + 1 } : person;
}

/**
 * What the policy of registration counts (docs/contract/api.md §5.1), without letters that look like others.
 */
const KINDS = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!@#%^*'];
const LENGTH = 24;

/** One of each kind, the others of any, in random order: more than 128 bits. */
export function newPassword(): string {
  const pick = (from: string) => from.charAt(randomInt(from.length));
  const letters = KINDS.map(pick);
  while (letters.length < LENGTH) letters.push(pick(KINDS.join('')));
  for (let last = letters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [letters[last], letters[other]] = [letters[other] as string, letters[last] as string];
  }
  return letters.join('');
}
