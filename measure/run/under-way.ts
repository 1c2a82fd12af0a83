/**
 * What has been begun in this thread and has not ended. Its time is not known yet, but it is at least its age: figures of what
 * ended alone would never see an endpoint that hangs.
 */
import type { OperationClass } from './samples.ts';

export type UnderWay = {
  name: string;
  /** ms since the epoch. */
  begun: number;
  warmup: boolean;
} & ({ kind: 'request'; class: OperationClass } | { kind: 'step' });

const all = new Set<UnderWay>();

/** Give what it returns to `noteEnded`. */
export function noteBegun(one: UnderWay): UnderWay {
  all.add(one);
  return one;
}

export function noteEnded(one: UnderWay): void {
  all.delete(one);
}

/** Requests and steps of one name, by when they were begun, ms since the epoch. */
export interface GroupUnderWay {
  kind: UnderWay['kind'];
  name: string;
  class?: OperationClass;
  begun: number[];
}

/** Without warm-up. */
export function underWay(): GroupUnderWay[] {
  const groups = new Map<string, GroupUnderWay>();
  for (const one of all) {
    if (one.warmup) continue;
    const key = `${one.kind} ${one.name}`;
    let group = groups.get(key);
    if (!group) {
      group = { kind: one.kind, name: one.name, begun: [] };
      if (one.kind === 'request') group.class = one.class;
      groups.set(key, group);
    }
    group.begun.push(one.begun);
  }
  return [...groups.values()];
}
