/** Who signs in with which account, where several processes run sessions at once: no two share one. */
import type { Account } from '../../fixtures/accounts.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import { type AccountNumbers, accountsNeeded, accountsUsed } from '../profile/accounts-needed.ts';
import { splitArrivals } from '../profile/mix.ts';
import type { Plan } from '../profile/plan.ts';

export interface Dealt {
  /** For each plan, in order. */
  accounts: Account[][];
  /** Of each role: this many are dealt, from the first. */
  used: AccountNumbers;
}

/**
 * Each plan's share of each role is in proportion to what it needs, and never more than it can use. Where there are as many
 * as all need together, each has what it needs.
 */
export function dealAccounts(plans: readonly Plan[], accounts: readonly Account[]): Dealt {
  const needed = plans.map((plan) => accountsNeeded(plan));
  const usable = plans.map((plan) => accountsUsed(plan));
  const roles = new Set(needed.flatMap((numbers) => [...numbers.keys()]));
  const dealt: Account[][] = plans.map(() => []);
  const used: Map<AccountRole, number> = new Map();
  for (const role of roles) {
    const ofRole = accounts.filter((account) => account.role === role);
    const takers = plans.flatMap((_, index) => (needed[index]?.has(role) ? [index] : []));
    const shares = splitArrivals(
      takers.map((index) => ({ name: String(index), weight: needed[index]?.get(role) ?? 0 })),
      ofRole.length,
    );
    let from = 0;
    for (const [at, index] of takers.entries()) {
      const count = Math.min(shares[at] as number, usable[index]?.get(role) ?? 0);
      dealt[index]?.push(...ofRole.slice(from, from + count));
      from += count;
    }
    used.set(role, from);
  }
  return { accounts: dealt, used };
}
