/** What only reads or calculates; the lists themselves are read by `known.ts`. */

import type { Operation } from '../../operation.ts';
import * as absences from '../../operations/absences.ts';
import * as admin from '../../operations/admin.ts';
import * as assignments from '../../operations/assignments.ts';
import * as blocks from '../../operations/blocks.ts';
import * as calls from '../../operations/call-assignments.ts';
import * as compliance from '../../operations/compliance.ts';
import * as enums from '../../operations/enums.ts';
import * as health from '../../operations/health.ts';
import * as me from '../../operations/me.ts';
import * as ops from '../../operations/ops.ts';
import * as people from '../../operations/people.ts';
import * as portal from '../../operations/portal.ts';
import * as resilience from '../../operations/resilience.ts';
import * as rotations from '../../operations/rotation-templates.ts';
import * as schedule from '../../operations/schedule.ts';
import * as swaps from '../../operations/swaps.ts';
import type { Chapter } from '../chapter.ts';

type Plain = Operation<'', never, unknown>;

/** Read without any input. */
const PLAIN = [
  health.live,
  health.ready,
  people.list,
  rotations.activities,
  portal.mySwaps,
  portal.marketplace,
  portal.preferences,
  portal.dashboard,
  me.notifications,
  me.rateLimits,
  compliance.awayFromProgram,
  admin.dashboard,
  admin.breakGlass,
  admin.users,
  admin.activityLog,
  schedule.constraints,
  schedule.queue,
  schedule.metrics,
  schedule.locks,
  schedule.holidays,
  schedule.rollbackPoints,
  schedule.syncMetadata,
  resilience.healthHistory,
  resilience.eventHistory,
  resilience.loadShedding,
  resilience.circuitBreakers,
  resilience.circuitBreakersHealth,
  ops.conflicts,
  ops.gameTheorySummary,
  ops.gameTheoryStrategies,
  ops.gameTheoryTournaments,
  ops.gameTheoryEvolution,
  ops.importBatches,
  ops.exportPeople,
  ops.exportAbsences,
];

/** Asked for a range of days. */
const RANGED = [
  schedule.validate,
  compliance.fairnessAudit,
  calls.coverage,
  calls.equity,
  resilience.report,
  resilience.mtfCompliance,
  resilience.vulnerability,
  ops.heatmap,
  ops.analyzeConflicts,
  ops.summarizeConflicts,
  ops.fairnessSummary,
  ops.exportScheduleRows,
  ops.exportSchedule,
];

/** Need the id of a row. */
const WITH_ID = [
  people.read,
  blocks.read,
  assignments.read,
  rotations.read,
  rotations.patterns,
  absences.read,
  calls.read,
  calls.ofPerson,
  swaps.read,
  schedule.run,
  compliance.awayOfResident,
];

export const reading: Chapter = {
  changes: [],
  operations: [
    ...PLAIN,
    ...RANGED,
    ...WITH_ID,
    enums.read,
    blocks.dashboard,
    me.dashboard,
    calls.ofDate,
    assignments.dailyManifest,
    assignments.dailyLocations,
    ops.proxyCoverage,
    schedule.range,
    resilience.health,
    ops.search,
  ],
  async run({ caller, known, data }) {
    const { start, end } = known.range;
    const query = { start_date: start, end_date: end };
    for (const operation of PLAIN) await caller.call(operation as unknown as Plain);
    for (const operation of RANGED) await caller.call(operation as unknown as Plain, { query });
    await caller.call(enums.read, { params: { list: 'pgy-levels' } });
    const [block] = known.blocks;
    if (block) {
      const academicYear = Number(start.slice(0, 4)) - (start.slice(5) < '07-01' ? 1 : 0);
      const at = { block_number: block.block_number, academic_year: academicYear };
      await caller.call(blocks.dashboard, { query: at });
    }
    const ids: Array<[Operation, { id: string } | undefined]> = [
      [people.read, known.residents[0]],
      [blocks.read, block],
      [assignments.read, known.assignments[0]],
      [rotations.read, known.templates[0]],
      [rotations.patterns, known.templates[0]],
      [absences.read, known.absences[0]],
      [calls.read, known.calls[0]],
      [calls.ofPerson, known.faculty[0]],
      [swaps.read, known.swaps[0]],
      [schedule.run, known.runs[0]],
      [compliance.awayOfResident, known.residents[0]],
    ];
    for (const [operation, row] of ids) {
      const one = operation as Operation<'/{id}', never, unknown>;
      if (row) await caller.call(one, { params: { id: row.id } });
      else caller.skip(operation, 'the target has no such row');
    }
    // An admin need not be a person of the schedule.
    const somebody = (await caller.as('faculty')) ?? (await caller.as('resident'));
    if (somebody) await caller.with(somebody, me.dashboard);
    await caller.call(calls.ofDate, { params: { date: known.calls[0]?.date ?? data.today } });
    await caller.call(assignments.dailyManifest, { query: { date: start } });
    await caller.call(assignments.dailyLocations, { query: { date: start } });
    await caller.call(ops.proxyCoverage, { query: { date: start } });
    await caller.call(schedule.range, { params: { start, end } });
    await caller.call(resilience.health, { query: { persist: false } });
    await caller.call(ops.search, { body: { query: 'a' } });
  },
};
