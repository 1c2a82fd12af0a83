import * as operations from '../../operations/people.ts';
import type { Chapter } from '../chapter.ts';

export const people: Chapter = {
  changes: ['people'],
  operations: [
    operations.create,
    operations.update,
    operations.remove,
    operations.createBatch,
    operations.updateBatch,
    operations.removeBatch,
  ],
  async run({ caller, data, change }) {
    const api = await caller.anybody();
    if (!api) return;
    const body = () => {
      const { name, email, pgyLevel } = data.person();
      return { name, email, type: 'resident' as const, pgy_level: pgyLevel };
    };
    const [one, two] = [body(), body()];
    const undo = (name: string) => async () => {
      const all = await caller.look(api, operations.list, { cleanup: true });
      for (const { id } of all.items.filter((person) => person.name === name))
        await api.request(operations.remove, { params: { id }, cleanup: true });
    };
    const made = change({ what: 'people', name: one.name, undo: undo(one.name) });
    const person = await caller.call(operations.create, { body: one });
    if (person) {
      const params = { id: person.id };
      made.at(`/people/${person.id}`);
      await caller.call(operations.updateBatch, {
        body: { people: [{ person_id: person.id, updates: { performs_procedures: true } }], dry_run: true },
      });
      await caller.call(operations.update, { params, body: { performs_procedures: true } });
      await caller.call(operations.remove, { params });
    }
    change({ what: 'people', name: two.name, undo: undo(two.name) });
    const batch = await caller.call(operations.createBatch, { body: { people: [two] } });
    if (batch?.created_ids?.length)
      await caller.call(operations.removeBatch, { body: { person_ids: batch.created_ids } });
  },
};
