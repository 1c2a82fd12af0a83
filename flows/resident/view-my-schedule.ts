import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'view my schedule',
  role: 'resident',
  weight: 30,
  changes: [],
  async run({ app, step, think }) {
    await step('open my schedule', () => app.mySchedule.open());
    await think();
    await step('show one week', () => app.mySchedule.show('1 Week'));
    await think();
    await step('show one month', () => app.mySchedule.show('Month'));
    await think();
    await step('show the next month', () => app.mySchedule.next());
    await think();
    await step('return to this month', () => app.mySchedule.previous());
    await step('show the previous month', () => app.mySchedule.previous());
    await think();
    await step('return to today', () => app.mySchedule.today());
  },
});
