import { allOfAtLeastOne } from '../../measure/session/all-of-at-least-one.ts';
import { defineHttpJourney, type HttpJourneyTools } from '../journey.ts';
import * as rotations from '../operations/rotation-templates.ts';

export default defineHttpJourney({
  name: 'manage a rotation over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['templates'],
  async run({ api, check, data, think, change }) {
    await api.request(rotations.list);
    await think();

    const rotation = data.rotation();
    let id: string | undefined;
    const made = change({
      what: 'templates',
      name: rotation.name,
      undo: async () => {
        id ??= await findByName(api, rotation.name);
        if (id) await api.request(rotations.remove, { params: { id }, expect: [204, 404], cleanup: true });
      },
    });
    const created = await api.request(rotations.create, {
      body: {
        name: rotation.name,
        rotation_type: rotation.type,
        abbreviation: rotation.abbreviation,
        max_residents: rotation.maxResidents,
      },
    });
    id = created.data.id;
    made.at(`/rotation-templates/${id}`);
    const read = await api.request(rotations.read, { params: { id } });
    check('rotation is stored as added', read.data.name === rotation.name);
    await think();
    const name = `${rotation.name} (edited)`;
    await api.request(rotations.update, { params: { id }, body: { name } });
    const edited = await api.request(rotations.read, { params: { id } });
    check('rotation is stored as edited', edited.data.name === name, `name ${edited.data.name}`);
    await think();
    await api.request(rotations.remove, { params: { id }, expect: [204] });
    made.undone();
    const listed = await api.request(rotations.list);
    check(
      'removed rotation is not listed',
      allOfAtLeastOne(listed.data.items, (one) => one.id !== id),
    );
  },
});

/** The request may have been carried out although no answer came: then the name finds it. */
async function findByName(api: HttpJourneyTools['api'], name: string): Promise<string | undefined> {
  const { data } = await api.request(rotations.list, { cleanup: true });
  return data.items.find((one) => one.name.startsWith(name))?.id;
}
