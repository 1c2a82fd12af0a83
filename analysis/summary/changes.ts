/** What the run changed on the target, and what of it is still there. */

import type { EventSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import type { Leftover } from './summary.ts';

const NOT_REACHED = 'the run ended before it was taken back';

/** The events of one change. */
interface Seen {
  planned?: EventSample<'change-planned'>;
  made?: EventSample<'change-made'>;
  undone?: EventSample<'change-undone'>;
  notUndone?: EventSample<'change-not-undone'>;
}

/** All changes of one thing, such as a swap that one user asked for and another accepted. */
export type Thing = readonly Leftover[];

export function thingsOf(leftovers: readonly Leftover[]): Thing[] {
  return [...Map.groupBy(leftovers, ({ what, name }) => `${what}\n${name}`).values()];
}

/** Whether a command can take all of it back. */
export function canGo(thing: Thing): boolean {
  return thing.every(({ canBeUndone }) => canBeUndone);
}

export function collectChanges(): Collector {
  // Lines need not lie in the order of time: what became of a change may be read before what it was.
  const changes = new Map<string, Seen>();
  const add = ({ session, data }: NonNullable<Seen[keyof Seen]>, seen: Seen): void => {
    const key = `${session} ${data.id}`;
    changes.set(key, { ...changes.get(key), ...seen });
  };
  const planned = () =>
    [...changes.values()].flatMap(({ planned, ...seen }) => (planned ? [{ ...seen, planned }] : []));
  const open = () => planned().filter(({ undone }) => !undone);

  return {
    events: {
      'change-planned': (planned) => add(planned, { planned }),
      'change-made': (made) => add(made, { made }),
      'change-undone': (undone) => add(undone, { undone }),
      'change-not-undone': (notUndone) => add(notUndone, { notUndone }),
    },
    into(summary) {
      const [all, left] = [planned().length, open().length];
      summary.counts.changes = { planned: all, undone: all - left, left };
      // In the order in which they were made.
      summary.leftovers = open()
        .map(leftoverOf)
        .sort((a, b) => a.t - b.t);
    },
  };
}

function leftoverOf({ planned, made, notUndone }: Seen & Required<Pick<Seen, 'planned'>>): Leftover {
  const { data, session, role, journey, t } = planned;
  return {
    what: data.what,
    name: data.name,
    path: made?.data.path,
    why: notUndone?.data.why ?? data.why ?? NOT_REACHED,
    canBeUndone: data.why === undefined,
    session,
    role,
    journey,
    t,
  };
}
