import { defineJourney } from '../journey.ts';

/** The page shows one day at a time. */
const DAYS = 7;

export default defineJourney({
  name: 'review weekly coverage',
  role: 'coordinator',
  weight: 20,
  changes: [],
  async run({ app, step, think }) {
    await step('open the operations hub', () => app.operations.open());
    await think();
    await step('open proxy coverage', () => app.operations.openCoverage());
    await think();
    for (let day = 1; day < DAYS; day += 1) {
      await step('show coverage of the next day', () => app.operations.nextCoverageDay());
      await think();
    }
    const view = await step('open the schedule', () => app.schedule.open());
    await think();
    // The application shows what its user had last.
    if (view !== 'Week') {
      await step('switch to the week view', () => app.schedule.switchTo('Week'));
      await think();
    }
    await step('show the next week', () => app.schedule.nextWeek());
  },
});
