import type { RunJson } from '../../measure/run/run.ts';
import type { Collector } from './collector.ts';

export function collectTargetDeath({ ended }: Pick<RunJson, 'ended'>): Collector {
  let died = ended === 'target-died';
  return {
    events: {
      'target-died': () => {
        died = true;
      },
    },
    into(summary) {
      summary.targetDied = died;
    },
  };
}
