/** When numbers mean nothing (the run is then neither good nor bad but *invalid*), and when they must be read with care. */

import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import { browserLacks } from './browser-lacks.ts';
import { damaged } from './damaged.ts';
import { disturbed } from './disturbed.ts';
import { missingEvidence } from './evidence.ts';
import { fullMachine } from './full-machine.ts';
import { oftenCutShort } from './journeys-exercised.ts';
import { limitsMet } from './limits-met.ts';
import { targetWarnings } from './target-warnings.ts';

/** Reasons that make the run invalid, and those that warn; each kind in the order in which it is read. */
export function checkValidity(seen: Observations): Reason[] {
  const disturbances = [...disturbed(seen), ...damaged(seen)];
  return [
    ...missingEvidence(seen),
    ...disturbances.filter(({ verdict }) => verdict !== 'invalid'),
    ...browserLacks(seen),
    ...fullMachine(seen),
    ...limitsMet(seen),
    ...targetWarnings(seen.targetMetrics),
    ...oftenCutShort(seen),
    ...cutShort(seen),
  ];
}

function cutShort({ run, durationSeconds, goingOn }: Observations): Reason[] {
  const reasons: Reason[] = [];
  if (run.ended === 'interrupted')
    reasons.push({ verdict: 'warn', code: 'interrupted', seconds: durationSeconds, by: run.interruptedBy });
  if (goingOn) reasons.push({ verdict: 'warn', code: 'still-running' });
  return reasons;
}
