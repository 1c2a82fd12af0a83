import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'look who is on call',
  role: 'resident',
  weight: 10,
  changes: [],
  async run({ app, step, think }) {
    await step('open the call roster', () => app.callHub.open());
    await think();
    await step('show next month of calls', () => app.callHub.nextMonth());
    await think();
    await step('go back to this month of calls', () => app.callHub.previousMonth());
  },
});
