import type { RunJson } from '../../measure/run/run.ts';
import type { Collector } from './collector.ts';

export function collectTargetDeath({ ended }: Pick<RunJson, 'ended'>): Collector {
  let died: { how?: string } | undefined = ended === 'target-died' ? {} : undefined;
  return {
    events: {
      'target-died': ({ data }) => {
        died = { how: died?.how ?? data.how };
      },
    },
    into(summary) {
      summary.targetDied = died;
    },
  };
}
