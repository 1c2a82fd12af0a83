/** Levels of users, what was decided at the end of each, and what a run as a whole shows: in events and in the summary. */
import type { Unit } from './units.ts';

/** What a limit came to: of a level, or at the end of a run. */
export const LIMIT_OUTCOMES = ['passed', 'failed', 'inconclusive'] as const;
export type LimitOutcome = (typeof LIMIT_OUTCOMES)[number];

/** One limit at the end of one level. */
export interface LevelLimit {
  /** As in config/thresholds.yml, or the metric that its `*` found. */
  metric: string;
  limit: number;
  observed: number | null;
  unit: Unit;
  n: number;
  verdict: LimitOutcome;
  /** Of `n`: had not ended, so that `observed` is the least that it can be. Absent: none. */
  unended?: number;
}

/** Data of the event `level-ended`: the users stayed the same from … to. */
export interface LevelEnded {
  /** By scenario. */
  users: Record<string, number>;
  /** What was looked at, ms since the epoch: without the time in which users came and went. */
  from: number;
  to: number;
  /** Whether all limits passed; null: there are none, all are inconclusive, or one failed while the generator was saturated. */
  ok: boolean | null;
  limits: LevelLimit[];
  /** How the generator was saturated while a limit failed: the target is then not known to be the cause. */
  generator?: string[];
  /** The scenario whose users a search is after. */
  search?: string;
}

/** Data of the event `search-ended`. */
export interface SearchEnded {
  scenario: string;
  /** The most users that passed all limits, and the fewest that failed one; how often each was tried, and did so. */
  holds: { users: number; agreed: number; tried: number } | null;
  breaks: { users: number; agreed: number; tried: number } | null;
  confidence: 'high' | 'medium' | 'low';
  /** The most that were allowed to be tried. */
  most: number;
  /** Why it ended before it had its answer. */
  why?: string;
}

/** Data of the event `run-ended-early`. */
export interface RunEndedEarly {
  by: 'threshold' | 'breaking-point' | 'search' | 'generator';
  /** One line for people. */
  why: string;
}
