/** Mistakes in a profile that Artillery would take, and that would turn up in mid-run: reported before it begins. */
import { z } from 'zod';
import { CHANGES, type MayChange } from '../../config/changes.ts';
import { parseDuration } from '../../config/duration.ts';
import type { Role } from '../../config/roles.ts';
import type { PlannedJourney } from '../../measure/run/plan.ts';
import { CONFIG_KEYS, only, PHASE_KEYS, SCENARIO_KEYS, SCRIPT_KEYS, SUITE_KEYS } from './known-keys.ts';
import type { Plan } from './plan.ts';
import { mistakeAt, type Place, ProfileMistake } from './profile-mistake.ts';
import { roleOf, type Scenario, type Script, viaOf } from './script.ts';

/** A number, or a text that is one: what Artillery fills in for a variable. */
const numeric = (what: string, test: (value: number) => boolean) =>
  z.unknown().refine((given) => given !== '' && given !== null && test(Number(given)), {
    error: `not ${what}; write e.g. 9`,
  });
const count = numeric('a whole number of 0 or more', (value) => Number.isInteger(value) && value >= 0);
const rate = numeric('a number of 0 or more', (value) => value >= 0);
const USERS = 'neither a number nor numbers by scenario; write 9, or { name of a scenario: 9 }';

const names = z.array(z.string({ error: 'not a name' }), {
  error: 'not a list of names; write [one, another]',
});

const suite = z
  .looseObject({
    profile: z
      .string({ error: 'not a name' })
      .regex(/^[A-Za-z0-9_-]{1,40}$/, {
        error: 'not a name; it is part of a folder’s: write up to 40 of letters, digits, - and _',
      })
      .optional(),
    // 0: not said.
    users: count.optional(),
    maxTime: z
      .unknown()
      .refine((given) => Number(given) > 0 || parseDuration(String(given)) !== null, {
        error: 'not a duration; write 90, 90s or 20m',
      })
      .optional(),
  })
  .superRefine(only(SUITE_KEYS));

const phase = z
  .looseObject({
    arrivalCount: count.optional(),
    arrivalRate: rate.optional(),
    arrivals: z.enum(['uniform', 'poisson'], { error: 'not known; write uniform or poisson' }).optional(),
    users: z.union([count, z.record(z.string(), count)], { error: USERS }).optional(),
    rampTo: z.union([rate, z.record(z.string(), count)], { error: USERS }).optional(),
    steered: z.boolean({ error: 'neither true nor false' }).optional(),
    spike: z.boolean({ error: 'neither true nor false' }).optional(),
    scenarios: names.optional(),
    warmup: z.boolean({ error: 'neither true nor false' }).optional(),
  })
  .superRefine(only(PHASE_KEYS));

const scenario = z
  .looseObject({
    engine: z.enum(['playwright', 'api'], { error: 'not known; write playwright (a browser) or api (HTTP)' }),
    // Artillery cuts fractions off, and the mix would be another.
    weight: numeric('a whole number above 0', (value) => Number.isInteger(value) && value > 0).optional(),
    journeys: names.min(1, { error: 'names none; name one, or leave it out' }).optional(),
    perSession: numeric('a whole number above 0', (value) => Number.isInteger(value) && value > 0).optional(),
  })
  .refine(({ engine, perSession }) => engine === 'api' || perSession === undefined, {
    path: ['perSession'],
    error: 'only over HTTP; take it out, and set JOURNEYS',
  })
  .superRefine(only(SCENARIO_KEYS));

const schema = z
  .looseObject({
    config: z
      .looseObject({
        plugins: z.looseObject({ suite: suite.nullish() }).optional(),
        phases: z.array(phase, { error: 'not a list' }).optional(),
      })
      .superRefine(only(CONFIG_KEYS)),
    scenarios: z.array(scenario, { error: 'not a list' }).optional(),
  })
  .superRefine(only(SCRIPT_KEYS));

/**
 * Looks at what the suite reads of a script, for its kind only.
 * @throws {ProfileMistake} one line: profile, place, what is wrong and how to fix it
 */
export function checkScript(script: Script, profile: string): void {
  const [issue] = schema.safeParse(script).error?.issues ?? [];
  if (!issue) return;
  const key = issue.code === 'custom' ? (issue.params?.key as string | undefined) : undefined;
  const words = [`profile ${profile}`, placeOf(issue.path, script), issue.message].filter(Boolean).join(': ');
  throw new ProfileMistake(words, key === undefined ? issue.path : [...issue.path, key]);
}

/** `scenario "residents"`, `phase "steady"`, or the path of keys. */
function placeOf(path: PropertyKey[], { config, scenarios }: Script): string {
  const [first, second, third, ...rest] = path;
  const named = (
    kind: string,
    index: PropertyKey | undefined,
    given: unknown[] | undefined,
    keys: PropertyKey[],
  ) => [`${kind} "${(given?.[Number(index)] as Scenario)?.name ?? Number(index) + 1}"`, ...keys].join(': ');
  if (first === 'scenarios' && second !== undefined)
    return named(
      'scenario',
      second,
      scenarios,
      [third, ...rest].filter((key) => key !== undefined),
    );
  if (second === 'phases' && third !== undefined) return named('phase', third, config.phases, rest);
  return path.join('.');
}

/**
 * What each scenario's sessions draw from on this target, in the order of the scenarios.
 * @throws {ConfigError} naming the scenario that has nothing to do there, and what it asks for
 */
export async function checkJourneys(
  script: Script,
  profile: string,
  mayChange: MayChange,
): Promise<PlannedJourney[][]> {
  const { journeysOf } = await import('../../flows/registry.ts');
  const { httpJourneysFor } = await import('../../api/journeys/registry.ts');
  return (script.scenarios ?? []).map((one, index) => {
    const where = scenarioAt(profile, one, index);
    const role = roleOf(one) as Role;
    const isBrowser = viaOf(one) === 'browser';
    if (!isBrowser && role === 'visitor')
      throw mistakeAt(where, ': visitors come in browsers only; write engine: playwright', 'engine');
    if (isBrowser && !script.config.processor)
      throw mistakeAt(where, ': config.processor is missing; write processor: ./processor.mts');
    const { journeys: only } = one;
    try {
      const left = isBrowser ? journeysOf(role, mayChange, only) : httpJourneysFor(role, { only, mayChange });
      if (left.length === 0) throw new Error('what they change may not be changed on this environment');
      return left.map(({ name, weight }) => ({ name, weight }));
    } catch (error) {
      throw mistakeAt(where, `: journeys: ${(error as Error).message}`, 'journeys');
    }
  });
}

/** Puts them into the plan: what is drawn is a part of it. @throws {ConfigError} as checkJourneys */
export async function planJourneys(script: Script, plan: Plan, mayChange: MayChange): Promise<void> {
  const drawn = await checkJourneys(script, plan.profile, mayChange);
  const asked = await checkJourneys(script, plan.profile, CHANGES);
  plan.mix = plan.mix.map((scenario, index) => {
    const journeys = drawn[index] ?? [];
    const names = asked[index]?.map(({ name }) => name) ?? [];
    const leftOut = names.filter((name) => !journeys.some((journey) => journey.name === name));
    return { ...scenario, journeys, leftOut: leftOut.length > 0 ? leftOut : undefined };
  });
}

/** For messages. */
export function scenarioAt(profile: string, { name }: Scenario, index: number): Place {
  return { words: `profile ${profile}: scenario "${name ?? index + 1}"`, path: ['scenarios', index] };
}
