import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'find doors closed',
  role: 'resident',
  weight: 3,
  changes: [],
  async run({ app, step, think, check, user }) {
    const { status, rows } = await step('be refused the swap marketplace', () => app.swaps.openClosed());
    check(
      'the swap marketplace is closed to residents',
      status === 403 && rows === 0,
      `${status}, ${rows} rows`,
    );
    await think();
    await step('be refused the settings', () => app.settings.openClosed(user.username));
    check('the settings are closed to residents', !(await app.settings.hasForm()));
    await think();
    await step('return from the closed door', () => app.settings.returnToDashboard());
  },
});
