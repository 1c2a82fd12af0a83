/** Sessions of this thread that work on one record at a time: the first to come is the host, makes it and takes it away. */

export interface Meeting<T> {
  record: T;
  isHost: boolean;
  /** Resolves when somebody else has come, for the host, or at once, for a guest. */
  company: Promise<void>;
  /** To be called however the work ended. Of the host: nobody comes any more, and the guests have left when it resolves. */
  leave(): Promise<void>;
}

interface Open<T> {
  record: Promise<T>;
  guests: Set<object>;
  greet: () => void;
  company: Promise<void>;
  /** The last guest has left a host who waits for it. */
  empty?: () => void;
}

/** A meeting place for one kind of record; the function joins all that are there. */
export function meetingPoint<T>() {
  let open: Open<T> | undefined;

  /** @param make makes the record; called for the host alone. What it throws, host and guests throw. */
  return async (make: () => Promise<T>): Promise<Meeting<T>> => {
    if (open) return guestOf(open);
    const { promise: company, resolve: greet } = Promise.withResolvers<void>();
    const mine: Open<T> = { record: make(), guests: new Set(), greet, company };
    open = mine;
    const leave = async () => {
      if (open === mine) open = undefined;
      if (mine.guests.size === 0) return;
      await new Promise<void>((resolve) => {
        mine.empty = resolve;
      });
    };
    try {
      return { record: await mine.record, isHost: true, company, leave };
    } catch (error) {
      await leave();
      throw error;
    }
  };
}

async function guestOf<T>(open: Open<T>): Promise<Meeting<T>> {
  const me = {};
  open.guests.add(me);
  const leave = async () => {
    open.guests.delete(me);
    if (open.guests.size === 0) open.empty?.();
  };
  try {
    const record = await open.record;
    open.greet();
    return { record, isHost: false, company: Promise.resolve(), leave };
  } catch (error) {
    await leave();
    throw error;
  }
}
