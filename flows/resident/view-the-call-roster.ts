import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'view the call roster',
  role: 'resident',
  weight: 10,
  changes: [],
  async run({ app, step, think }) {
    await step('open the call roster', () => app.callHub.open());
    await think();
    await step('show the next month of calls', () => app.callHub.nextMonth());
    await think();
    await step('return to this month of calls', () => app.callHub.previousMonth());
  },
});
