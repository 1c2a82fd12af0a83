import * as operations from '../../operations/schedule.ts';
import type { Chapter } from '../chapter.ts';

/** Queues a run, which nothing would start, and cancels it. */
export const laboratory: Chapter = {
  changes: ['laboratory'],
  operations: [operations.queueBatch, operations.unqueue],
  async run({ caller, data }) {
    const name = data.unique('experiment');
    const queued = await caller.call(operations.queueBatch, {
      body: { configurations: [{ name, algorithm: 'cp_sat', timeout_seconds: 30 }] },
    });
    const [run] = queued ?? [];
    if (run) await caller.call(operations.unqueue, { params: { id: run.id } });
  },
};
