/** How many answers took how long, when: the counts behind a heat map. */
import type { Collector } from './collector.ts';
import { isServed } from './request-counts.ts';

/** Lower ends of the rows after the first, ms: 1, 2, 5 times a power of ten, as axes have them. */
export const LATENCY_EDGES = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;
const MOST_COLUMNS = 120;

/** @param start of the run, ms since the epoch */
export function collectLatencyMap(start: number): Collector {
  const seconds = new Map<number, number[]>();
  return {
    samples: {
      request(sample) {
        if (!isServed(sample)) return;
        const s = Math.max(0, Math.floor((sample.t - start) / 1000));
        const counts = seconds.get(s) ?? rowsOf0();
        const row = LATENCY_EDGES.findLastIndex((edge) => sample.value >= edge) + 1;
        counts[row] = (counts[row] ?? 0) + 1;
        seconds.set(s, counts);
      },
    },
    into(summary, { end }) {
      if (seconds.size === 0) return;
      const length = Math.max(1, Math.ceil((end - start) / 1000));
      const every = Math.ceil(length / MOST_COLUMNS);
      const columns = Array.from({ length: Math.ceil(length / every) }, rowsOf0);
      for (const [s, counts] of seconds) {
        // What ended after the run did (its clock may have been set back) is in the last column.
        const column = columns[Math.min(columns.length - 1, Math.floor(s / every))];
        counts.forEach((count, row) => {
          if (column) column[row] = (column[row] ?? 0) + count;
        });
      }
      summary.latencyMap = { every, edges: [...LATENCY_EDGES], columns };
    },
  };
}

function rowsOf0(): number[] {
  return new Array<number>(LATENCY_EDGES.length + 1).fill(0);
}
