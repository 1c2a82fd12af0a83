/** What journeys counted on the target, e.g. schedules generated. */

import type { Collector } from './collector.ts';

/** Warm-up is left out; what came in the drain is counted, but is in no rate. */
export function collectCounters(): Collector {
  const counters = new Map<string, { n: number; times: number; drained: number }>();
  return {
    samples: {
      count({ name, value, warmup }, about) {
        if (warmup) return;
        const counter = counters.get(name) ?? { n: 0, times: 0, drained: 0 };
        counter.n += value;
        counter.times += 1;
        if (about.drained) counter.drained += value;
        counters.set(name, counter);
      },
    },
    into(summary, { measuredSeconds }) {
      summary.counters = [...counters]
        .map(([name, { n, times, drained }]) => ({ name, n, times, rate: (n - drained) / measuredSeconds }))
        .sort((a, b) => a.name.localeCompare(b.name));
    },
  };
}
