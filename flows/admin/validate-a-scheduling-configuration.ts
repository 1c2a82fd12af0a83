import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'validate a scheduling configuration',
  role: 'admin',
  weight: 10,
  changes: [],
  async run({ app, step, think, check }) {
    await step('open the scheduling laboratory', () => app.laboratory.open());
    await think();
    await step('narrow the date range', () => app.laboratory.narrowRange());
    await think();
    const { shown, valid } = await step('validate the configuration', () => app.laboratory.validate());
    check('page shows the validation result', (shown === 'valid') === valid, `${shown}, valid: ${valid}`);
    await think();
    await step('open the run history', () => app.laboratory.openHistory());
    await think();
    await step('open the run queue', () => app.laboratory.openQueue());
  },
});
