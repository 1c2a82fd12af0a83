import * as operations from '../../operations/rotation-templates.ts';
import type { Chapter } from '../chapter.ts';

export const rotations: Chapter = {
  changes: ['templates'],
  operations: [
    operations.create,
    operations.update,
    operations.archive,
    operations.restore,
    operations.remove,
  ],
  async run({ caller, data, change }) {
    const api = await caller.anybody();
    if (!api) return;
    const { name, type } = data.rotation();
    const made = change({
      what: 'templates',
      name,
      undo: async () => {
        const query = { include_archived: true };
        const all = await caller.look(api, operations.list, { query, cleanup: true });
        for (const { id } of all.items.filter((one) => one.name === name))
          await api.request(operations.remove, { params: { id }, cleanup: true });
      },
    });
    const template = await caller.call(operations.create, { body: { name, rotation_type: type } });
    if (!template) return;
    const params = { id: template.id };
    made.at(`/rotation-templates/${template.id}`);
    await caller.call(operations.update, { params, body: { abbreviation: 'FM' } });
    await caller.call(operations.archive, { params });
    await caller.call(operations.restore, { params });
    await caller.call(operations.remove, { params });
  },
};
