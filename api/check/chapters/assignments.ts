import { addDays, FROZEN_DAYS } from '../../../fixtures/data/dates.ts';
import * as operations from '../../operations/assignments.ts';
import * as batch from '../../operations/batch.ts';
import { SCHEDULERS } from '../../operations/shapes.ts';
import type { Chapter, ChapterTools } from '../chapter.ts';

const DAYS = 56;

/** Single writes are answered with an error after their commit (a known defect): what they made is looked for. */
export const assignments: Chapter = {
  changes: ['assignments'],
  operations: [
    batch.create,
    batch.update,
    batch.status,
    batch.remove,
    operations.create,
    operations.update,
    operations.remove,
  ],
  async run(tools) {
    const { caller, known, data, change } = tools;
    const api = await caller.anybody(SCHEDULERS);
    const [person] = known.residents;
    if (!api || !person) return;
    const range = { start_date: addDays(data.today, FROZEN_DAYS), end_date: addDays(data.today, DAYS) };
    const query = { ...range, person_id: person.id, page_size: 500 };
    const planned = async (notes?: string) => {
      const all = await caller.look(api, operations.list, { query, cleanup: true });
      return all.items.filter((one) => notes === undefined || one.notes === notes);
    };
    const busy = new Set((await planned()).map(({ block_id }) => block_id));
    const [first, second] = known.blocks.filter(
      ({ id, date }) => date >= range.start_date && date <= range.end_date && !busy.has(id),
    );
    if (!first || !second) return;
    const plan = (blockId: string) => {
      const assignment = data.assignment(person.id, blockId);
      const undo = async () => {
        const left = await planned(assignment.notes);
        if (left.length === 0) return;
        const body = { assignments: left.map(({ id }) => ({ assignment_id: id })) };
        await api.request(batch.remove, { body, cleanup: true });
      };
      change({ what: 'assignments', name: assignment.notes, undo });
      return assignment;
    };
    await inBatch(tools, plan(first.id), planned);
    await one(tools, plan(second.id), planned);
  },
};

type Planned = (notes: string) => Promise<Array<{ id: string; updated_at: string }>>;
type New = ReturnType<ChapterTools['data']['assignment']>;

async function inBatch({ caller }: ChapterTools, assignment: New, planned: Planned): Promise<void> {
  const made = await caller.call(batch.create, {
    body: { assignments: [assignment], validate_acgme: false },
  });
  if (!made) return;
  await caller.call(batch.status, { params: { id: made.operation_id } });
  const [row] = await planned(assignment.notes);
  if (!row) return;
  const change = { assignment_id: row.id, updated_at: row.updated_at, role: 'primary' as const };
  await caller.call(batch.update, { body: { assignments: [change] } });
  await caller.call(batch.remove, { body: { assignments: [{ assignment_id: row.id }] } });
}

async function one({ caller }: ChapterTools, assignment: New, planned: Planned): Promise<void> {
  await caller.call(operations.create, { body: assignment });
  const [row] = await planned(assignment.notes);
  if (!row) return;
  const params = { id: row.id };
  await caller.call(operations.update, { params, body: { updated_at: row.updated_at, role: 'primary' } });
  await caller.call(operations.remove, { params });
}
