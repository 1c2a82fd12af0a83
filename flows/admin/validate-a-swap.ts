import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'validate a swap as a dry run',
  role: 'admin',
  weight: 10,
  changes: [],
  async run({ app, step, data, think, check }) {
    await step('open the swap actions', () => app.swapActions.open());
    await think();
    await step('fill in the swap', () =>
      app.swapActions.fillInAbsorb((values) => data.random.pick(values), data.swapReason()),
    );
    await think();
    const { shown, valid, errors } = await step('validate the swap', () => app.swapActions.validate());
    check(
      'the page shows what the validation says',
      (shown === 'passed') === valid,
      `${shown}, valid: ${valid}`,
    );
    check('a refused swap says why', valid || errors.length > 0);
  },
});
