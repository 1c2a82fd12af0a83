import { addDays, spanOf } from '../../../fixtures/data/dates.ts';
import * as operations from '../../operations/blocks.ts';
import type { Chapter } from '../chapter.ts';

/** Days after the last of the calendar, where nobody has any plans. */
const AFTER = [2, 3] as const;

export const blocks: Chapter = {
  changes: ['schedule'],
  operations: [operations.create, operations.generate, operations.remove],
  async run({ caller, known, change }) {
    const api = await caller.anybody();
    const last = spanOf(known.blocks.map(({ date }) => date))?.end;
    if (!last || !api) return;
    const [day, nextDay] = AFTER.map((days) => addDays(last, days)) as [string, string];
    const query = { start_date: day, end_date: nextDay };
    const removeAll = async () => {
      const there = await caller.look(api, operations.list, { query, cleanup: true });
      // Answered with an error after the commit (a known defect): whether they are gone is looked at.
      for (const { id } of there.items)
        await api.request(operations.remove, { params: { id }, mayFail: true, cleanup: true });
      const after = await caller.look(api, operations.list, { query, cleanup: true });
      if (after.total > 0) throw new Error(`${after.total} blocks of ${day} and ${nextDay} are still there`);
    };
    const before = await caller.look(api, operations.list, { query });
    if (before.total > 0) return; // somebody's: left alone
    change({ what: 'schedule', name: `blocks of ${day} and ${nextDay}`, undo: removeAll });
    const block = await caller.call(operations.create, {
      body: { date: day, time_of_day: 'AM', block_number: 1 },
    });
    await caller.call(operations.generate, { query: { start_date: nextDay, end_date: nextDay } });
    if (block) await caller.call(operations.remove, { params: { id: block.id } });
  },
};
