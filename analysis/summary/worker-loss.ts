import type { Collector } from './collector.ts';
import type { Observations } from './observations.ts';

/** @param start of the run, ms since the epoch */
export function collectWorkerLoss(start: number): Collector {
  let lost: Observations['workerLost'];
  return {
    events: {
      'worker-lost': ({ t, data }) => {
        lost ??= { ...data, at: Math.max(0, t - start) / 1000 };
      },
    },
    into(summary) {
      summary.workerLost = lost;
    },
  };
}
