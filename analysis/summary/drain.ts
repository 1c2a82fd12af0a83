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
      const took = sample.kind === 'step' || sample.kind === 'request' ? sample.value : 0;
      return sample.t - took > begins;
    },
    /** ms since the epoch; undefined: none is known of. */
    begins: () => begins,
  };
}

function isOf({ profile }: PlannedPhase, phase: string | undefined, { phases }: RunJson['plan']): boolean {
  return phases.find(({ name }) => name === phase)?.profile === profile;
}
