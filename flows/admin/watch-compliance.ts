import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'watch compliance and violations',
  role: 'admin',
  weight: 10,
  changes: [],
  async run({ app, step, think }) {
    await step('open compliance', () => app.compliance.open());
    await think();
    await step('show compliance of the month before', () => app.compliance.previousMonth());
    await think();
    await step('open away from program', () => app.compliance.openAwayFromProgram());
  },
});
