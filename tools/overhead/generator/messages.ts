/** What the bench and the generator that it watches tell each other. */
import type { Account } from '../../../fixtures/accounts.ts';
import type { Role } from '../../../measure/run/samples.ts';

/** `unmeasured`: nobody watches the page, nothing is written. `traced`: measured, with a Playwright trace of all of it. */
export type Watch = 'unmeasured' | 'measured' | 'traced';

export interface Setting {
  baseUrl: string;
  accounts: Account[];
  /** Samples go there. */
  runDir: string;
  browserPath: string;
  /** Its own health is watched all the time, as in a run. */
  isWatched: boolean;
  /** Switches that the browser starts with. */
  args: string[];
}

export interface Task {
  id: string;
  watch: Watch;
  role: Role;
  /** Names of journeys, done in this order. */
  journeys: readonly string[];
  /** Which of the role's accounts; sessions at the same time need different ones. */
  account: number;
  seed: string;
  /** Factor on think times. */
  think: number;
  /** In a browser that is started for this session alone. */
  ownBrowser?: boolean;
}

export type ToGenerator =
  | { type: 'open'; setting: Setting }
  | { type: 'session'; task: Task }
  | { type: 'close'; id: string }
  | { type: 'collect' };

/** What the generator knows of itself once its garbage is gone. */
export interface Inventory {
  contexts: number;
  pages: number;
}

export interface SessionEnd {
  ok: boolean;
  error?: string;
  seconds: number;
}

export type FromGenerator =
  | { type: 'opened' }
  | ({ type: 'ended'; id: string } & SessionEnd)
  | { type: 'closed'; id: string }
  | ({ type: 'collected' } & Inventory)
  | { type: 'failed'; error: string };
