import { defineJourney } from '../journey.ts';
import { openPeople } from '../parts/open-people.ts';

export default defineJourney({
  name: 'search for a colleague',
  role: 'resident',
  weight: 7,
  changes: [],
  async run(tools) {
    const { app, step, data, think } = tools;
    await openPeople(tools);
    await think();
    const colleague = data.random.pick(await app.people.names());
    await step('search for a colleague', () => app.people.lookUp(colleague));
    await think();
    await step('clear the colleague search', () => app.people.clearSearch());
    await think();
    await step('show faculty only', () => app.people.showOnly('Faculty'));
  },
});
