import type { VitalName, VitalSample } from '../../measure/run/samples.ts';
import type { WorstView } from './summary.ts';

/** Those whose sample says what they are put down to. TBT's frames have a list of their own (long-frames.ts). */
const EXPLAINED: readonly VitalName[] = ['LCP', 'INP', 'CLS'];
const MAX_EACH = 3;
/** Below, a CLS reads 0.000. */
const MIN_VALUE = 0.001;

/** Of each vital the views with the highest values, one a page: the same page slow ten times is one thing to fix. */
export function worstViews(samples: readonly VitalSample[]): WorstView[] {
  return EXPLAINED.flatMap((vital) => {
    const worst = new Map<string, VitalSample>();
    for (const sample of samples) {
      if (sample.name !== vital || sample.value < MIN_VALUE) continue;
      const page = sample.page ?? 'unknown page';
      const before = worst.get(page);
      if (!before || sample.value > before.value) worst.set(page, sample);
    }
    return [...worst]
      .sort(([, first], [, second]) => second.value - first.value)
      .slice(0, MAX_EACH)
      .map(([page, { nav, cold = false, value, unit, rating, session, view, attribution = {} }]) => {
        return { vital, page, nav, cold, value, unit, rating, session, view, attribution };
      });
  });
}
