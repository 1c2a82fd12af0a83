/** What the run changed on the target, and what of it is still there. */
import type { Leftover } from '../../measure/run/run-json.ts';
import type { EventSample } from '../../measure/run/samples.ts';

export function collectChanges() {
  let planned = 0;
  let undone = 0;
  const open = new Map<string, Leftover>();

  return {
    /** Takes an event; those that are no change are let pass. True when it was one. */
    add({ name, data, session, role, journey, t }: EventSample): boolean {
      if (!name.startsWith('change ')) return false;
      const key = `${session} ${data?.id}`;
      const left = open.get(key);
      if (name === 'change planned') {
        planned += 1;
        open.set(key, {
          what: String(data?.what),
          name: String(data?.name),
          why: data?.why === undefined ? NOT_REACHED : String(data.why),
          canBeUndone: data?.why === undefined,
          session,
          role,
          journey,
          t,
        });
      } else if (name === 'change undone') {
        if (open.delete(key)) undone += 1;
      } else if (left && name === 'change made') left.path = String(data?.path);
      else if (left && name === 'change not undone') left.why = String(data?.why);
      return true;
    },
    counts: () => ({ planned, undone, left: open.size }),
    /** In the order in which they were made. */
    leftovers: () => [...open.values()],
  };
}

const NOT_REACHED = 'the run ended before it was taken back';
