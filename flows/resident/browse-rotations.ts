import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'browse rotations',
  role: 'resident',
  weight: 5,
  changes: [],
  async run({ app, step, data, think }) {
    await step('open rotations', () => app.rotations.open());
    await think();
    await step('open inpatient rotations', () => app.rotations.openInpatient());
    await think();
    const rotation = data.random.pick(await app.rotations.names());
    await step('search for a missing rotation', () => app.rotations.searchInVain(`${rotation} 2`));
    await think();
    await step('search for a rotation', () => app.rotations.search(rotation));
    await think();
    await step('open the rotation', () => app.rotations.openCard(rotation));
  },
});
