import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'review compliance by month',
  role: 'resident',
  weight: 5,
  changes: [],
  async run({ app, step, think }) {
    await step('open compliance', () => app.compliance.open());
    await think();
    await step('show compliance of the previous month', () => app.compliance.previousMonth());
    await think();
    await step('show compliance of the next month', () => app.compliance.nextMonth());
    await think();
    await step('open the away-from-program tab', () => app.compliance.openAwayFromProgram());
  },
});
