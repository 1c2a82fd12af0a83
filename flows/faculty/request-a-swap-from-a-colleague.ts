import { isoDate } from '../../fixtures/data/dates.ts';
import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'request a swap from a colleague',
  role: 'faculty',
  weight: 15,
  changes: ['swaps'],
  async run({ app, step, check, data, think, change, cutShort, defect }) {
    await step('open the swap marketplace', () => app.swaps.open());
    await think();
    await step('open the swap request form', () => app.swaps.openCreateForm());
    await think();
    const weeks = await app.swaps.weeks();
    // A request cannot be taken back: in time every week of a user has one.
    if (weeks.length === 0)
      return cutShort({
        code: 'no-week-to-swap',
        text: 'the form offers no week: each is being swapped already',
      });
    const week = data.random.pick(weeks);
    const reason = data.swapReason();
    await step('choose week and colleague', () =>
      app.swaps.fill(week, (names) => data.random.pick(names), reason),
    );
    await think();
    change({ what: 'swaps', name: reason, why: 'the portal cannot take a request back' });
    await step('send the swap request', () => app.swaps.send());
    check('request is stored', await app.api.hasSwapRequest(isoDate(Date.parse(`${week} UTC`))));
    if ((await app.swaps.afterSending()) === 'error page') defect('swaps page error after a request');
    await think();
    // The error page keeps the main bar: the user leaves by it.
    await step('return to the dashboard', () => app.dashboard.open());
  },
});
