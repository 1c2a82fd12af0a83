/** What the operations hub, analytics and the import/export pages ask for beside the other groups. */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { ADMIN, date, moment, pageOf, uuid } from './shapes.ts';

export const proxyCoverage = operation({
  name: 'ops.proxy coverage',
  class: 'complex',
  method: 'GET',
  path: '/proxy-coverage',
  response: z.looseObject({ coverage_date: date }),
});

export const heatmap = operation({
  name: 'ops.heatmap',
  class: 'complex',
  method: 'GET',
  path: '/visualization/heatmap',
  response: z.looseObject({ data: z.looseObject({}) }),
});

/** Not reachable through the pages' origin, as `me.notifications`: a known defect. */
export const conflicts = operation({
  name: 'conflicts.list',
  class: 'crud',
  method: 'GET',
  path: '/conflicts/',
  response: pageOf(
    z.looseObject({
      id: uuid,
      type: z.string(),
      severity: z.string(),
      status: z.string(),
      detected_at: moment,
    }),
  ).extend({ pages: z.number() }),
});

/** Overlaps, supervision, 80 hours and 1-in-7 over all people: heavy. */
export const analyzeConflicts = operation({
  name: 'conflicts.analyze',
  class: 'complex',
  method: 'GET',
  path: '/conflicts/analysis/analyze',
  response: z.looseObject({ conflicts: z.array(z.unknown()), summary: z.looseObject({}) }),
});

export const summarizeConflicts = operation({
  name: 'conflicts.summary',
  class: 'complex',
  method: 'GET',
  path: '/conflicts/analysis/summary',
  response: z.looseObject({}),
});

/** Asked for by the conflicts tab; the contract has no such route (404). */
export const conflictStatistics = operation({
  name: 'conflicts.statistics',
  class: 'crud',
  method: 'GET',
  path: '/conflicts/statistics',
});

const entity = z.enum(['person', 'rotation', 'procedure', 'assignment', 'swap']);

/** Answers 500 on the real application for all but assignments: a known defect. */
export const search = operation({
  name: 'search.search',
  class: 'complex',
  method: 'POST',
  path: '/search',
  body: z.object({
    query: z.string().min(1).max(500),
    entity_types: z.array(entity).optional(),
    page: z.number().int().min(1).optional(),
    page_size: z.number().int().min(1).max(100).optional(),
  }),
  response: pageOf(z.looseObject({ id: z.string(), type: z.string(), title: z.string() })).extend({
    total_pages: z.number(),
    query: z.string(),
  }),
});

export const fairnessSummary = operation({
  name: 'analytics.fairness summary',
  class: 'complex',
  method: 'GET',
  path: '/fairness/summary',
  roles: 'public',
  response: z.looseObject({}),
});

const game = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'crud', method: 'GET', path, roles: 'public', response: z.looseObject({}) });

export const gameTheorySummary = game('analytics.game theory summary', '/game-theory/summary');
export const gameTheoryStrategies = game('analytics.strategies', '/game-theory/strategies');
export const gameTheoryTournaments = game('analytics.tournaments', '/game-theory/tournaments');
export const gameTheoryEvolution = game('analytics.evolution', '/game-theory/evolution');

export const importBatches = operation({
  name: 'import.batches',
  class: 'crud',
  method: 'GET',
  path: '/import/batches',
});

/** Downloads: their answers are files, and no schema holds for them. */
const download = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'complex', method: 'GET', path, roles: ADMIN });

export const exportPeople = download('export.people', '/export/people');
export const exportAbsences = download('export.absences', '/export/absences');
export const exportScheduleRows = download('export.schedule', '/export/schedule');
export const exportSchedule = download('export.schedule workbook', '/export/schedule/xlsx');
