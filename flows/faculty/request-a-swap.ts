import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'request a swap from a chosen colleague',
  role: 'faculty',
  weight: 15,
  changes: ['swaps'],
  async run({ app, step, data, think, check, change, defect }) {
    await step('open the swap marketplace', () => app.swaps.open());
    await think();
    await step('open the swap request form', () => app.swaps.openCreateForm());
    await think();
    const weeks = await app.swaps.weeks();
    check('a week is free to offload, or the form says there is none', true);
    if (weeks.length === 0) return; // every week of this user is being swapped already: a request cannot be taken back
    const week = data.random.pick(weeks);
    const reason = data.swapReason();
    await step('choose week and colleague', () =>
      app.swaps.fill(week, (names) => data.random.pick(names), reason),
    );
    await think();
    change({ what: 'swaps', name: reason, why: 'the portal cannot take a request back' });
    await step('send the swap request', () => app.swaps.send());
    if ((await app.swaps.afterSending()) === 'error page') defect('swaps error after a successful request');
    await think();
    // The error page keeps the main bar: the user leaves by it.
    await step('return to the dashboard', () => app.dashboard.open());
  },
});
