import type { Change } from '../config/changes.ts';
import type { TestData } from '../fixtures/data/generate.ts';
import type { MadeChange, PlannedChange } from '../measure/changes.ts';
import type { AccountRole } from '../measure/run/samples.ts';
import type { ApiClient } from './client/api-client.ts';

/** What a journey works with. It cannot tell which target it meets. */
export interface ApiJourneyTools {
  api: Pick<ApiClient, 'request'>;
  /** Records whether an answer says what it should. A failed check does not end the journey. */
  check(name: string, ok: boolean, error?: string): void;
  /**
   * Counts what the user got done, or found, in the target's own terms, e.g. `count('schedules generated')`; in the
   * summary under that name, for a threshold `count.<name>.n`. 0 says that it was looked for and there was none.
   */
  count(name: string, howMany?: number): void;
  /** The journey ends here, because the target has nothing to go on with: it is counted apart, with this reason. */
  cutShort(why: string): void;
  data: TestData;
  /** Notes a change just before it is made; its `undo` runs at the end of the journey, however that ends. */
  change(planned: PlannedChange): MadeChange;
  /** The user's pause before the next request. */
  think(): Promise<void>;
}

export interface ApiJourney {
  readonly name: string;
  /** Roles that do this. */
  readonly roles: readonly AccountRole[];
  /** Share among the journeys of a role. */
  readonly weight: number;
  /** What it changes: runs only where the environment allows all of that. Empty: it only reads. */
  readonly changes: readonly Change[];
  /** Throws when the journey cannot go on; leaves the target usable for the next one also then. */
  run(tools: ApiJourneyTools): Promise<void>;
}

export function defineApiJourney(
  journey: Omit<ApiJourney, 'roles'> & { role: AccountRole | readonly AccountRole[] },
): ApiJourney {
  const { role, ...rest } = journey;
  return { ...rest, roles: typeof role === 'string' ? [role] : role };
}
