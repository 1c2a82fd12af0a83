/** What a profile says of its search for capacity: `plugins.suite.capacity`, and its phase marked `steered`. */
import { z } from 'zod';
import { parseDuration } from '../../config/duration.ts';
import { ConfigError } from '../../config/errors.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { CapacityPlan } from './plan.ts';

const seconds = z
  .union([z.number(), z.string()])
  .transform((given) => (typeof given === 'number' ? given : (parseDuration(given) ?? Number.NaN)))
  .refine((given) => given >= 0, { error: 'not a duration; write 30, 30s or 5m' });
const count = z.number({ error: 'not a whole number above 0' }).int().min(1);

const schema = z.strictObject({
  /** Whose users are looked for, one after the other: a scenario, or a mix of several by their weights. */
  scenarios: z
    .array(
      z.union([z.string(), z.strictObject({ name: z.string().min(1), of: z.array(z.string()).min(1) })], {
        error: 'not a scenario; write its name, or { name: users over HTTP, of: [scenarios] } for a mix',
      }),
    )
    .min(1),
  /** Users of the first level, default 2; more than `most` are never tried. One number, or one a search. */
  from: count.default(2),
  most: z.union([count, z.record(z.string(), count)]),
  hold: seconds.default(30),
  settle: seconds.default(5),
});

/** Levels that are shorter say nothing, however short the run is asked to be; ms. */
const MIN_HOLD_MS = 2000;
const MIN_SETTLE_MS = 500;

export interface CapacityScale {
  /** How much longer the profile is than it is written (DURATION), and how many more users it has (VUS). */
  time: number;
  users: number;
}

/**
 * Reads the search of a profile; undefined: it has none.
 * @throws {ConfigError} one line: profile, key, what is wrong and how to fix it
 */
export function capacityPlanOf(
  given: unknown,
  phases: readonly PlannedPhase[],
  scenarios: ReadonlyArray<{ name?: string; weight?: number }>,
  profile: string,
  scale: CapacityScale,
): CapacityPlan | undefined {
  const where = `profile ${profile}: config.plugins.suite.capacity`;
  const steered = phases.filter((phase) => phase.steered);
  if (given === undefined) {
    if (steered.length === 0) return undefined;
    throw new ConfigError(
      `${where}: missing, and phase "${steered[0]?.name}" is steered by it; write { scenarios: [name], most: 200 }`,
    );
  }
  if (steered.length !== 1)
    throw new ConfigError(
      `${where}: it needs one phase that it steers, and ${steered.length} are; mark one with steered: true`,
    );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.length ? `.${issue.path.join('.')}` : '';
    throw new ConfigError(`${where}${at}: ${issue?.message}; known are scenarios, from, most, hold, settle`);
  }
  const { from, most, hold, settle } = parsed.data;
  const weightOf = (name: string): number => {
    const scenario = scenarios.find((one) => one.name === name);
    if (scenario) return Number(scenario.weight ?? 1);
    const near = didYouMean(
      name,
      scenarios.map((one) => one.name as string),
    );
    throw new ConfigError(`${where}.scenarios: there is no scenario "${name}"${near}`);
  };
  const searches = parsed.data.scenarios.map((given) => {
    const scenario = typeof given === 'string' ? given : given.name;
    const names = typeof given === 'string' ? [given] : given.of;
    const weights = Object.fromEntries(names.map((name) => [name, weightOf(name)]));
    const mostOf = typeof most === 'number' ? most : most[scenario];
    if (mostOf === undefined)
      throw new ConfigError(`${where}.most: it says nothing of "${scenario}"; add it`);
    const scaled = (users: number) => Math.max(1, Math.round(users * scale.users));
    return {
      scenario,
      ...(typeof given !== 'string' && { of: weights }),
      from: Math.min(from, scaled(mostOf)),
      most: scaled(mostOf),
      hold: Math.max(MIN_HOLD_MS, hold * 1000 * Math.min(1, scale.time)),
      settle: Math.max(MIN_SETTLE_MS, settle * 1000 * Math.min(1, scale.time)),
    };
  });
  return { searches };
}
