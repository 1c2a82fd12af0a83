import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'add and edit a person',
  role: 'coordinator',
  weight: 10,
  changes: ['people'],
  async run({ app, step, data, think, change }) {
    const person = data.person();
    await step('open people', () => app.people.open());
    await think();
    await step('open manage people', () => app.people.openManage());
    await think();
    await step('open the person dialog', () => app.people.openAddDialog());
    await think();
    await step('fill in the person', () => app.people.fillIn(person));
    const made = change({
      what: 'people',
      name: person.name,
      // The page lets only an admin delete: a coordinator's own is removed through the API, which does not ask.
      undo: () => app.behind.removePerson(person.name),
    });
    made.at(`/people/${await step('add the person', () => app.people.add())}`);
    await think();
    await step('find the person', () => app.people.find(person.name));
    await think();
    await step('open the person to edit', () => app.people.openEditDialog(person.name));
    await think();
    await step('save the edited person', () =>
      app.people.saveSpecialties(data.unique('specialty').slice(-50)),
    );
  },
});
