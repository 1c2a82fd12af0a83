import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'review my calls and schedule',
  role: 'faculty',
  weight: 20,
  changes: [],
  async run({ app, step, think }) {
    await step('open the call roster', () => app.callHub.open());
    await think();
    await step('show the next month of calls', () => app.callHub.nextMonth());
    await think();
    await step('return to this month of calls', () => app.callHub.previousMonth());
    await think();
    await step('open my schedule', () => app.mySchedule.open());
    await think();
    await step('show one month', () => app.mySchedule.show('Month'));
  },
});
