/** What a measurement of a side does: a profile, some journeys of one, or benchmarks. */
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { some } from '../../analysis/format.ts';
import { ARTILLERY } from '../../artillery/parts/profile-handle.ts';
import { checkJourneys } from '../../artillery/profile/check-script.ts';
import { givenScale, planOfFile, readScript } from '../../artillery/profile/plan-of-file.ts';
import type { Script } from '../../artillery/profile/script.ts';
import { CHANGES } from '../../config/changes.ts';
import { ConfigError } from '../../config/errors.ts';
import { nearestNames } from '../../config/nearest-name.ts';
import { ROOT } from '../../config/root.ts';
import { checkNamesPlugin } from '../run/names-plugin.ts';
import { profileFiles } from '../run/profiles.ts';

export interface Work {
  /** What Node is to run. @param folder of the comparison, for files of its own */
  words(folder: string): readonly string[];
  /** Of one measurement, with what goes before and after it; about. */
  seconds: number;
}

/** `--profile` of what `npx loadtest bench` runs. */
const BENCH = 'bench';
/** Limit of one benchmark in a round: medians of milliseconds are known well enough long before. */
const BENCH_SECONDS = 2;
/**
 * Start, checks, sign-ins, last sessions and conclusion: a measurement of the profile `ab`, whose phases last 40 s, took 69 s on two
 * cores. All thirty benchmarks took 19 s, and 23 s with start and end.
 */
const BESIDE_S = 29;
const BESIDE_BENCH_S = 5;
const SECONDS_OF_BENCHMARK = 0.6;

/** @throws {ConfigError} one line: there is no such profile, or no journey or benchmark of that name in it */
export function workOf(profile: string, names: readonly string[] | undefined): Promise<Work> {
  return profile === BENCH ? benchmarksOf(names) : profileWork(profile, names);
}

async function profileWork(profile: string, names: readonly string[] | undefined): Promise<Work> {
  const [{ file, name } = { file: '', name: '' }] = profileFiles([profile]);
  checkNamesPlugin(file);
  const seconds = planOfFile(file, givenScale()).duration + BESIDE_S;
  if (names === undefined) return { seconds, words: () => [ARTILLERY, 'run', file] };
  const script = await withJourneys(readScript(file), name, names);
  const { processor } = script.config;
  if (typeof processor === 'string') script.config.processor = resolve(dirname(file), processor);
  return {
    seconds,
    words: (folder) => {
      const subset = join(folder, 'profile.yml');
      writeFileSync(subset, stringify(script));
      return [ARTILLERY, 'run', subset];
    },
  };
}

/** Scenarios that have none of them go. */
async function withJourneys(script: Script, profile: string, names: readonly string[]): Promise<Script> {
  const drawn = await checkJourneys(script, profile, CHANGES);
  const known = [...new Set(drawn.flatMap((journeys) => journeys.map(({ name }) => name)))];
  const asked = names.map((name) => knownName(name, known, `profile ${profile} has no such journey`));
  const scenarios = (script.scenarios ?? []).flatMap((scenario, at) => {
    const journeys = drawn[at]?.map(({ name }) => name).filter((name) => asked.includes(name)) ?? [];
    return journeys.length > 0 ? [{ ...scenario, journeys }] : [];
  });
  return { ...script, scenarios };
}

async function benchmarksOf(names: readonly string[] | undefined): Promise<Work> {
  const { benchmarks } = await import('../../api/benchmarks/registry.ts');
  const known = benchmarks.map(({ name }) => name);
  const asked = names?.map((name) => knownName(name, known, 'there is no such benchmark'));
  const only = asked?.flatMap((name) => ['--only', name]) ?? [];
  const words = [join(ROOT, 'cli/loadtest.ts'), 'bench', '--max-time', `${BENCH_SECONDS}s`, ...only];
  return { words: () => words, seconds: (asked ?? known).length * SECONDS_OF_BENCHMARK + BESIDE_BENCH_S };
}

/** Case does not matter. */
function knownName(name: string, known: readonly string[], problem: string): string {
  const found = known.find((one) => one.toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found;
  const near = nearestNames(name, known).map((one) => `"${one}"`);
  throw new ConfigError(
    `--journeys "${name}": ${problem}. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${some(known)}.`}`,
  );
}
