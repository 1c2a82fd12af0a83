import { defineJourney } from '../journey.ts';
import { openPeople } from '../parts/open-people.ts';

export default defineJourney({
  name: 'add and edit a person',
  role: 'coordinator',
  weight: 30,
  changes: ['people'],
  async run(tools) {
    const { app, step, check, data, think, change, defect } = tools;
    const person = data.person();
    await openPeople(tools);
    await think();
    await step('open people management', () => app.people.openManage());
    await think();
    await step('open the person dialog', () => app.people.openAddDialog());
    await think();
    await step('fill in the person', () => app.people.fillIn(person));
    const made = change({
      what: 'people',
      name: person.name,
      // The page lets only an admin delete: a coordinator's own is removed through the API, which does not ask.
      undo: () => app.api.removePerson(person.name),
    });
    made.at(`/people/${await step('add the person', () => app.people.add())}`);
    await think();
    await step('find the person', () => app.people.find(person.name));
    await think();
    await step('open the person editor', () => app.people.openEditDialog(person.name));
    await think();
    const specialty = data.unique('specialty').slice(-50);
    await step('save the person', () => app.people.saveSpecialties(specialty));
    await think();
    await step('select the person', () => app.people.select(person.name));
    await think();
    const level = person.pgyLevel === 3 ? 1 : 3;
    const isSet = await step('set the level of selected people', () => app.people.setPgy(level));
    if (!isSet) defect('batch update of people returns 422');
    const stored = await app.api.storedPerson(person.name);
    check(
      'person is stored as edited',
      stored?.specialties?.join(', ') === specialty,
      `${stored?.specialties}`,
    );
    if (isSet) check('level is stored as set', stored?.pgy_level === level, `level ${stored?.pgy_level}`);
  },
});
