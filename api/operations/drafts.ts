import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, listOf, uuid } from './shapes.ts';

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

export const list = operation({
  name: 'drafts.list',
  class: 'crud',
  method: 'GET',
  path: '/schedules/drafts',
  response: listOf(draft),
});

export const read = operation({
  name: 'drafts.read',
  class: 'crud',
  method: 'GET',
  path: '/schedules/drafts/{id}',
});

export const preview = operation({
  name: 'drafts.preview',
  class: 'complex',
  method: 'GET',
  path: '/schedules/drafts/{id}/preview',
});

export const discard = operation({
  name: 'drafts.discard',
  class: 'write',
  method: 'DELETE',
  path: '/schedules/drafts/{id}',
});

export const publish = operation({
  name: 'drafts.publish',
  class: 'write',
  method: 'POST',
  path: '/schedules/drafts/{id}/publish',
});

export const rollback = operation({
  name: 'drafts.rollback',
  class: 'write',
  method: 'POST',
  path: '/schedules/drafts/{id}/rollback',
});
