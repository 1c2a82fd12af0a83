/** When each phase of the plan really began, and how long it lasted. */
import type { RunJson } from '../../measure/run/run.ts';
import type { Collector } from './collector.ts';

/** Of several profiles phases lie beside each other: then none of them is a part of the run's time. */
export function collectPhases({ plan, profiles }: Pick<RunJson, 'plan' | 'profiles'>): Collector {
  return {
    into(summary, { start, end, drainFrom, phasesStarted }) {
      if (profiles.length > 1 || phasesStarted.length === 0) return;
      const begun = [...phasesStarted].sort((a, b) => a.t - b.t);
      const last = Math.min(drainFrom ?? end, end);
      summary.phases = begun.map(({ phase, t }, at) => ({
        name: phase,
        from: (t - start) / 1000,
        seconds: Math.max(0, ((begun[at + 1]?.t ?? last) - t) / 1000),
        ...(plan.phases.find(({ name }) => name === phase)?.warmup && { warmup: true as const }),
      }));
    },
  };
}
