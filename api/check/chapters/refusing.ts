/** Operations whose work cannot be taken back: asked for what they must refuse. */
import { randomUUID } from 'node:crypto';
import { addDays } from '../../../fixtures/data/dates.ts';
import * as halfDays from '../../operations/half-days.ts';
import * as me from '../../operations/me.ts';
import * as portal from '../../operations/portal.ts';
import * as swaps from '../../operations/swaps.ts';
import type { Chapter } from '../chapter.ts';

export const refusing: Chapter = {
  changes: [],
  operations: [
    swaps.request,
    swaps.approve,
    swaps.executeApproved,
    swaps.rollback,
    portal.requestSwap,
    portal.respondToSwap,
    halfDays.update,
    halfDays.removeRange,
    me.readNotification,
  ],
  async run({ caller, known, data }) {
    const params = { id: randomUUID() };
    const past = addDays(data.today, -28);
    const reason = data.swapReason();
    const [first, second] = known.faculty;
    if (first && second) {
      const week = { source_faculty_id: first.id, source_week: past, target_faculty_id: second.id };
      await caller.refused(swaps.request, [400], { body: { ...week, swap_type: 'absorb', reason } });
    }
    await caller.refused(swaps.approve, [404], { params, body: { approved: false, notes: reason } });
    await caller.refused(swaps.executeApproved, [400, 404], { params });
    await caller.refused(swaps.rollback, [400, 404], { params, body: { reason } });
    // No week is one of theirs that is years away.
    const away = addDays(data.today, 4 * 365);
    await caller.refused(portal.requestSwap, [400, 404], {
      body: { week_to_offload: away, reason, auto_find_candidates: false },
    });
    await caller.refused(portal.respondToSwap, [404], { params, body: { accept: false } });
    await caller.refused(halfDays.update, [404], { params, body: { override_reason: reason } });
    await caller.refused(halfDays.removeRange, [400], {
      query: { start_date: data.today, end_date: past },
    });
    await caller.refused(me.readNotification, [404], { params });
  },
};
