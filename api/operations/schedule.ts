import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, uuid, validation } from './shapes.ts';

const generation = z.object({
  start_date: date,
  end_date: date,
  algorithm: z.enum(['greedy', 'cp_sat', 'pulp', 'hybrid']),
  /** Seconds, 5 to 300. */
  timeout_seconds: z.number().min(5).max(300),
  pgy_levels: z.array(z.number().int()).optional(),
  create_draft: z.boolean().optional(),
});

const generated = z.looseObject({
  status: z.string(),
  message: z.string(),
  total_blocks: z.number(),
  // A fresh 200 counts in the first, a 207 or a replay in the second.
  total_blocks_assigned: z.number().nullish(),
  total_assignments: z.number().nullish(),
  run_id: uuid.nullish(),
});

/** The solver may be given up to 300 s; its own timeout is asked for in the body, and loading adds to it. */
export const generate = operation({
  name: 'schedule.generate',
  class: 'generation',
  method: 'POST',
  path: '/schedule/generate',
  body: generation,
  response: generated,
  statuses: [200, 207],
  timeoutMs: 120_000,
});

export const validate = operation({
  name: 'schedule.validate',
  class: 'complex',
  method: 'GET',
  path: '/schedule/validate',
  response: validation,
});

export const validateConfig = operation({
  name: 'schedule.validate config',
  class: 'complex',
  method: 'POST',
  path: '/schedule/validate-config',
  body: generation,
  response: validation,
});

export const range = operation({
  name: 'schedule.range',
  class: 'complex',
  method: 'GET',
  path: '/schedule/{start}/{end}',
  response: z.looseObject({ start_date: date, end_date: date, total_assignments: z.number() }),
});

export const swapCandidates = operation({
  name: 'schedule.swap candidates',
  class: 'business',
  method: 'POST',
  path: '/schedule/swaps/candidates',
  body: z.object({ person_id: uuid, max_candidates: z.number().int().min(1).max(50).optional() }),
});

const read = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'crud', method: 'GET', path });

/** Asked for by the scheduling laboratory. `constraints` answers 500 on the real application. */
export const constraints = read('schedule.constraints', '/schedule/constraints');
export const queue = read('schedule.queue', '/schedule/queue');
export const runs = read('schedule.runs', '/schedule/runs');
export const run = read('schedule.run', '/schedule/runs/{id}');
export const metrics = read('schedule.metrics', '/schedule/metrics');
export const locks = read('schedule.locks', '/schedule/locks');
export const holidays = read('schedule.holidays', '/schedule/holidays');
export const rollbackPoints = read('schedule.rollback points', '/schedule/rollback-points');
export const syncMetadata = read('schedule.sync metadata', '/schedule/sync-metadata');

export const queueBatch = operation({
  name: 'schedule.queue batch',
  class: 'write',
  method: 'POST',
  path: '/schedule/queue/batch',
});

export const unqueue = operation({
  name: 'schedule.unqueue',
  class: 'write',
  method: 'DELETE',
  path: '/schedule/queue/{id}',
});
