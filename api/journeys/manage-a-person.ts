import { allOfAtLeastOne } from '../../measure/session/all-of-at-least-one.ts';
import { defineHttpJourney, type HttpJourneyTools } from '../journey.ts';
import * as people from '../operations/people.ts';

export default defineHttpJourney({
  name: 'manage a person over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['people'],
  onlyNamed: true,
  async run({ api, check, data, think, change }) {
    await api.request(people.list);
    await think();

    const person = data.person();
    let id: string | undefined;
    const made = change({
      what: 'people',
      name: person.name,
      undo: async () => {
        id ??= await findByName(api, person.name);
        if (id) await api.request(people.remove, { params: { id }, expect: [204, 404], cleanup: true });
      },
    });
    const created = await api.request(people.create, {
      body: {
        name: person.name,
        email: person.email,
        type: person.type,
        pgy_level: person.pgyLevel,
        performs_procedures: person.performsProcedures,
        specialties: person.specialties,
      },
      expect: [201],
    });
    id = created.data.id;
    made.at(`/people/${id}`);
    const read = await api.request(people.read, { params: { id } });
    check('person is stored as added', read.data.email === person.email);
    await think();
    const specialties = [...person.specialties, data.unique('specialty')];
    await api.request(people.update, { params: { id }, body: { specialties } });
    const again = await api.request(people.read, { params: { id } });
    const kept = JSON.stringify(again.data.specialties) === JSON.stringify(specialties);
    check('person is stored as edited', kept, `specialties ${JSON.stringify(again.data.specialties)}`);
    await think();
    await api.request(people.remove, { params: { id }, expect: [204] });
    made.undone();
    const listed = await api.request(people.list);
    check(
      'removed person is not listed',
      allOfAtLeastOne(listed.data.items, (one) => one.id !== id),
    );
  },
});

/** The request may have been carried out although no answer came: then the name finds it. */
async function findByName(api: HttpJourneyTools['api'], name: string): Promise<string | undefined> {
  const { data } = await api.request(people.list, { cleanup: true });
  return data.items.find((one) => one.name === name)?.id;
}
