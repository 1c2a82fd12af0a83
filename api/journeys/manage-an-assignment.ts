import { defineHttpJourney } from '../journey.ts';
import * as batch from '../operations/batch.ts';
import { freeBlock, plannedFor } from './parts/free-block.ts';

export default defineHttpJourney({
  name: 'manage an assignment over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['assignments'],
  async run({ api, check, cutShort, data, think, change }) {
    const free = await freeBlock({ api, data });
    if ('code' in free) return cutShort(free);
    const { personId, blockId, range } = free;
    await think();

    const assignment = data.assignment(personId, blockId);
    const own = async (cleanup: boolean) =>
      (await plannedFor(api, personId, range, cleanup)).filter(({ notes }) =>
        notes?.startsWith(assignment.notes),
      );
    const remove = async (cleanup: boolean) => {
      const found = await own(cleanup);
      if (found.length === 0) return 0;
      const body = { assignments: found.map(({ id }) => ({ assignment_id: id })) };
      const { data: removed } = await api.request(batch.remove, { body, cleanup });
      return removed.succeeded;
    };
    const made = change({
      what: 'assignments',
      name: assignment.notes,
      undo: async () => void (await remove(true)),
    });
    const created = await api.request(batch.create, {
      body: { assignments: [assignment], validate_acgme: false },
    });
    const [result] = created.data.results;
    if (result?.assignment_id) made.at(`/assignments/${result.assignment_id}`);
    check('assignment is created', created.data.succeeded === 1, `status ${created.data.status}`);
    await think();

    const [planned] = await own(false);
    check('assignment is stored as created', planned !== undefined, 'not among those of its day');
    if (planned) {
      const notes = `${assignment.notes} (edited)`;
      await api.request(batch.update, {
        body: { assignments: [{ assignment_id: planned.id, updated_at: planned.updated_at, notes }] },
      });
      const [edited] = await own(false);
      check('assignment is stored as edited', edited?.notes === notes, `notes ${edited?.notes}`);
    }
    await think();
    const removed = await remove(false);
    const left = removed === 0 ? 0 : (await own(false)).length;
    check('assignment is deleted', removed === 1 && left === 0, `${removed} removed, ${left} still there`);
    if (left === 0) made.undone();
  },
});
