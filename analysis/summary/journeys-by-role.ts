/** How each journey went for each role: what users of a role can do, and how long they wait for it. */
import type { RunJson } from '../../measure/run/run.ts';
import type { Role, Via } from '../../measure/run/samples.ts';
import { type ApdexTally, addToApdex, apdexOf, newApdex } from '../statistics/apdex.ts';
import type { Collector } from './collector.ts';
import { isServed } from './request-counts.ts';
import type { JourneyOfRole } from './summary.ts';

interface Row extends Omit<JourneyOfRole, 'score'> {
  waits: ApdexTally;
}

/** Passes outside of warm-up. Waits: steps in browsers, answers over HTTP; what failed is no wait, it counts as a failure. */
export function collectJourneysByRole({ plan }: Pick<RunJson, 'plan'>): Collector {
  const rows = new Map<string, Row>();
  const rowOf = (role: Role, journey: string, via: Via): Row => {
    const key = [role, journey, via].join('\n');
    const row = rows.get(key) ?? { role, journey, via, passes: 0, failed: 0, cutShort: 0, waits: newApdex() };
    rows.set(key, row);
    return row;
  };
  const wait = (
    { role, journey, via = 'browser', value }: { role?: Role; journey?: string; via?: Via; value: number },
    counts: boolean,
  ) => {
    if (role && journey && counts) addToApdex(rowOf(role, journey, via).waits, value, true);
  };

  return {
    samples: {
      journey({ name, role, via = 'browser', ok, interrupted, cutShort, warmup }) {
        if (warmup || interrupted || !role) return;
        const row = rowOf(role, name, via);
        row.passes += 1;
        if (!ok) row.failed += 1;
        if (cutShort) row.cutShort += 1;
      },
      step: (sample) => wait(sample, sample.ok && !sample.warmup),
      request: (sample) => wait(sample, sample.via === 'http' && !sample.warmup && isServed(sample)),
    },
    into(summary) {
      for (const { role, via, journeys = [] } of plan.mix)
        for (const { name } of journeys) rowOf(role, name, via);
      const all = [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { waits, ...row }]) => ({ ...row, score: apdexOf(waits) }));
      if (all.length > 0) summary.journeysByRole = all;
    },
  };
}
