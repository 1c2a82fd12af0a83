/** Sign-ins that were delayed to keep a limit on them. */

import type { Collector } from './collector.ts';
import type { Summary } from './summary.ts';

/** Delayed for less than this, nobody's arrival was another for it. */
const HELD_MS = 1000;

export function collectPacing(): Collector {
  const pacing: Summary['pacing'] = { signIns: 0, held: 0, longest: 0 };
  return {
    events: {
      'sign-in-paced': ({ data: { ms } }) => {
        pacing.signIns += 1;
        if (ms >= HELD_MS) pacing.held += 1;
        pacing.longest = Math.max(pacing.longest, ms);
      },
    },
    into(summary) {
      summary.pacing = pacing;
    },
  };
}
