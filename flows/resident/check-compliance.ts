import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'check compliance month by month',
  role: 'resident',
  weight: 5,
  changes: [],
  async run({ app, step, think }) {
    await step('open compliance', () => app.compliance.open());
    await think();
    await step('show compliance of the month before', () => app.compliance.previousMonth());
    await think();
    await step('show compliance of the next month', () => app.compliance.nextMonth());
    await think();
    await step('open away from program', () => app.compliance.openAwayFromProgram());
  },
});
