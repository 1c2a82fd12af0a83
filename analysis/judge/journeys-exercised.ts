/** Whether each journey that was due was exercised: figures of a run say nothing of one that did nothing. */
import { limitText } from '../format.ts';
import type { JudgedGate } from '../summary/gate-result.ts';
import type { Observations } from '../summary/observations.ts';
import type { Note, Reason } from '../summary/reason.ts';
import type { Summary } from '../summary/summary.ts';

type Row = Summary['journeys'][number];

const LACKING: ReadonlySet<Row['outcome']> = new Set(['missing', 'always-cut-short', 'never-ended']);
const isLacking = ({ outcome }: Row) => LACKING.has(outcome);

/** The gate "journeys exercised": built in, and there only where it fails. */
export function journeysExercised({ journeys }: Pick<Observations, 'journeys'>): JudgedGate[] {
  const due = journeys.filter((row) => row.outcome === 'exercised' || isLacking(row));
  const lacking = due.filter(isLacking);
  if (lacking.length === 0) return [];
  return [
    {
      metric: 'journeys.exercised',
      level: 'error',
      outcome: 'failed',
      reason: 'not-exercised',
      verdict: 'fail',
      limit: 1,
      side: 'at least',
      expected: limitText('at least', 1, '%'),
      observed: (due.length - lacking.length) / due.length,
      unit: '%',
      n: due.length,
      of: 'journey',
      lacking: lacking.map(({ name, outcome, begun, ended }) => ({
        journey: name,
        ...(outcome === 'always-cut-short' && { cutShort: ended }),
        ...(outcome === 'never-ended' && { interrupted: begun }),
      })),
      where: 'built in: a journey that is due must be exercised',
      builtIn: true,
    },
  ];
}

/** Of all passes, and of those of one journey: with more of them cut short, little is known of what they were there for. */
const MAX_CUT_SHORT = 0.25;
/** With more of its passes cut short, little is known of what they were there for. */
export const MAX_CUT_SHORT_OF_JOURNEY = 0.5;
/** Of fewer, one is a large share. */
const MIN_PASSES = 4;

/** What the gate does not fail for. */
export function oftenCutShort({ journeys }: Pick<Observations, 'journeys'>): Reason[] {
  const rest = journeys.filter((row) => !isLacking(row) && !row.byChance);
  const of = sumOf(rest.map(({ ended }) => ended));
  const n = sumOf(rest.map(({ cutShort }) => cutShort));
  const often = rest.filter(
    ({ ended, cutShort }) => ended >= MIN_PASSES && cutShort > MAX_CUT_SHORT_OF_JOURNEY * ended,
  );
  if (often.length === 0 && (of < MIN_PASSES || n <= MAX_CUT_SHORT * of)) return [];
  const named = often.length > 0 ? often : rest.filter(({ cutShort }) => cutShort > 0);
  return [
    {
      verdict: 'warn',
      code: 'journeys-cut-short',
      n,
      of,
      journeys: named.map(shareOf),
    },
  ];
}

/** A short run may well leave nothing to those who live on what others leave: no fault of the run, nor of the target. */
export function foundNothing({ journeys }: Pick<Observations, 'journeys'>): Note[] {
  const short = journeys.filter((row) => row.byChance && row.cutShort > 0);
  return short.length === 0 ? [] : [{ code: 'journeys-found-nothing', journeys: short.map(shareOf) }];
}

function shareOf({ name, cutShort, ended }: Row) {
  return { name, n: cutShort, of: ended };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
