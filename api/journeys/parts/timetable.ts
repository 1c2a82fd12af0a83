import type { HttpJourneyTools } from '../../journey.ts';

/** Where nothing says when it ends. */
const ONE_ROUND_MS = 1000;

/**
 * Calls `send` at a rate by a timetable, whether or not earlier calls have ended, until the phase ends: an
 * open load within one session, which signs in once. What was late is sent at once, and its latency counts from when it
 * was due.
 * @param send must not throw for what the target answers
 */
export async function byTimetable(
  { until, wait }: Pick<HttpJourneyTools, 'until' | 'wait'>,
  perSecond: number,
  send: (index: number, due: number) => Promise<unknown>,
): Promise<void> {
  const begun = performance.now();
  const lasts = until === undefined ? ONE_ROUND_MS : until - Date.now();
  const total = Math.floor((Math.max(0, lasts) / 1000) * perSecond);
  const under = new Set<Promise<unknown>>();
  let failure: { error: unknown } | undefined;
  for (let index = 0; index < total && !failure; index += 1) {
    const due = begun + (index * 1000) / perSecond;
    const left = due - performance.now();
    if (left > 0) await wait(left);
    const one = send(index, due).catch((error: unknown) => {
      failure ??= { error };
    });
    under.add(one);
    void one.finally(() => under.delete(one));
  }
  await Promise.all(under);
  if (failure) throw failure.error;
}
