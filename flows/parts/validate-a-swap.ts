import type { JourneyTools } from '../journey.ts';

/**
 * The dry run of a swap, with what the page shows of it compared with the answer.
 * @param reach how far this role's changes reach, in the page's words
 */
export async function validateASwap(
  { app, step, data, think, check }: JourneyTools,
  reach: 'Scoped Changes' | 'High Impact',
): Promise<void> {
  await step('open swap actions', () => app.swapActions.open());
  const told = await app.swapActions.permissionLevel();
  check('page shows the scope of a change', told === reach, `${told}, not ${reach}`);
  await think();
  await step('fill in the swap', () =>
    app.swapActions.fillInAbsorb((values) => data.random.pick(values), data.swapReason()),
  );
  await think();
  const { shown, valid, errors } = await step('validate the swap', () => app.swapActions.validate());
  check('page shows the validation result', (shown === 'passed') === valid, `${shown}, valid: ${valid}`);
  check('refused swap has a reason', valid || errors.length > 0);
}
