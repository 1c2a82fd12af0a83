import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'check access is denied',
  role: 'resident',
  weight: 3,
  changes: [],
  async run({ app, step, think, check, user }) {
    const { status, rows } = await step('check the swap marketplace is denied', () => app.swaps.openClosed());
    check('swap marketplace is denied to residents', status === 403 && rows === 0, `${status}, ${rows} rows`);
    await think();
    await step('check settings are denied', () => app.settings.openClosed(user.username));
    check('settings are denied to residents', !(await app.settings.hasForm()));
    await think();
    await step('return from the denied page', () => app.settings.returnToDashboard());
  },
});
