import { defineApiJourney } from '../journey.ts';
import * as swaps from '../operations/swaps.ts';
import { absorb, swapOffer } from './parts/swap-weeks.ts';

export default defineApiJourney({
  name: 'swap execution over HTTP',
  role: 'faculty',
  weight: 1,
  changes: ['swaps'],
  async run({ api, check, data, think }) {
    await api.request(swaps.history, { query: { page: 1, page_size: 20 } });
    const offer = await swapOffer(api, data, { onlyFree: false });
    if (!offer) {
      check('no free week', true);
      return;
    }
    await think();

    const swap = absorb(offer, data.swapReason());
    const validation = await api.request(swaps.validate, { body: swap });
    if (!validation.data.valid) {
      check('a refused swap says why', validation.data.errors.length > 0, 'valid: false without errors');
      return;
    }
    await think();
    // A broken answer is counted as what it is, and the user goes on.
    const executed = await api.request(swaps.execute, { body: swap, mayFail: true });
    if (executed.ok) check('the swap is executed', executed.data.success, executed.data.message);
  },
});
