/** How many accounts a profile needs: one rule for the check before a run and for `npx loadtest accounts`. */
import { plural } from '../../analysis/format.ts';
import { ConfigError } from '../../config/errors.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import { mostHeld } from './concurrent-plan.ts';
import type { Plan } from './plan.ts';

export type AccountNumbers = Map<AccountRole, number>;

/**
 * Who is present in an open load is spread by Poisson's law, whatever the length of a session (M/G/∞), and its variance
 * is its mean; arrivals here are spaced evenly, which spreads it less. Two deviations above the mean were never exceeded
 * in 100 simulated runs each of smoke and load, at 14 and at 30 users.
 */
const DEVIATIONS = 2;

/**
 * Accounts of each role that a profile needs at a time, in the phase with most of that role: one for each looping user, and
 * for those who arrive the most that are likely, never more than arrive. A profile that does not say its users needs one of
 * each: more is not known.
 */
export function accountsNeeded(plan: Plan, deviations = DEVIATIONS): AccountNumbers {
  const busiest = Math.max(...plan.phases.map((phase) => rateOf(phase)));
  const open = Math.max(0, plan.users - Math.max(...plan.phases.map((phase) => mostHeld(phase))));
  const needed = rolesOf(plan).map((role) => {
    const names = namesOf(plan, role);
    const arriving = arrivals(plan, names);
    const most = Math.max(...plan.phases.map((phase) => rateOf(phase, names)));
    const mean = busiest > 0 ? (open * most) / busiest : 0;
    const likely = Math.ceil(mean + deviations * Math.sqrt(mean) - ROUNDING);
    return [role, Math.max(1, heldAtATime(plan, names) + Math.min(arriving, likely))] as const;
  });
  return new Map(needed);
}

/**
 * Accounts of each role that a run can use at most: each session takes the one that has been free for longest, and nobody
 * knows how many sessions a looping user has.
 */
export function accountsUsed(plan: Plan): AccountNumbers {
  return new Map(
    rolesOf(plan).map((role) => {
      const names = namesOf(plan, role);
      const isHeld = plan.phases.some((phase) => mostHeld(phase, names) > 0);
      return [role, isHeld ? Number.POSITIVE_INFINITY : arrivals(plan, names)];
    }),
  );
}

function rolesOf({ mix }: Plan): AccountRole[] {
  return [...new Set(mix.map(({ role }) => role).filter((role) => role !== 'visitor'))];
}

/**
 * The most looping users of these scenarios at a time. Where the next phase holds others, those of the one before are still at
 * their last session when the new ones come.
 */
function heldAtATime({ phases }: Plan, names: readonly string[]): number {
  const most = phases.map((phase, index) => {
    const before = phases[index - 1];
    return names.reduce((sum, name) => {
      const left = before ? ((before.usersAtEnd ?? before.users)?.[name] ?? 0) : 0;
      return sum + Math.max(left, mostHeld(phase, [name]));
    }, 0);
  });
  return Math.max(0, ...most);
}

/** What a share times a whole number may be off by: 2.0000000000000004 users are 2. */
const ROUNDING = 1e-9;

/** One profile, or several that are run at once: no two sessions share an account, whosever they are. */
type Plans = Plan | readonly Plan[];

/**
 * Too few accounts would turn up as failed sessions in mid-run: better said before.
 * @throws {ConfigError} naming the file, each role that lacks some, how many it has and needs
 */
export function checkAccountNumbers(plans: Plans, accounts: readonly Account[], file: string): void {
  const short = lacking(accounts, neededByAll(plans));
  if (short.length === 0) return;
  const fewest = [plans].flat().map(withFewestUsers);
  const lower = lacking(accounts, neededByAll(fewest)).length === 0 ? ', or lower VUS' : '';
  throw new ConfigError(
    `Accounts file ${file}: too few for ${whatOf(plans)}: ${listed(short)}; add them (\`npx loadtest accounts --help\`)${lower}`,
  );
}

/** As with VUS=1: one of each kind comes in each phase. */
function withFewestUsers(plan: Plan): Plan {
  const one = (counts: Record<string, number>) =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.min(1, count)]));
  const phases = plan.phases.map((phase) => ({
    ...phase,
    arrivals: one(phase.arrivals),
    users: phase.users && one(phase.users),
    usersAtEnd: phase.usersAtEnd && one(phase.usersAtEnd),
  }));
  return { ...plan, users: Math.min(1, plan.users), phases };
}

/**
 * The embedded scheduler's accounts are as many as its people; nobody can add one to it before a run. Refused is only what
 * certainly lacks some.
 * @returns a line for the user where there may be too few
 * @throws {ConfigError} where there are fewer than users on average
 */
export function checkEmbeddedNumbers(
  plans: Plans,
  accounts: readonly Account[],
  size: string,
): string | undefined {
  const mend = size === 'large' ? 'lower VUS' : 'set DATA_SIZE=large, or lower VUS';
  const which = `the embedded scheduler with ${size} data has too few accounts for ${whatOf(plans)}`;
  const certain = lacking(accounts, neededByAll(plans, 0));
  if (certain.length > 0 && accounts.length === 0) {
    throw new ConfigError(
      'ACCOUNTS_FILE: missing, and who may sign in at a BASE_URL is not known; name a YAML file with its accounts',
    );
  }
  if (certain.length > 0) throw new ConfigError(`${which}: ${listed(certain)}; ${mend}`);
  const possible = lacking(accounts, neededByAll(plans));
  if (possible.length === 0) return undefined;
  return `${which} at busy moments, and sessions that find none free fail: ${listed(possible)}; ${mend}`;
}

function neededByAll(plans: Plans, deviations?: number): AccountNumbers {
  const needed = [plans].flat().flatMap((plan) => [...accountsNeeded(plan, deviations)]);
  const sums: AccountNumbers = new Map();
  for (const [role, count] of needed) sums.set(role, (sums.get(role) ?? 0) + count);
  return sums;
}

/** `load with 14 concurrent users`, `load + swaps with 34 concurrent users`. */
function whatOf(plans: Plans): string {
  const all = [plans].flat();
  const users = all.reduce((sum, plan) => sum + usersOf(plan), 0);
  return `${all.map(({ profile }) => profile).join(' + ')} with ${plural(users, 'concurrent user')}`;
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

/**
 * Users at a time: as the profile says, and those whom it holds whatever it says. One that does not say it cannot have more
 * than it starts.
 */
export function usersOf(plan: Plan): number {
  const held = Math.max(...plan.phases.map((phase) => mostHeld(phase)));
  return plan.users > 0 ? Math.max(plan.users, held) : held + arrivals(plan);
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
