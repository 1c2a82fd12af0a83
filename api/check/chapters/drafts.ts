import { isSomebodyAbsentThroughout } from '../../../fixtures/data/absent-throughout.ts';
import { overlaps, wholeWeeks } from '../../../fixtures/data/dates.ts';
import * as operations from '../../operations/drafts.ts';
import * as schedule from '../../operations/schedule.ts';
import { SCHEDULERS } from '../../operations/shapes.ts';
import type { Chapter } from '../chapter.ts';

/** Generates a draft of a week that has none, and discards it; then one by hand. */
export const drafts: Chapter = {
  changes: ['drafts'],
  operations: [schedule.generate, operations.create, operations.read, operations.preview, operations.discard],
  async run({ caller, known, data, change }) {
    const api = await caller.anybody(SCHEDULERS);
    if (!api) return;
    const query = { page: 1, page_size: 100, status: 'draft' };
    const pending = async (cleanup = false) =>
      (await caller.look(api, operations.list, { query, cleanup })).items;
    const before = await pending();
    const weeks = wholeWeeks(
      known.blocks.map(({ date }) => date),
      data.today,
    );
    const residents = new Set(known.residents.map(({ id }) => id));
    const leave = known.absences.filter(({ person_id }) => residents.has(person_id));
    const week = data
      .inTurn(weeks)
      .find(
        (one) =>
          !before.some((draft) => overlaps(one, rangeOf(draft))) && !isSomebodyAbsentThroughout(one, leave),
      );
    if (!week) return;
    const own = async (cleanup: boolean) =>
      (await pending(cleanup)).filter(
        (draft) => !before.some(({ id }) => id === draft.id) && rangeOf(draft).start === week.start,
      );
    const discardAll = async () => {
      for (const { id } of await own(true))
        await api.request(operations.discard, { params: { id }, cleanup: true });
    };
    const name = `draft of ${week.start} to ${week.end}`;
    change({ what: 'drafts', name, undo: discardAll });
    await caller.call(schedule.generate, {
      headers: { 'idempotency-key': data.unique('generate') },
      body: {
        start_date: week.start,
        end_date: week.end,
        algorithm: 'cp_sat',
        timeout_seconds: 30,
        create_draft: true,
      },
    });
    const [draft] = await own(false);
    if (draft) {
      await caller.call(operations.read, { params: { id: draft.id } });
      await caller.call(operations.preview, { params: { id: draft.id } });
      await caller.call(operations.discard, { params: { id: draft.id } });
    }
    const target = { target_start_date: week.start, target_end_date: week.end };
    await caller.call(operations.create, {
      body: { source_type: 'manual', ...target, notes: data.unique('draft') },
    });
  },
};

function rangeOf(draft: operations.Draft) {
  return { start: draft.target_start_date, end: draft.target_end_date };
}
