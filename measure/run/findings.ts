/** Levels of users, what was decided at the end of each, and what a run as a whole shows: in events and in the summary. */
import type { Unit } from './run-json.ts';

/** One limit at the end of one level. */
export interface LevelLimit {
  /** As in config/thresholds.yml, or the metric that its `*` found. */
  metric: string;
  limit: number;
  observed: number | null;
  unit: Unit;
  n: number;
  verdict: 'held' | 'broken' | 'too few';
}

/** Data of the event `level ended`: the users stayed the same from … to. */
export interface LevelEnded {
  /** By scenario. */
  users: Record<string, number>;
  /** What was looked at, ms since the epoch: without the time in which users came and went. */
  from: number;
  to: number;
  /** null: no limit was to be kept, none had enough samples, or one broke while the generator was at its own end. */
  ok: boolean | null;
  limits: LevelLimit[];
  /** How the generator was at its end, where a limit broke meanwhile: it is not known to be the target that broke it. */
  generator?: string[];
  /** The scenario whose users a search is after. */
  search?: string;
}

/** Data of the event `search ended`. */
export interface SearchEnded {
  scenario: string;
  /** The most users that kept all limits, and the fewest that broke one; how often each was tried, and did so. */
  holds: { users: number; agreed: number; tried: number } | null;
  breaks: { users: number; agreed: number; tried: number } | null;
  confidence: 'high' | 'medium' | 'low';
  /** The most that were allowed to be tried. */
  most: number;
  /** Why it ended before it had its answer. */
  why?: string;
}

/** Data of the event `run ended early`. */
export interface RunEndedEarly {
  by: 'threshold' | 'breaking point' | 'search' | 'generator';
  /** One line for people. */
  why: string;
}

/** A level in the summary: what was decided while the run went on, and figures from its raw samples. */
export interface Level {
  name: string;
  users: number;
  byScenario: Record<string, number>;
  search?: string;
  /** From the run's start, s. */
  from: number;
  seconds: number;
  /** Requests that ended; those of them that failed; all that ended a second. */
  requests: number;
  errors: number;
  rate: number;
  /** Successes behind the percentiles, ms. */
  n: number;
  p50: number | null;
  p95: number | null;
  ok: boolean | null;
  limits: LevelLimit[];
  /** As in LevelEnded. */
  generator?: string[];
}

export interface Finding {
  /** null: it could not be found; `missing` says why. */
  value: number | null;
  unit: Unit;
  n: number;
  ci?: [number | null, number | null];
  missing?: string;
  /** That it is missing is bad, and not just unknown. */
  isBad?: true;
}
