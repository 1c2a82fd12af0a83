import type { TestData } from '../fixtures/data/generate.ts';
import type { Role } from '../measure/run/samples.ts';
import type { ApiClient } from './client/api-client.ts';

/** What a journey works with. It cannot tell which target it meets. */
export interface ApiJourneyTools {
  api: Pick<ApiClient, 'request'>;
  /** Records whether an answer says what it should. A failed check does not end the journey. */
  check(name: string, ok: boolean, error?: string): void;
  data: TestData;
  /** The user's pause before the next request. */
  think(): Promise<void>;
}

export interface ApiJourney {
  readonly name: string;
  /** Roles that do this. */
  readonly roles: readonly Role[];
  /** Share among the journeys of a role. */
  readonly weight: number;
  /** Changes data: never runs on a read-only environment. */
  readonly mutates: boolean;
  /** Throws when the journey cannot go on; leaves the target usable for the next one also then. */
  run(tools: ApiJourneyTools): Promise<void>;
}

export function defineApiJourney(
  journey: Omit<ApiJourney, 'roles'> & { role: Role | readonly Role[] },
): ApiJourney {
  const { role, ...rest } = journey;
  return { ...rest, roles: typeof role === 'string' ? [role] : role };
}
