/** How many accounts a profile needs: one rule for the check before a run and for `npx loadtest accounts`. */
import { ConfigError } from '../../config/errors.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { PlannedPhase } from '../../measure/run/run-json.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import type { Plan } from './plan.ts';

export type AccountNumbers = Map<AccountRole, number>;

/**
 * Who is present in an open load is spread by Poisson's law, whatever the length of a session (M/G/∞), and its variance
 * is its mean; arrivals here are spaced evenly, which spreads it less. Two deviations above the mean were never exceeded
 * in 100 simulated runs each of smoke and load, at 14 and at 30 users.
 */
const DEVIATIONS = 2;

/**
 * Accounts of each role that a profile needs: its users at a time in the phase with most of that role, the most that are
 * likely, and never more than arrive. A profile that does not say its users needs one of each: more is not known.
 */
export function accountsNeeded(plan: Plan, deviations = DEVIATIONS): AccountNumbers {
  const busiest = Math.max(...plan.phases.map((phase) => rateOf(phase)));
  const needed = [...accountsUsed(plan)].map(([role, arriving]) => {
    const most = Math.max(...plan.phases.map((phase) => rateOf(phase, namesOf(plan, role))));
    const mean = busiest > 0 ? (plan.users * most) / busiest : 0;
    const likely = Math.ceil(mean + deviations * Math.sqrt(mean) - ROUNDING);
    return [role, Math.max(1, Math.min(arriving, likely))] as const;
  });
  return new Map(needed);
}

/** Accounts of each role that a run can use at most: each session takes the one that has been free for longest. */
export function accountsUsed(plan: Plan): AccountNumbers {
  const roles = new Set(plan.mix.map(({ role }) => role).filter((role) => role !== 'visitor'));
  return new Map([...roles].map((role) => [role, arrivals(plan, namesOf(plan, role))]));
}

/** What a share times a whole number may be off by: 2.0000000000000004 users are 2. */
const ROUNDING = 1e-9;

/**
 * Too few accounts would turn up as failed sessions in mid-run: better said before.
 * @throws {ConfigError} naming the file, each role that lacks some, how many it has and needs
 */
export function checkAccountNumbers(plan: Plan, accounts: readonly Account[], file: string): void {
  const short = lacking(accounts, accountsNeeded(plan));
  if (short.length === 0) return;
  throw new ConfigError(
    `Accounts file ${file}: too few for ${plan.profile} with ${usersOf(plan)} users: ${listed(short)}; add them (\`npx loadtest accounts --help\`), or lower VUS`,
  );
}

/**
 * The embedded scheduler's accounts are as many as its people; nobody can add one to it before a run. Refused is only what
 * certainly lacks some.
 * @returns a line for the user where there may be too few
 * @throws {ConfigError} where there are fewer than users on average
 */
export function checkEmbeddedNumbers(
  plan: Plan,
  accounts: readonly Account[],
  size: string,
): string | undefined {
  const mend = size === 'large' ? 'lower VUS' : 'set DATA_SIZE=large, or lower VUS';
  const which = `the embedded scheduler with ${size} data has too few accounts for ${plan.profile} with ${usersOf(plan)} users`;
  const certain = lacking(accounts, accountsNeeded(plan, 0));
  if (certain.length > 0 && accounts.length === 0) {
    throw new ConfigError(
      'ACCOUNTS_FILE: missing, and who may sign in at a BASE_URL is not known; name a YAML file with its accounts',
    );
  }
  if (certain.length > 0) throw new ConfigError(`${which}: ${listed(certain)}; ${mend}`);
  const possible = lacking(accounts, accountsNeeded(plan));
  if (possible.length === 0) return undefined;
  return `${which} at busy moments, and sessions that find none free fail: ${listed(possible)}; ${mend}`;
}

interface Lack {
  role: AccountRole;
  has: number;
  needs: number;
}

function lacking(accounts: readonly Account[], needed: AccountNumbers): Lack[] {
  return [...needed]
    .map(([role, needs]) => ({ role, needs, has: accounts.filter((one) => one.role === role).length }))
    .filter(({ has, needs }) => has < needs);
}

function listed(short: readonly Lack[]): string {
  return short.map(({ role, has, needs }) => `${needs} of role ${role} needed, ${has} there`).join('; ');
}

/** A profile that does not say how many users it has at a time cannot have more than it starts. */
export function usersOf(plan: Plan): number {
  return plan.users || arrivals(plan);
}

function namesOf({ mix }: Plan, role: AccountRole): string[] {
  return mix.filter((scenario) => scenario.role === role).map(({ name }) => name);
}

/** Of all scenarios, or of those named. */
function arrivals({ phases }: Pick<Plan, 'phases'>, names?: readonly string[]): number {
  return phases
    .flatMap((phase) => Object.entries(phase.arrivals))
    .reduce((sum, [name, count]) => sum + (names === undefined || names.includes(name) ? count : 0), 0);
}

/** Arrivals a second. */
function rateOf(phase: PlannedPhase, names?: readonly string[]): number {
  return arrivals({ phases: [phase] }, names) / phase.duration;
}
