import type { JourneyTools } from '../journey.ts';

/**
 * The dry run of a swap, with what the page shows of it held against the answer.
 * @param reach how far this role's changes reach, in the page's words
 */
export async function validateASwap(
  { app, step, data, think, check }: JourneyTools,
  reach: 'Scoped Changes' | 'High Impact',
): Promise<void> {
  await step('open the swap actions', () => app.swapActions.open());
  const told = await app.swapActions.permissionLevel();
  check('the page says how far a change reaches', told === reach, `${told}, not ${reach}`);
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
}
