import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, share, uuid, validation } from './shapes.ts';

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
  validation,
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
  roles: 'public',
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
  roles: 'public',
  response: z.looseObject({
    start_date: date,
    end_date: date,
    schedule: z.record(date, z.looseObject({ AM: z.array(z.unknown()), PM: z.array(z.unknown()) })),
    total_assignments: z.number(),
  }),
});

export const swapCandidates = operation({
  name: 'schedule.swap candidates',
  class: 'business',
  method: 'POST',
  path: '/schedule/swaps/candidates',
  body: z.object({
    person_id: uuid,
    assignment_id: uuid.optional(),
    max_candidates: z.number().int().min(1).max(50).optional(),
  }),
  response: z.looseObject({
    success: z.boolean(),
    requester_person_id: uuid,
    candidates: z.array(
      z.looseObject({
        candidate_person_id: uuid,
        candidate_name: z.string(),
        block_date: date,
        match_score: share,
      }),
    ),
    total_candidates: z.number(),
    message: z.string(),
  }),
});

const read = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'crud', method: 'GET', path });

/** Asked for by the scheduling laboratory. `constraints` answers 500 on the real application; the last five are stubs. */
export const constraints = read('schedule.constraints', '/schedule/constraints');
export const metrics = read('schedule.metrics', '/schedule/metrics');
export const locks = read('schedule.locks', '/schedule/locks');
export const holidays = read('schedule.holidays', '/schedule/holidays');
export const rollbackPoints = read('schedule.rollback points', '/schedule/rollback-points');
export const syncMetadata = read('schedule.sync metadata', '/schedule/sync-metadata');

/** camelCase, unlike most of the contract. */
const pastRun = z.looseObject({
  id: uuid,
  runId: z.string(),
  algorithm: z.string(),
  status: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  result: z.looseObject({}),
});

/** Answers 500 while a run without metrics is among them: a known defect. */
export const runs = operation({
  name: 'schedule.runs',
  class: 'crud',
  method: 'GET',
  path: '/schedule/runs',
  response: z.looseObject({
    runs: z.array(pastRun),
    total: z.number(),
    page: z.number(),
    pageSize: z.number(),
  }),
});

export const run = operation({
  name: 'schedule.run',
  class: 'crud',
  method: 'GET',
  path: '/schedule/runs/{id}',
  response: pastRun,
});

const queued = z.looseObject({ id: uuid, name: z.string(), status: z.string() });

export const queue = operation({
  name: 'schedule.queue',
  class: 'crud',
  method: 'GET',
  path: '/schedule/queue',
  response: z.looseObject({
    runs: z.array(queued),
    maxConcurrent: z.number(),
    currentlyRunning: z.number(),
  }),
});

/** Only notes them: nothing runs what is queued. */
export const queueBatch = operation({
  name: 'schedule.queue batch',
  class: 'write',
  method: 'POST',
  path: '/schedule/queue/batch',
  body: z.object({ configurations: z.array(z.looseObject({})).min(1) }),
  response: z.array(queued),
});

export const unqueue = operation({
  name: 'schedule.unqueue',
  class: 'write',
  method: 'DELETE',
  path: '/schedule/queue/{id}',
  response: z.looseObject({ status: z.string(), run_id: uuid }),
});
