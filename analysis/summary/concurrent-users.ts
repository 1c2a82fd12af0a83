/** Users that closed phases were to hold, and those who could not begin. */

import type { Collector } from './collector.ts';

export function collectHeld(): Collector {
  let seconds = 0;
  let missing = 0;
  let most = 0;
  let mostMissing = 0;

  return {
    samples: {
      generator({ held = 0, heldMissing = 0 }) {
        seconds += held;
        missing += heldMissing;
        most = Math.max(most, held);
        mostMissing = Math.max(mostMissing, heldMissing);
      },
    },
    into(summary) {
      summary.held = seconds === 0 ? undefined : { most, missing: missing / seconds, mostMissing };
    },
  };
}
