import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, pageOf, SCHEDULERS, uuid } from './shapes.ts';

const draft = z.looseObject({
  id: uuid,
  status: z.string(),
  target_start_date: date,
  target_end_date: date,
  schedule_run_id: uuid.nullish(),
  created_by: uuid.nullish(),
  created_by_id: uuid.nullish(),
});
export type Draft = z.infer<typeof draft>;

const changed = z.looseObject({ success: z.boolean(), draft_id: uuid, status: z.string() });

export const create = operation({
  name: 'drafts.create',
  class: 'write',
  method: 'POST',
  path: '/schedules/drafts',
  roles: SCHEDULERS,
  body: z.object({
    source_type: z.enum(['solver', 'manual', 'swap', 'import', 'resilience']),
    target_start_date: date,
    target_end_date: date,
    notes: z.string().optional(),
  }),
  statuses: [201],
  response: z.looseObject({ success: z.boolean(), draft_id: uuid.nullish(), message: z.string() }),
});

export const list = operation({
  name: 'drafts.list',
  class: 'crud',
  method: 'GET',
  path: '/schedules/drafts',
  response: pageOf(draft).extend({ has_next: z.boolean(), has_previous: z.boolean() }),
});

export const read = operation({
  name: 'drafts.read',
  class: 'crud',
  method: 'GET',
  path: '/schedules/drafts/{id}',
  response: draft,
});

export const preview = operation({
  name: 'drafts.preview',
  class: 'complex',
  method: 'GET',
  path: '/schedules/drafts/{id}/preview',
  response: z.looseObject({ draft_id: uuid, assignments: z.array(z.unknown()), flags: z.array(z.unknown()) }),
});

export const discard = operation({
  name: 'drafts.discard',
  class: 'write',
  method: 'DELETE',
  path: '/schedules/drafts/{id}',
  roles: SCHEDULERS,
});

export const publish = operation({
  name: 'drafts.publish',
  class: 'write',
  method: 'POST',
  path: '/schedules/drafts/{id}/publish',
  roles: SCHEDULERS,
  response: changed,
});

export const rollback = operation({
  name: 'drafts.rollback',
  class: 'write',
  method: 'POST',
  path: '/schedules/drafts/{id}/rollback',
  roles: SCHEDULERS,
  response: changed,
});
