import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, half, listOf, uuid } from './shapes.ts';

const assignment = z.looseObject({
  id: uuid,
  block_id: uuid,
  person_id: uuid,
  rotation_template_id: uuid.nullish(),
  role: z.string(),
  notes: z.string().nullish(),
});

const halfDay = z.looseObject({
  id: uuid,
  person_id: uuid,
  date,
  time_of_day: half,
  source: z.string(),
});

/** `complex`: with a large page the heaviest plain read of the contract. */
export const list = operation({
  name: 'assignments.list',
  class: 'complex',
  method: 'GET',
  path: '/assignments',
  response: listOf(assignment),
});

export const read = operation({
  name: 'assignments.read',
  class: 'crud',
  method: 'GET',
  path: '/assignments/{id}',
  response: assignment,
});

export const remove = operation({
  name: 'assignments.delete',
  class: 'write',
  method: 'DELETE',
  path: '/assignments/{id}',
});

export const dailyManifest = operation({
  name: 'assignments.daily manifest',
  class: 'complex',
  method: 'GET',
  path: '/assignments/daily-manifest/v2',
  response: z.looseObject({ date, clinic_coverage: z.array(z.unknown()) }),
});

export const halfDays = operation({
  name: 'half-days.list',
  class: 'complex',
  method: 'GET',
  path: '/half-day-assignments',
  response: z.looseObject({ assignments: z.array(halfDay), total: z.number() }),
});

export const updateHalfDay = operation({
  name: 'half-days.update',
  class: 'write',
  method: 'PATCH',
  path: '/half-day-assignments/{id}',
  body: z.object({ activity_code: z.string().optional(), override_reason: z.string().optional() }),
});
