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
  // A journey goes on after a failure that its user can live with: the pass is good, and not all of it was.
  const underway = new Set<string>();
  const note = (sample: { session?: string; journey?: string; warmup?: boolean }, isTrouble: boolean) => {
    if (isTrouble && !sample.warmup && sample.journey) underway.add(passKey(sample.session, sample.journey));
  };
  const wait = (
    { role, journey, via = 'browser', value }: { role?: Role; journey?: string; via?: Via; value: number },
    counts: boolean,
  ) => {
    if (role && journey && counts) addToApdex(rowOf(role, journey, via).waits, value, true);
  };

  return {
    samples: {
      journey({ name, session, role, via = 'browser', ok, interrupted, cutShort, warmup }) {
        const isTroubled = underway.delete(passKey(session, name));
        if (warmup || interrupted || !role) return;
        const row = rowOf(role, name, via);
        row.passes += 1;
        if (!ok) row.failed += 1;
        if (cutShort) row.cutShort += 1;
        if (ok && isTroubled) row.troubled = (row.troubled ?? 0) + 1;
      },
      step(sample, { isError, excused }) {
        wait(sample, sample.ok && !sample.warmup);
        note(sample, isError || excused);
      },
      request(sample, { isError, excused }) {
        wait(sample, sample.via === 'http' && !sample.warmup && isServed(sample));
        note(sample, isError || excused);
      },
    },
    events: { 'known-defect': (event) => note(event, true) },
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

function passKey(session: string | undefined, journey: string): string {
  return `${session ?? ''}\n${journey}`;
}
