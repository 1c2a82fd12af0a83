import { defineHttpJourney } from '../journey.ts';
import * as portal from '../operations/portal.ts';
import * as swaps from '../operations/swaps.ts';
import { absorb, swapOffer } from './parts/swap-weeks.ts';

/** The target has no way to take a request back, and allows one a week: the free weeks are used up in time. */
export default defineHttpJourney({
  name: 'request a swap over HTTP',
  role: 'faculty',
  weight: 3,
  changes: ['swaps'],
  async run({ api, check, count, cutShort, data, think, change }) {
    await api.request(portal.marketplace);
    await think();
    const offer = await swapOffer(api, data, { onlyFree: true });
    if (!offer) {
      await api.request(portal.mySwaps);
      return cutShort({
        code: 'no-week-to-swap',
        text: 'no week is left to offer: each is being swapped already',
      });
    }
    await think();

    const reason = data.swapReason();
    const validation = await api.request(swaps.validate, { body: absorb(offer, reason) });
    check(
      'refused swap has a reason',
      validation.data.valid || validation.data.errors.length > 0,
      'valid: false without errors',
    );
    await think();
    change({ what: 'swaps', name: reason, why: 'the portal cannot take a request back' });
    const requested = await api.request(portal.requestSwap, {
      body: {
        week_to_offload: offer.week,
        preferred_target_faculty_id: offer.colleagueId,
        reason,
        // Bounds the cost: the target would notify up to 100 colleagues otherwise.
        auto_find_candidates: false,
      },
    });
    if (requested.data.success) count('swaps requested');
    check('swap is requested', requested.data.success, requested.data.message);
    const mine = await api.request(portal.mySwaps);
    // A colleague may have answered it already.
    const { outgoing_requests: outgoing, recent_swaps: answered } = mine.data;
    check(
      'request is listed as outgoing',
      [...outgoing, ...answered].some(({ week_to_give: week }) => week === offer.week),
      `${outgoing.length} outgoing, none of the week of ${offer.week}`,
    );
  },
});
