/** Users that closed phases were to hold, and those who could not begin. */

import type { GeneratorSample } from '../../measure/run/samples.ts';
import type { Summary } from './summary.ts';

export function collectHeld() {
  let seconds = 0;
  let missing = 0;
  let most = 0;
  let mostMissing = 0;

  return {
    add(sample: GeneratorSample): void {
      seconds += sample.held ?? 0;
      missing += sample.heldMissing ?? 0;
      most = Math.max(most, sample.held ?? 0);
      mostMissing = Math.max(mostMissing, sample.heldMissing ?? 0);
    },
    figures: (): Summary['held'] =>
      seconds === 0 ? undefined : { most, missing: missing / seconds, mostMissing },
  };
}
