/** The drain: after the last phase nobody new comes, the last users finish, and the target has less to do each second. */
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, Sample } from '../../measure/run/samples.ts';
import { phasesByProfile } from './planned-time.ts';

/**
 * Tells what was begun in the drain: while others of its kind still come, a target has as much to do as before, so in a run
 * of several profiles the drain begins after the last phase of the last of them. Of a run without planned phases (perf tests)
 * nothing was begun in it, nor of one that ended before its last phases did.
 */
export function findDrain({ plan }: Pick<RunJson, 'plan'>) {
  const profiles = phasesByProfile(plan.phases).map((phases) => ({
    last: phases.at(-1) as PlannedPhase,
    left: phases.length,
  }));
  const ends: number[] = [];
  let begins: number | undefined;

  return {
    phaseStarted({ t, phase }: Pick<EventSample<'phase-started'>, 't' | 'phase'>): void {
      const mine = profiles.length === 1 ? profiles[0] : profiles.find(({ last }) => isOf(last, phase, plan));
      if (!mine) return;
      mine.left -= 1;
      if (mine.left !== 0) return;
      ends.push(t + mine.last.duration * 1000);
      if (ends.length === profiles.length) begins = Math.max(...ends);
    },
    holds(sample: Sample): boolean {
      if (begins === undefined) return false;
      return sample.t - timeOf(sample) > begins;
    },
    /** ms since the epoch; undefined: none is known of. */
    begins: () => begins,
  };
}

/** How long it took, or had taken when it was interrupted; ms. */
function timeOf(sample: Sample): number {
  if (sample.kind === 'step' || sample.kind === 'request') return sample.value;
  return sample.kind === 'event' && sample.name === 'request-interrupted' ? (sample.data.ms ?? 0) : 0;
}

function isOf({ profile }: PlannedPhase, phase: string | undefined, { phases }: RunJson['plan']): boolean {
  return phases.find(({ name }) => name === phase)?.profile === profile;
}
