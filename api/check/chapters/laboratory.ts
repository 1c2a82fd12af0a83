import * as operations from '../../operations/schedule.ts';
import type { Chapter } from '../chapter.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Queues nothing: a queued run, cancelled or not, makes the list of runs answer 500 (docs/contract/verified.md §6.7). */
export const laboratory: Chapter = {
  changes: ['laboratory'],
  operations: [operations.queueBatch, operations.unqueue],
  async run({ caller }) {
    await caller.refused(operations.queueBatch, [422], { body: {} as { configurations: object[] } });
    await caller.refused(operations.unqueue, [404], { params: { id: NOBODY } });
  },
};
