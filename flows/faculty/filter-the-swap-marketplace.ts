import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'filter the swap marketplace',
  role: 'faculty',
  weight: 15,
  changes: [],
  async run({ app, step, data, think }) {
    await step('open the swap marketplace', () => app.swaps.open());
    await think();
    await step('search the marketplace', () => app.swaps.search(data.unique('search')));
    await think();
    await step('show compatible swaps only', () => app.swaps.toggle('Compatible Only'));
    await think();
    await step('expand the filters', () => app.swaps.expandFilters());
  },
});
