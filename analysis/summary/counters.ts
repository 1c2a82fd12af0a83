/** What journeys counted on the target, e.g. schedules generated. */

import type { CountSample } from '../../measure/run/samples.ts';
import type { Summary } from './summary.ts';

/** Warm-up is left out; what came in the drain is counted, but is in no rate. */
export function collectCounters() {
  const counters = new Map<string, { n: number; times: number; drained: number }>();
  return {
    add({ name, value, warmup }: CountSample, isDrained: boolean): void {
      if (warmup) return;
      const counter = counters.get(name) ?? { n: 0, times: 0, drained: 0 };
      counter.n += value;
      counter.times += 1;
      if (isDrained) counter.drained += value;
      counters.set(name, counter);
    },

    /** @param seconds time outside of warm-up and drain */
    rows: (seconds: number): Summary['counters'] =>
      [...counters]
        .map(([name, { n, times, drained }]) => ({ name, n, times, rate: (n - drained) / seconds }))
        .sort((a, b) => a.name.localeCompare(b.name)),
  };
}
