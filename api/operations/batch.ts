import { z } from 'zod';
import { operation } from '../operation.ts';
import { moment, SCHEDULERS, uuid } from './shapes.ts';

const role = z.enum(['primary', 'supervising', 'backup']);

const outcome = z.looseObject({
  operation_id: z.string(),
  status: z.enum(['completed', 'partial', 'failed']),
  total: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  results: z.array(z.looseObject({ index: z.number(), success: z.boolean(), assignment_id: uuid.nullish() })),
  dry_run: z.boolean(),
});

/**
 * The way to write assignments that works: single writes answer 500 after their commit (docs/contract/api.md §5.6). A batch
 * that is refused for one of its items answers 500 too: a known defect.
 */
export const create = operation({
  name: 'batch.create',
  class: 'write',
  method: 'POST',
  path: '/batch/create',
  roles: SCHEDULERS,
  body: z.object({
    assignments: z.array(
      z.object({
        block_id: uuid,
        person_id: uuid,
        rotation_template_id: uuid.optional(),
        role,
        notes: z.string().max(1000).optional(),
      }),
    ),
    validate_acgme: z.boolean().optional(),
    dry_run: z.boolean().optional(),
  }),
  statuses: [201],
  response: outcome,
});

export const update = operation({
  name: 'batch.update',
  class: 'write',
  method: 'PUT',
  path: '/batch/update',
  roles: SCHEDULERS,
  body: z.object({
    assignments: z.array(
      z.object({
        assignment_id: uuid,
        updated_at: moment,
        role: role.optional(),
        notes: z.string().max(1000).optional(),
      }),
    ),
  }),
  response: outcome,
});

/** Only the process that did the work knows it, and not always with the results. */
export const status = operation({
  name: 'batch.status',
  class: 'crud',
  method: 'GET',
  path: '/batch/status/{id}',
  response: outcome.partial({ results: true }).extend({ progress_percentage: z.number() }),
});

export const remove = operation({
  name: 'batch.delete',
  class: 'write',
  method: 'DELETE',
  path: '/batch/delete',
  roles: SCHEDULERS,
  body: z.object({ assignments: z.array(z.object({ assignment_id: uuid })) }),
  response: outcome,
});
