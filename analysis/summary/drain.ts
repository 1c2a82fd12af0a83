/** The drain: after the last phase nobody new comes, the last users finish, and the target has less to do each second. */
import type { RunJson } from '../../measure/run/run-json.ts';
import type { Sample } from '../../measure/run/samples.ts';

/**
 * Tells what was begun in the drain. Of a run without planned phases (perf tests) nothing was, nor of one that ended
 * before its last phase did.
 */
export function findDrain({ plan }: RunJson) {
  const last = plan.phases.at(-1);
  let phasesStarted = 0;
  let begins: number | undefined;

  return {
    phaseStarted(t: number): void {
      phasesStarted += 1;
      if (last && phasesStarted === plan.phases.length) begins = t + last.duration * 1000;
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
