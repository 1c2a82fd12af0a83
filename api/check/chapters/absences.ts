import * as operations from '../../operations/absences.ts';
import type { Chapter } from '../chapter.ts';

export const absences: Chapter = {
  changes: ['absences'],
  operations: [operations.create, operations.update, operations.remove, operations.createBulk],
  async run({ caller, known, data, change }) {
    const [person] = known.residents;
    const api = await caller.anybody();
    if (!person || !api) return;
    const body = () => {
      const { type, startDate, endDate, notes } = data.absence();
      return { person_id: person.id, start_date: startDate, end_date: endDate, absence_type: type, notes };
    };
    const undo = (notes: string) => async () => {
      const query = { person_id: person.id, page_size: 500 };
      const all = await caller.look(api, operations.list, { query, cleanup: true });
      for (const { id } of all.items.filter((absence) => absence.notes === notes))
        await api.request(operations.remove, { params: { id }, cleanup: true });
    };
    const [one, two] = [body(), body()];
    const made = change({ what: 'absences', name: one.notes, undo: undo(one.notes) });
    const absence = await caller.call(operations.create, { body: one });
    if (absence) {
      const params = { id: absence.id };
      made.at(`/absences/${absence.id}`);
      await caller.call(operations.update, { params, body: { absence_type: 'conference' } });
      await caller.call(operations.remove, { params });
    }
    change({ what: 'absences', name: two.notes, undo: undo(two.notes) });
    await caller.call(operations.createBulk, { body: { absences: [two] } });
  },
};
