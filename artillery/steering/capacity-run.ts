/** A search for capacity as it is run: holds the users of each level, waits until they are there, looks, decides. */
import { plural } from '../../analysis/format.ts';
import type { SearchEnded } from '../../measure/run/findings.ts';
import { splitUsers } from '../profile/mix.ts';
import type { SearchOptions } from '../profile/plan.ts';
import { CapacitySearch } from './capacity-search.ts';
import { ALL_TOLD_MS, type JudgedLevel, type Span } from './level.ts';

/** What a search needs of the run. */
export interface Means {
  hold(users: Record<string, number>, level: string): void;
  /** Users who are there, who could not begin, and who are to leave but have not ended yet. */
  presence(): { held: number; missing: number; leaving: number };
  /** @throws when the run is being ended */
  wait(ms: number): Promise<void>;
  now(): number;
  judge(users: Record<string, number>, span: Span): JudgedLevel;
  /** Writes it down. */
  tell(level: string, ended: JudgedLevel & { search: string }): void;
}

const LOOK_EVERY_MS = 100;
/** Who has not come or gone by then never will: a session that leaves is finished first, whatever it is doing. */
const CHANGED_WITHIN_MS = 120_000;
/** A level with too few samples for any limit is kept for this number of holds, at most. */
export const MAX_HOLDS = 4;

/**
 * Searches until it has its answer, time is up, or it cannot go on.
 * @param deadline when it must have ended, ms since the epoch
 * @param first number of its first level in the run
 */
export async function searchCapacity(
  { scenario, of, from, most, hold, settle }: SearchOptions,
  means: Means,
  deadline: number,
  first = 1,
): Promise<{ ended: SearchEnded; levels: number }> {
  const search = new CapacitySearch({ from, most });
  let levels = 0;
  let why: string | undefined;
  /** How the generator was saturated, by users. */
  const troubles = new Map<number, string>();
  for (let users = search.next(); users !== undefined; users = search.next()) {
    if (means.now() + settle + hold + ALL_TOLD_MS > deadline) {
      why = 'time was up before the answer was sure';
      break;
    }
    const name = `level ${first + levels}: ${users} ${users === 1 ? 'user' : 'users'}`;
    levels += 1;
    const held = of ? splitUsers(of, users) : { [scenario]: users };
    means.hold(held, name);
    const level = await tried(held, { users, hold, settle }, means, deadline).catch(brokenOff);
    if (typeof level === 'string') {
      why = level;
      break;
    }
    means.tell(name, { ...level, search: scenario });
    if (level.generator) {
      search.tellBeyond(users);
      troubles.set(users, level.generator.join('; '));
      continue;
    }
    if (level.ok === null) {
      why = `${plural(users, 'user')} gave too few samples to judge any limit: hold levels for longer`;
      break;
    }
    search.tell({ users, ok: level.ok, load: level.load });
  }
  const { holds, breaks, confidence } = search.answer();
  const { beyond } = search;
  if (beyond !== undefined)
    why ??= `at ${plural(beyond, 'user')} the load generator was saturated: ${troubles.get(beyond)}`;
  return { ended: { scenario, holds, breaks, confidence, most, ...(why !== undefined && { why }) }, levels };
}

/** What the level showed, or what kept it from showing anything. */
async function tried(
  held: Record<string, number>,
  { users, hold, settle }: Pick<SearchOptions, 'hold' | 'settle'> & { users: number },
  means: Means,
  deadline: number,
): Promise<JudgedLevel | string> {
  const missing = await allThere(users, means, deadline);
  if (missing !== undefined) return missing;
  await means.wait(settle);
  return lookedAt(held, means, hold, deadline);
}

/** Waits end with the run; what was found until then is an answer too. */
function brokenOff(error: Error): string {
  if (error.name === 'AbortError') return 'the run was ended before the answer was sure';
  throw error;
}

/** Waits for users to come and go. Gives what kept them from it. */
async function allThere(users: number, means: Means, deadline: number): Promise<string | undefined> {
  const until = Math.min(deadline, means.now() + CHANGED_WITHIN_MS);
  for (;;) {
    const { held, missing, leaving } = means.presence();
    if (held === users && missing === 0 && leaving === 0) return undefined;
    if (means.now() >= until) {
      if (missing > 0) return `only ${users - missing} of ${plural(users, 'user')} could begin`;
      return leaving > 0
        ? `${plural(leaving, 'user')} of the level before did not come to their end in time`
        : `only ${held} of ${plural(users, 'user')} came`;
    }
    await means.wait(LOOK_EVERY_MS);
  }
}

async function lookedAt(
  users: Record<string, number>,
  means: Means,
  hold: number,
  deadline: number,
): Promise<JudgedLevel> {
  const from = means.now();
  for (let times = 1; ; times += 1) {
    await means.wait(hold);
    const to = means.now();
    await means.wait(ALL_TOLD_MS);
    const judged = means.judge(users, { from, to });
    const isLast = times >= MAX_HOLDS || means.now() + hold + ALL_TOLD_MS > deadline;
    if (judged.ok !== null || isLast) return judged;
  }
}
