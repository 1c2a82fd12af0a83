/** One level of users at its end: which limits were kept while they were there. */
import { generatorTrouble } from '../../analysis/judge/generator-trouble.ts';
import { reasonText } from '../../analysis/text/reason-text.ts';
import type { Threshold } from '../../config/thresholds.ts';
import type { LevelEnded, LevelLimit } from '../../measure/run/findings.ts';
import { limitsIn, limitUtilization } from './limit-watch.ts';
import type { LiveFigures } from './live-figures.ts';

/** The thread of HTTP sessions reports what ended every 250 ms: after this time all of it is known. */
export const ALL_TOLD_MS = 600;

/** Users who come at a level's begin sign in and begin their first pages: that is not yet the level. */
const COMING_AT_MOST_MS = 15_000;
const COMING_SHARE = 0.2;

/** How much of a phase is not looked at, ms. @param duration of the phase, ms */
export function comingTime(duration: number): number {
  return Math.min(COMING_AT_MOST_MS, COMING_SHARE * duration);
}

export interface Span {
  /** ms since the epoch */
  from: number;
  to: number;
}

export interface JudgedLevel extends LevelEnded {
  load?: number;
}

/**
 * Judges each limit by what ended in that time, and by the age of what had not. A failure under a saturated generator says
 * nothing about the target; a pass under one still counts, unless the generator could not send what was asked of it.
 */
export function judgeLevel(
  figures: LiveFigures,
  thresholds: readonly Threshold[],
  users: Record<string, number>,
  { from, to }: Span,
): JudgedLevel {
  const limits = thresholds.flatMap((threshold) => limitsIn(figures, threshold, from, to));
  const ok = allPassed(limits);
  const generator = figures.generator(from, to);
  const isUnclear = ok === false || generator.exhausted !== undefined;
  const trouble = isUnclear ? generatorTrouble(generator).map(reasonText) : [];
  const level = { users, from, to, limits, load: limitUtilization(limits, thresholds) };
  return trouble.length > 0 ? { ...level, ok: null, generator: trouble } : { ...level, ok };
}

function allPassed(limits: readonly LevelLimit[]): boolean | null {
  if (limits.some(({ verdict }) => verdict === 'failed')) return false;
  // What hangs is beyond its limit already: that it is too few to fail it is no reason to keep the level.
  if (
    limits.some(
      ({ verdict, unended, observed, limit }) => verdict !== 'passed' && unended && (observed ?? 0) > limit,
    )
  )
    return null;
  return limits.some(({ verdict }) => verdict === 'passed') ? true : null;
}
