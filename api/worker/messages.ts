/** What the main thread and the thread of HTTP sessions say to each other. */
import type { MayChange } from '../../config/changes.ts';
import type { CheckRateSetting } from '../../config/check-rate.ts';
import type { RateLimits } from '../../config/environments.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { LoopLook } from '../../measure/health/loop-delay.ts';
import type { SignInPace } from '../../measure/session/sign-in-pace.ts';
import type { HttpSessionPlan } from '../session.ts';
import type { LiveNotes } from './live-notes.ts';

export interface HttpWorkerData {
  runDir: string;
  /** API base with its path. */
  apiUrl: string;
  seed: number | string;
  runId: string;
  /** Multiplies think times; 0 = none. */
  thinkFactor: number;
  mayChange: MayChange;
  pace?: SignInPace;
  /** What the target allows in a minute. Absent: it has no limits. */
  limits?: RateLimits;
  /** Certificates are taken unchecked. */
  insecureTls?: boolean;
  /** Each session has connections of its own; default: all share. */
  ownConnections?: boolean;
  /** Address of a module whose default export is a list of further journeys; only the bench has such. */
  moreJourneys?: string;
  /** Failures of each distinct error that are kept with evidence. */
  keep?: number;
  /** Share of the answers that are compared with their schema; default `auto`. */
  checkRate?: CheckRateSetting;
  /** Requests and checks are reported as they end (api/worker/live-notes.ts). */
  live?: boolean;
}

/** Requests that have ended. Numbers in lists, for an object each would cost more to hand over than the request. */
export interface EndedRequests {
  count: number;
  /** Status (0: no answer) → how many. */
  codes: Record<string, number>;
  /** Operation → times, ms, in the order in which they ended. */
  times: Record<string, number[]>;
}

export type ToThread =
  | { type: 'session'; id: string; plan: HttpSessionPlan; account: Account }
  | { type: 'flush' }
  | { type: 'stop' };

export type FromThread =
  | { type: 'done'; id: string; ok: boolean; error?: string }
  /** Requests since the last such message, at most every 250 ms. */
  | { type: 'requests'; requests: EndedRequests }
  /** How this thread's event loop was delayed since the last such message. */
  | { type: 'loop'; look: LoopLook }
  | { type: 'flushed' }
  /** With `live`, as often as requests are reported. */
  | { type: 'live'; notes: LiveNotes }
  | { type: 'stopped' };
