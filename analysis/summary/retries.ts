/** Journeys that were tried again after their test had failed (`--retries`): each attempt is a session of its own. */
import type { Collector } from './collector.ts';

export function collectRetries(): Collector {
  const attempts = new Map<string, number>();
  return {
    events: {
      'session-started': ({ data: { retry } }) => {
        if (retry) attempts.set(retry.journey, (attempts.get(retry.journey) ?? 0) + 1);
      },
    },
    into(summary) {
      if (attempts.size > 0) summary.retried = [...attempts].map(([journey, times]) => ({ journey, times }));
    },
  };
}
