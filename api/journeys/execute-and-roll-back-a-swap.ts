import { defineHttpJourney, type HttpJourneyTools } from '../journey.ts';
import * as swaps from '../operations/swaps.ts';
import { absorb, swapOffer } from './parts/swap-weeks.ts';

/** Both answers that matter here are known defects: 500 for a swap that is made, 500 for one that must be undone. */
export default defineHttpJourney({
  name: 'execute and roll back a swap over HTTP',
  role: 'faculty',
  weight: 1,
  changes: ['swaps'],
  async run({ api, check, count, cutShort, data, effect, think, change }) {
    await api.request(swaps.history, { query: { page: 1, page_size: 20 } });
    const offer = await swapOffer(api, data, { onlyFree: false });
    if (!offer) return cutShort({ code: 'no-week-to-swap', text: 'no week ahead to swap' });
    await think();

    const reason = data.swapReason();
    const swap = absorb(offer, reason);
    const validation = await api.request(swaps.validate, { body: swap });
    if (!validation.data.valid) {
      check('refused swap has a reason', validation.data.errors.length > 0, 'valid: false without errors');
      return cutShort({ code: 'swap-refused', text: 'the target refuses this swap' });
    }
    await think();
    const made = change({
      what: 'swaps',
      name: reason,
      why: 'the target does not roll an executed swap back',
    });
    // A broken answer is counted as what it is, and the user goes on.
    const executed = await api.request(swaps.execute, { body: swap, mayFail: true });
    if (executed.ok) check('swap is executed', executed.data.success, executed.data.message);
    const id = await executedSwap(api, offer.facultyId, reason);
    if (executed.status === 500) effect('swap execution returns 500', id !== undefined);
    if (id === undefined) {
      check('executed swap is in the history', !executed.ok);
      made.undone(); // nothing came of it
      return;
    }
    count('swaps executed');
    await think();
    const back = await api.request(swaps.rollback, { params: { id }, body: { reason }, mayFail: true });
    if (!back.ok) return;
    if (back.data.success) count('swaps rolled back');
    const left = await executedSwap(api, offer.facultyId, reason);
    check('swap is rolled back', back.data.success && left === undefined, back.data.message);
    if (left === undefined) made.undone();
  },
});

/** The execution may have been carried out although its answer was an error: then the reason finds it. */
async function executedSwap(
  api: HttpJourneyTools['api'],
  facultyId: string,
  reason: string,
): Promise<string | undefined> {
  const query = { faculty_id: facultyId, status: 'executed', page: 1, page_size: 20 };
  const { data } = await api.request(swaps.history, { query });
  return data.items.find((swap) => swap.reason === reason)?.id;
}
