import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'use the scheduling laboratory',
  role: 'admin',
  weight: 10,
  changes: [],
  async run({ app, step, think, check }) {
    await step('open the scheduling laboratory', () => app.laboratory.open());
    await think();
    await step('narrow the range', () => app.laboratory.narrowRange());
    await think();
    const { shown, valid } = await step('validate the configuration', () => app.laboratory.validate());
    check(
      'the page shows what the validation says',
      (shown === 'valid') === valid,
      `${shown}, valid: ${valid}`,
    );
    await think();
    await step('look at the runs', () => app.laboratory.openHistory());
    await think();
    await step('look at the queue', () => app.laboratory.openQueue());
  },
});
