import type { TestData } from '../../fixtures/data/generate.ts';
import { defineHttpJourney, type HttpJourneyTools } from '../journey.ts';
import * as absences from '../operations/absences.ts';
import { calendar } from './parts/calendar.ts';
import { myPerson } from './parts/my-person.ts';

export default defineHttpJourney({
  name: 'request and withdraw an absence over HTTP',
  role: 'resident',
  weight: 4,
  changes: ['absences'],
  async run({ api, check, data, think, change }) {
    const person = await myPerson(api);
    await api.request(absences.list, { query: { person_id: person.id } });
    await think();

    const absence = data.absence(await calendar({ api, data }));
    let id: string | undefined;
    const made = change({
      what: 'absences',
      name: absence.notes,
      undo: async () => {
        id ??= await findByNote(api, person.id, absence);
        if (id) await api.request(absences.remove, { params: { id }, cleanup: true });
      },
    });
    const created = await api.request(absences.create, {
      body: {
        person_id: person.id,
        absence_type: absence.type,
        start_date: absence.startDate,
        end_date: absence.endDate,
        notes: absence.notes,
        is_away_from_program: true,
      },
      expect: [201],
    });
    id = created.data.id;
    made.at(`/absences/${id}`);
    await think();
    const read = await api.request(absences.read, { params: { id } });
    check('absence is stored as requested', read.data.notes === absence.notes);
    const notes = `${absence.notes} (edited)`;
    await api.request(absences.update, { params: { id }, body: { notes } });
    const edited = await api.request(absences.read, { params: { id } });
    check('absence is stored as edited', edited.data.notes === notes, `notes ${edited.data.notes}`);
    await think();
    await api.request(absences.remove, { params: { id } });
    const { status } = await api.request(absences.read, { params: { id }, expect: [404, 200] });
    check('withdrawn absence is gone', status === 404, `reading it answered ${status}`);
    if (status === 404) made.undone();
  },
});

/** The request may have been carried out although no answer came: then the note finds it. */
async function findByNote(
  api: HttpJourneyTools['api'],
  personId: string,
  absence: ReturnType<TestData['absence']>,
): Promise<string | undefined> {
  const { data } = await api.request(absences.list, {
    query: { person_id: personId, start_date: absence.startDate, end_date: absence.endDate },
    cleanup: true,
  });
  return data.items.find((row) => row.notes?.startsWith(absence.notes))?.id;
}
