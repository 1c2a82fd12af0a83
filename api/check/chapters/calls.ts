import { addDays } from '../../../fixtures/data/dates.ts';
import * as operations from '../../operations/call-assignments.ts';
import { SCHEDULERS } from '../../operations/shapes.ts';
import type { Chapter } from '../chapter.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
/** Far enough ahead that nobody relies on it. */
const AHEAD_DAYS = 300;

export const calls: Chapter = {
  changes: ['calls'],
  operations: [operations.create, operations.update, operations.updateBulk, operations.remove],
  async run({ caller, known, data, change }) {
    const api = await caller.anybody(SCHEDULERS);
    const [one, other] = known.faculty;
    if (!api || !one || !other) return;
    const date = addDays(data.today, AHEAD_DAYS);
    const query = { start_date: date, end_date: date };
    const there = async (cleanup: boolean) =>
      (await caller.look(api, operations.list, { query, cleanup })).items;
    const before = new Set((await there(false)).map(({ id }) => id));
    const own = async (cleanup: boolean) => (await there(cleanup)).filter(({ id }) => !before.has(id));
    change({
      what: 'calls',
      name: `call of ${one.name} on ${date}`,
      undo: async () => {
        for (const { id } of await own(true))
          await api.request(operations.remove, { params: { id }, cleanup: true });
      },
    });
    // Answered with an error, whether it was made or not (a known defect): what it made is looked for.
    await caller.call(operations.create, {
      body: { call_date: date, person_id: one.id, call_type: 'backup' },
    });
    const [call] = await own(false);
    if (!call) {
      const nobody = { params: { id: NOBODY } };
      await caller.refused(operations.update, [404], { ...nobody, body: { call_type: 'backup' } });
      await caller.refused(operations.remove, [404], nobody);
      return;
    }
    const params = { id: call.id };
    await caller.call(operations.update, { params, body: { call_type: 'backup' } });
    await caller.call(operations.updateBulk, { body: { assignment_ids: [call.id], person_id: other.id } });
    await caller.call(operations.remove, { params });
  },
};
