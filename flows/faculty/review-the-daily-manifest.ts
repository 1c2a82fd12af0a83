import { addDays } from '../../fixtures/data/dates.ts';
import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'review the daily manifest',
  role: 'faculty',
  weight: 12,
  changes: [],
  async run({ app, step, data, think }) {
    await step('open the operations hub', () => app.operations.open());
    await think();
    const day = addDays(data.today, data.random.int(1, 40));
    await step('open the manifest of another day', () => app.operations.openDay(day));
    await think();
    await step('search the manifest', () => app.operations.search('Dr'));
  },
});
