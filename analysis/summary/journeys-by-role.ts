/** How each journey went for each role: what users of a role can do, and how long they wait for it. */
import type { RunJson } from '../../measure/run/run.ts';
import type { Role, Via } from '../../measure/run/samples.ts';
import { type ApdexTally, addToApdex, apdexOf, newApdex } from '../statistics/apdex.ts';
import type { Collector } from './collector.ts';
import { causesOf, newPassTroubles, type Trouble } from './pass-troubles.ts';
import { isServed } from './request-counts.ts';
import type { JourneyOfRole } from './summary.ts';

type Because = NonNullable<JourneyOfRole['because']>[number];

interface Row extends Omit<JourneyOfRole, 'score' | 'because'> {
  waits: ApdexTally;
  because: Map<string, Because>;
}

/** More things than these explain no row. */
const MOST_CAUSES = 5;

/** Passes outside of warm-up. Waits: steps in browsers, answers over HTTP; what failed is no wait, it counts as a failure. */
export function collectJourneysByRole({ plan }: Pick<RunJson, 'plan'>): Collector {
  const rows = new Map<string, Row>();
  const rowOf = (role: Role, journey: string, via: Via): Row => {
    const key = [role, journey, via].join('\n');
    const none = { passes: 0, failed: 0, cutShort: 0, waits: newApdex(), because: new Map() };
    const row = rows.get(key) ?? { role, journey, via, ...none };
    rows.set(key, row);
    return row;
  };
  // A journey goes on after a failure that its user can live with: the pass is good, and not all of it was.
  const troubles = newPassTroubles();
  const wait = (
    { role, journey, via = 'browser', value }: { role?: Role; journey?: string; via?: Via; value: number },
    counts: boolean,
  ) => {
    if (role && journey && counts) addToApdex(rowOf(role, journey, via).waits, value, true);
  };

  return {
    samples: {
      journey({ name, session, role, via = 'browser', ok, interrupted, cutShort, warmup }) {
        const met = troubles.end({ session, journey: name });
        if (warmup || interrupted || !role) return;
        const row = rowOf(role, name, via);
        row.passes += 1;
        if (!ok) row.failed += 1;
        if (cutShort) row.cutShort += 1;
        const isTroubled = ok && met.some(isOfCallOrStep);
        if (isTroubled) row.troubled = (row.troubled ?? 0) + 1;
        if (ok && !isTroubled) return;
        for (const cause of causesOf(met)) addCause(row.because, cause);
      },
      step(sample, about) {
        wait(sample, sample.ok && !sample.warmup);
        troubles.failed(sample, about);
      },
      request(sample, about) {
        wait(sample, sample.via === 'http' && !sample.warmup && isServed(sample));
        troubles.failed(sample, about);
      },
      check: troubles.failed,
      error: troubles.failed,
    },
    events: { 'known-defect': troubles.defect },
    into(summary) {
      for (const { role, via, journeys = [] } of plan.mix)
        for (const { name } of journeys) rowOf(role, name, via);
      const all = [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { waits, because, ...row }]) => ({ ...row, score: apdexOf(waits), ...causes(because) }));
      if (all.length > 0) summary.journeysByRole = all;
    },
  };
}

/** A check or a page's error is no call or step that failed. */
function isOfCallOrStep({ kind }: Trouble): boolean {
  return kind === 'request' || kind === 'step' || kind === 'defect';
}

function addCause(because: Row['because'], { kind, name, defect, isError }: Trouble): void {
  // An excused failure and another one of the same thing are two causes.
  const key = [kind, name, isError ? '' : defect].join('\n');
  const known = because.get(key) ?? { kind, name, passes: 0, ...(!isError && { defect }) };
  known.passes += 1;
  because.set(key, known);
}

/** What nothing excuses first, then the most frequent. */
function causes(because: Row['because']): Pick<JourneyOfRole, 'because'> {
  const all = [...because.values()].sort(
    (a, b) =>
      Number(a.defect !== undefined) - Number(b.defect !== undefined) ||
      b.passes - a.passes ||
      a.name.localeCompare(b.name),
  );
  return all.length === 0 ? {} : { because: all.slice(0, MOST_CAUSES) };
}
