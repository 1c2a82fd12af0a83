/** Levels of users, what was decided at the end of each, and what a run as a whole shows: in events and in the summary. */
import type { Unit } from './units.ts';

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

/** Data of the event `level-ended`: the users stayed the same from … to. */
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

/** Data of the event `search-ended`. */
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

/** Data of the event `run-ended-early`. */
export interface RunEndedEarly {
  by: 'threshold' | 'breaking-point' | 'search' | 'generator';
  /** One line for people. */
  why: string;
}
