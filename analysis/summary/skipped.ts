/** Journeys that were asked for and did not run: their environment does not allow what they change, or the run ended before. */
import type { RunJson } from '../../measure/run/run.ts';
import type { Collector } from './collector.ts';

export function collectSkipped({ plan, target }: Pick<RunJson, 'plan' | 'target'>): Collector {
  const skipped = new Map<string, string>();
  for (const { leftOut = [] } of plan.mix)
    for (const journey of leftOut)
      skipped.set(journey, `${target.environment} does not allow what they change`);
  return {
    events: {
      'journey-skipped': ({ data: { journey, why } }) => void skipped.set(journey, why),
    },
    into(summary) {
      if (skipped.size > 0) summary.skipped = [...skipped].map(([journey, why]) => ({ journey, why }));
    },
  };
}
