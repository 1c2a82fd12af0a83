import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'find doors closed',
  role: 'resident',
  weight: 3,
  changes: [],
  async run({ app, step, think, check, user }) {
    await step('be refused the swap marketplace', () => app.swaps.openClosed());
    check('the swap marketplace is closed to residents', true);
    await think();
    await step('be refused the settings', () => app.settings.openClosed(user.username));
    check('the settings are closed to residents', true);
    await think();
    await step('return from the closed door', () => app.settings.returnToDashboard());
  },
});
