import type { JourneyTools } from '../journey.ts';

/** One step, whether it takes one click or two: the second is the known defect's. */
export async function openPeople({ app, step, defect }: JourneyTools): Promise<void> {
  const clicks = await step('open people', () => app.people.open());
  if (clicks > 1) defect('first click on People leads back');
}
