import { duration } from '../../analysis/format.ts';
import { DRAIN_LIMIT_S, type Plan } from './plan.ts';

/** When a run is stopped, whatever it still has to do. */
export interface Deadline {
  /** Since its first phase began. */
  seconds: number;
  why: string;
}

/** `MAX_TIME` only brings it forward: sessions that hang after the last phase are cut off anyway. */
export function deadlineOf({
  duration: planned,
  maxTime,
  drain = DRAIN_LIMIT_S,
}: Pick<Plan, 'duration' | 'maxTime' | 'drain'>): Deadline {
  const drained = planned + drain;
  return maxTime !== undefined && maxTime < drained
    ? { seconds: maxTime, why: `MAX_TIME (${duration(maxTime)}) was over` }
    : { seconds: drained, why: `sessions still ran ${drain} s after the last phase` };
}

/** A line for the user where the plan cannot come to its end. */
export function cutShortLine({ profile, duration: planned, maxTime }: Plan): string | undefined {
  return maxTime === undefined || maxTime >= planned
    ? undefined
    : `MAX_TIME ends ${profile} after ${duration(maxTime)}, before its ${duration(planned)} are over`;
}
