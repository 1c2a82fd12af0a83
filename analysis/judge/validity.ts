/** When numbers mean nothing (the run is then neither good nor bad but *invalid*), and when they are to be read with care. */

import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import { browserLacks } from './browser-lacks.ts';
import { damaged } from './damaged.ts';
import { disturbed } from './disturbed.ts';
import { fullMachine } from './full-machine.ts';
import { generatorStrain, generatorTrouble } from './generator-trouble.ts';
import { limitsMet } from './limits-met.ts';
import { loadAsPlanned } from './load-as-planned.ts';
import { targetWarnings } from './target-warnings.ts';

/** Of the Web Vitals that the views could yield. Below, what is missing may be what was slow. */
const MIN_COMPLETENESS = 0.95;
const WARN_COMPLETENESS = 0.99;
/** A stop of the generator that has an event is noticed at the end of its second. Longer stops are invalid by themselves. */
const REPORTED_WITHIN_S = 3;
const MAX_SECONDS_NAMED = 5;

/** Reasons that make the run invalid, and those that warn; each kind in the order in which it is read. */
export function checkValidity(seen: Observations): Reason[] {
  const disturbances = [...disturbed(seen), ...damaged(seen)];
  const isGrave = ({ verdict }: Reason) => verdict === 'invalid';
  return [
    ...brokenOff(seen),
    ...disturbances.filter(isGrave),
    ...emptyRun(seen),
    ...loadAsPlanned(seen),
    ...generatorHealth(seen),
    ...incompleteVitals(seen),
    ...disturbances.filter((reason) => !isGrave(reason)),
    ...browserLacks(seen),
    ...fullMachine(seen),
    ...limitsMet(seen),
    ...targetWarnings(seen.targetMetrics),
    ...cutShort(seen),
  ];
}

function brokenOff({ targetDied, unresponsive, workerLost, run, goingOn }: Observations): Reason[] {
  const reasons: Reason[] = [];
  if (targetDied) reasons.push({ verdict: 'invalid', code: 'target-died', how: targetDied.how });
  if (run.ended === 'target-unresponsive') {
    const seconds = (unresponsive?.longest ?? 0) / 1000;
    reasons.push({ verdict: 'invalid', code: 'target-unresponsive', seconds });
  }
  if (run.ended === undefined && !goingOn) reasons.push({ verdict: 'invalid', code: 'killed' });
  if (run.ended === 'recording-failed') reasons.push({ verdict: 'invalid', code: 'recording-failed' });
  if (workerLost || run.ended === 'worker-lost')
    reasons.push({ verdict: 'invalid', code: 'worker-lost', ...workerLost });
  if (run.ended === 'profile-lost')
    reasons.push({ verdict: 'invalid', code: 'profile-lost', what: run.interruptedBy });
  return reasons;
}

function emptyRun({ counts }: Observations): Reason[] {
  if (counts.samples === 0) return [{ verdict: 'invalid', code: 'no-samples' }];
  return counts.sessions.started === 0 ? [{ verdict: 'invalid', code: 'no-sessions' }] : [];
}

function generatorHealth(seen: Observations): Reason[] {
  const { generator, endedEarly } = seen;
  const trouble = generatorTrouble(generator).map((reason) => withStalls(reason, seen));
  const ended: Reason[] =
    endedEarly?.by === 'generator'
      ? [{ verdict: 'invalid', code: 'ended-by-generator', why: endedEarly.why }]
      : [];
  if (trouble.length > 0) return [...trouble, ...ended];
  return [...ended, ...stalled(seen), ...generatorStrain(generator)];
}

/** A few seconds decide no p95, but they may well be all of its maximum. */
function stalled(seen: Observations): Reason[] {
  const { generator, stalls, disturbances, run } = seen;
  if (!stalls) return [];
  const stops = disturbances
    .filter(({ what }) => what === 'stood-still')
    .map(({ t }) => (t - Date.parse(run.start)) / 1000);
  const isReported = (second: number) => stops.some((at) => at >= second && at - second < REPORTED_WITHIN_S);
  if (stalls.seconds.every(isReported)) return [];
  const { stalled: seconds = 0, seconds: of } = generator;
  return [withStalls({ verdict: 'warn', code: 'generator-stalled', seconds, of }, seen)];
}

function withStalls(reason: Reason, { stalls }: Observations): Reason {
  if (reason.code !== 'generator-stalled' || !stalls) return reason;
  const { seconds, worstMs, requests, steps } = stalls;
  return { ...reason, at: seconds.slice(0, MAX_SECONDS_NAMED), worstMs, requests, steps };
}

function incompleteVitals({ completeness: { share, measurable } }: Observations): Reason[] {
  if (share === null || share >= WARN_COMPLETENESS) return [];
  const about = { code: 'vitals-incomplete', share, views: measurable } as const;
  if (share >= MIN_COMPLETENESS) return [{ verdict: 'warn', ...about }];
  return [{ verdict: 'invalid', ...about, limit: MIN_COMPLETENESS }];
}

function cutShort({ run, durationSeconds, goingOn }: Observations): Reason[] {
  const reasons: Reason[] = [];
  if (run.ended === 'interrupted')
    reasons.push({ verdict: 'warn', code: 'interrupted', seconds: durationSeconds, by: run.interruptedBy });
  if (goingOn) reasons.push({ verdict: 'warn', code: 'still-running' });
  return reasons;
}
