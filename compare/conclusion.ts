/** What was concluded of a run, beside its figures: its history keeps it for pages of old runs. */
import { type GateResult, isUnproved } from '../analysis/summary/gate-result.ts';
import type { GoalResult } from '../analysis/summary/goal-result.ts';
import type { JourneyOfRole, Summary } from '../analysis/summary/summary.ts';

export interface Conclusion {
  /** One sentence. */
  headline: string;
  /** The gravest first. */
  reasons: string[];
  durationSeconds: number;
  /** At a time, at most. */
  users: number;
  /** As in a summary. */
  availability: Summary['counts']['availability'];
  goals: Array<Pick<GoalResult, 'metric' | 'outcome' | 'side' | 'goal' | 'observed' | 'unit' | 'n'>>;
  /** Absent: an older suite. */
  journeys?: JourneyOfRole[];
  /** Those that failed, then those that warn for lack of data. */
  gates: Array<Pick<GateResult, 'metric' | 'outcome' | 'verdict' | 'expected' | 'observed' | 'unit' | 'n'>>;
}

/** As many as a reader looks into; the report has all. */
const MOST = 50;

/** Of a summary of any suite: an older one has neither goals nor a headline. */
export function conclusionOf({
  headline,
  reasons,
  durationSeconds,
  counts,
  goals,
  journeysByRole,
  gates,
}: Summary): Conclusion {
  return {
    headline: headline?.text ?? reasons?.[0] ?? '',
    reasons: (reasons ?? []).slice(0, MOST),
    durationSeconds: Math.round(durationSeconds),
    users: counts.peakUsers,
    availability: counts.availability ?? { n: 0, down: 0, excused: 0 },
    goals: (goals ?? []).map(({ metric, outcome, side, goal, observed, unit, n }) => ({
      metric,
      outcome,
      side,
      goal,
      observed,
      unit,
      n,
    })),
    // Why passes failed is read in the run's own report.
    journeys: journeysByRole?.map(({ because: _because, ...one }) => one),
    gates: gates
      .filter((gate) => gate.outcome !== 'passed' && !isUnproved(gate))
      .sort((a, b) => a.outcome.localeCompare(b.outcome))
      .slice(0, MOST)
      .map(({ metric, outcome, verdict, expected, observed, unit, n }) => ({
        metric,
        outcome,
        verdict,
        expected,
        observed,
        unit,
        n,
      })),
  };
}
