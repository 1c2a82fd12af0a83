/** What the run changed on the target, and what of it is still there. */

import type { EventSample } from '../../measure/run/samples.ts';
import type { Leftover } from './summary.ts';

type ChangeEvent = EventSample<'change-planned' | 'change-made' | 'change-undone' | 'change-not-undone'>;

/** The events of one change. */
interface Seen {
  planned?: EventSample<'change-planned'>;
  made?: EventSample<'change-made'>;
  undone?: EventSample<'change-undone'>;
  notUndone?: EventSample<'change-not-undone'>;
}

export function collectChanges() {
  // Lines need not lie in the order of time: what became of a change may be read before what it was.
  const changes = new Map<string, Seen>();
  const planned = () =>
    [...changes.values()].flatMap(({ planned, ...seen }) => (planned ? [{ ...seen, planned }] : []));
  const open = () => planned().filter(({ undone }) => !undone);

  return {
    add(event: ChangeEvent): void {
      const key = `${event.session} ${event.data.id}`;
      const seen = changes.get(key) ?? {};
      changes.set(key, seen);
      if (event.name === 'change-planned') seen.planned = event;
      else if (event.name === 'change-made') seen.made = event;
      else if (event.name === 'change-undone') seen.undone = event;
      else seen.notUndone = event;
    },
    counts: () => ({
      planned: planned().length,
      undone: planned().length - open().length,
      left: open().length,
    }),
    /** In the order in which they were made. */
    leftovers: (): Leftover[] =>
      open()
        .map(leftoverOf)
        .sort((a, b) => a.t - b.t),
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

const NOT_REACHED = 'the run ended before it was taken back';
