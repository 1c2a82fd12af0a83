import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'browse the block schedule',
  role: 'resident',
  weight: 20,
  changes: [],
  async run({ app, step, think }) {
    await step('open the schedule', () => app.schedule.open());
    await think();
    await step('switch to the month view', () => app.schedule.switchTo('Month'));
    await think();
    await step('switch to the week view', () => app.schedule.switchTo('Week'));
    await think();
    await step('show the next week', () => app.schedule.nextWeek());
    await think();
    await step('switch to the block view', () => app.schedule.switchTo('Block'));
    await think();
    await step('show the next block', () => app.schedule.nextBlock());
    await think();
    await step('show the previous block', () => app.schedule.previousBlock());
  },
});
