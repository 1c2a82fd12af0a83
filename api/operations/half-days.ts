import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, half, moment, SCHEDULERS, text, uuid } from './shapes.ts';

const halfDay = z.looseObject({
  id: uuid,
  person_id: uuid,
  person_name: text,
  date,
  time_of_day: half,
  activity_id: uuid.nullish(),
  activity_code: text,
  source: z.enum(['preload', 'manual', 'solver', 'template']),
  is_locked: z.boolean(),
  is_gap: z.boolean(),
  created_at: moment,
  updated_at: moment,
});

/** Of a block (number and year) or of a range of days; not paged: over 1 MB for 40 people and a block. */
export const list = operation({
  name: 'half-days.list',
  class: 'complex',
  method: 'GET',
  path: '/half-day-assignments',
  roles: 'public',
  response: z.looseObject({ assignments: z.array(halfDay), total: z.number() }),
});

export const update = operation({
  name: 'half-days.update',
  class: 'write',
  method: 'PATCH',
  path: '/half-day-assignments/{id}',
  roles: SCHEDULERS,
  body: z.object({ activity_code: z.string().optional(), override_reason: z.string().optional() }),
  response: halfDay,
});

/** All of a range that solver and templates made: there is no way back. */
export const removeRange = operation({
  name: 'half-days.delete range',
  class: 'write',
  method: 'DELETE',
  path: '/half-day-assignments',
  roles: SCHEDULERS,
  response: z.looseObject({ deleted: z.number(), sources: z.array(z.string()) }),
});
