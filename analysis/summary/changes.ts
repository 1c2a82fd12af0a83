/** What the run changed on the target, and what of it is still there. */

import type { EventSample } from '../../measure/run/samples.ts';
import type { Leftover } from './summary.ts';

/** The events of one change, by what they tell. */
type Told = Partial<Record<string, EventSample>>;

export function collectChanges() {
  // Lines need not lie in the order of time: what became of a change may be read before what it was.
  const changes = new Map<string, Told>();
  const planned = () => [...changes.values()].filter((told) => told.planned);
  const open = () => planned().filter((told) => !told.undone);

  return {
    /** Takes an event; those that are no change are let pass. True when it was one. */
    add(event: EventSample): boolean {
      const { name, data, session } = event;
      if (!name.startsWith(PREFIX)) return false;
      const key = `${session} ${data?.id}`;
      changes.set(key, { ...changes.get(key), [name.slice(PREFIX.length)]: event });
      return true;
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

function leftoverOf(told: Told): Leftover {
  const { data, session, role, journey, t } = told.planned as EventSample;
  const why = told['not undone']?.data?.why ?? data?.why;
  return {
    what: String(data?.what),
    name: String(data?.name),
    path: told.made && String(told.made.data?.path),
    why: why === undefined ? NOT_REACHED : String(why),
    canBeUndone: data?.why === undefined,
    session,
    role,
    journey,
    t,
  };
}

const PREFIX = 'change ';
const NOT_REACHED = 'the run ended before it was taken back';
