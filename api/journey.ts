import type { MutationKind } from '../config/changes.ts';
import type { RateLimits } from '../config/environments.ts';
import type { TestData } from '../fixtures/data/generate.ts';
import type { AccountRole, CutShort } from '../measure/run/samples.ts';
import type { MadeChange, PlannedChange } from '../measure/session/changes.ts';
import type { ApiClient } from './client/api-client.ts';

/** What a journey works with. It cannot tell which target it meets. */
export interface HttpJourneyTools {
  api: Pick<ApiClient, 'request'>;
  /** Records whether an answer says what it should. A failed check does not end the journey. */
  check(name: string, ok: boolean, error?: string): void;
  /**
   * Counts what the user got done, or found, in the target's own terms, e.g. `count('schedules generated')`; in the
   * summary under that name, for a threshold `count.<name>.n`. 0 says that it was looked for and there was none.
   */
  count(name: string, howMany?: number): void;
  /** Counts whether what a known defect leaves behind was found, after an answer with its status. */
  effect(defect: string, found: boolean): void;
  /** The journey ends here, because the target has nothing to go on with: it is counted apart, with this reason. */
  cutShort(why: CutShort): void;
  data: TestData;
  /** Notes a change just before it is made; its `undo` runs at the end of the journey, however that ends. */
  change(planned: PlannedChange): MadeChange;
  /**
   * Takes all of these (days, weeks), unless another session of this run, in a browser or over HTTP, is changing one of them:
   * then none. They are kept until the journey has undone what it did.
   */
  claimAll(what: MutationKind, names: readonly string[]): boolean;
  /** The user's pause before the next request. */
  think(): Promise<void>;
  /** Waits for `ms`, whatever `THINK` is: what the target asked for, or a place in a timetable. */
  wait(ms: number): Promise<void>;
  /** The end of the phase, ms since the epoch: a journey that goes on by itself ends there. Absent: nothing is said. */
  until?: number;
  /** When the run cuts sessions off, ms since the epoch: a wait that lasts longer would be in vain. Absent: nothing is said. */
  ends?: number;
  /** What the target allows in a minute, as far as its environment tells; absent: it has no limits. */
  limits?: RateLimits;
  /** For a journey that is about signing in: the session has signed in before it, and signs out after it. */
  user: OwnSession;
}

/** The signed-in user's hold on its own session. Each throws what the target refuses. */
export interface OwnSession {
  /** By JSON, as programs do; the session itself signs in by the form of the page. */
  signIn(): Promise<void>;
  /** A new pair of tokens for the old one. */
  renew(): Promise<void>;
  signOut(): Promise<void>;
}

export interface HttpJourney {
  readonly name: string;
  /** Roles that do this. */
  readonly roles: readonly AccountRole[];
  /** Share among the journeys of a role. */
  readonly weight: number;
  /** What it changes: runs only where the environment allows all of that. Empty: it only reads. */
  readonly changes: readonly MutationKind[];
  /** Drawn only by a scenario that names it: made for one kind of load, it would change every other. */
  readonly onlyNamed?: true;
  /** Fills a whole session: nothing is drawn after it, whatever `JOURNEYS` is. */
  readonly once?: true;
  /** Has something to do only on a target that keeps rate limits. */
  readonly needs?: 'rate limits';
  /** Throws when the journey cannot go on; leaves the target usable for the next one also then. */
  run(tools: HttpJourneyTools): Promise<void>;
}

export function defineHttpJourney(
  journey: Omit<HttpJourney, 'roles'> & { role: AccountRole | readonly AccountRole[] },
): HttpJourney {
  const { role, ...rest } = journey;
  return { ...rest, roles: typeof role === 'string' ? [role] : role };
}
