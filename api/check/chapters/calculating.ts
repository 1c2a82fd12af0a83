/** Operations that are asked with a body and change nothing: calculators, previews, dry runs. */
import { addDays } from '../../../fixtures/data/dates.ts';
import * as absences from '../../operations/absences.ts';
import * as calls from '../../operations/call-assignments.ts';
import * as compliance from '../../operations/compliance.ts';
import * as resilience from '../../operations/resilience.ts';
import * as schedule from '../../operations/schedule.ts';
import * as swaps from '../../operations/swaps.ts';
import type { Chapter } from '../chapter.ts';

export const calculating: Chapter = {
  changes: [],
  operations: [
    resilience.utilizationThreshold,
    resilience.defenseLevel,
    resilience.burnout,
    schedule.validateConfig,
    schedule.swapCandidates,
    compliance.workHours,
    absences.previewBulk,
    calls.equityPreview,
    swaps.validate,
    swaps.execute,
  ],
  async run({ caller, known, data }) {
    const { start, end } = known.range;
    const [resident] = known.residents;
    const [first, second] = known.faculty;
    await caller.call(resilience.utilizationThreshold, {
      body: { available_faculty: 10, required_blocks: 16 },
    });
    await caller.call(resilience.defenseLevel, { body: { coverage_rate: 0.92 } });
    await caller.call(schedule.validateConfig, {
      body: { start_date: start, end_date: end, algorithm: 'cp_sat', timeout_seconds: 30 },
    });
    await caller.call(calls.equityPreview, { body: { start_date: start, end_date: end } });
    if (resident) {
      const id = resident.id;
      await caller.call(compliance.workHours, {
        params: { id },
        body: { resident_id: id, schedule_start: start, schedule_end: end },
      });
      const absence = data.absence();
      await caller.call(absences.previewBulk, {
        body: {
          absences: [
            {
              person_id: id,
              start_date: absence.startDate,
              end_date: absence.endDate,
              absence_type: absence.type,
            },
          ],
        },
      });
    }
    if (!first || !second) return;
    await caller.call(resilience.burnout, { body: { burned_out_provider_ids: [first.id] } });
    await caller.call(schedule.swapCandidates, { body: { person_id: first.id, max_candidates: 10 } });
    const swap = {
      source_faculty_id: first.id,
      source_week: addDays(start, 35),
      target_faculty_id: second.id,
      swap_type: 'absorb' as const,
      reason: data.swapReason(),
    };
    await caller.call(swaps.validate, { body: swap });
    // A week that is over cannot be swapped: the answer is a 200 that says so, and nothing is changed.
    await caller.call(swaps.execute, { body: { ...swap, source_week: addDays(start, -28) } });
  },
};
