import { z } from 'zod';
import { operation } from '../operation.ts';
import { uuid } from './shapes.ts';

const outcome = z.looseObject({
  operation_id: z.string(),
  status: z.enum(['completed', 'partial', 'failed']),
  total: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  results: z.array(z.looseObject({ success: z.boolean(), assignment_id: uuid.nullish() })),
});

/** The way to write assignments that works: single writes answer 500 after their commit (contract api.md §5.6). */
export const create = operation({
  name: 'batch.create',
  class: 'write',
  method: 'POST',
  path: '/batch/create',
  body: z.object({
    assignments: z.array(
      z.object({
        block_id: uuid,
        person_id: uuid,
        rotation_template_id: uuid.optional(),
        role: z.enum(['primary', 'supervising', 'backup']),
        notes: z.string().max(1000).optional(),
      }),
    ),
    validate_acgme: z.boolean().optional(),
  }),
  statuses: [201],
  response: outcome,
});

export const remove = operation({
  name: 'batch.delete',
  class: 'write',
  method: 'DELETE',
  path: '/batch/delete',
  body: z.object({ assignments: z.array(z.object({ assignment_id: uuid })) }),
  response: outcome,
});
