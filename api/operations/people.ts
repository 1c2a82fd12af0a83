import { z } from 'zod';
import { operation } from '../operation.ts';
import { listOf, moment, text, uuid } from './shapes.ts';

const person = z.looseObject({
  id: uuid,
  name: z.string(),
  type: z.enum(['resident', 'faculty']),
  email: text,
  pgy_level: z.number().nullish(),
  performs_procedures: z.boolean(),
  specialties: z.array(z.string()).nullish(),
  created_at: moment,
  updated_at: moment,
  sunday_call_count: z.number(),
  weekday_call_count: z.number(),
  fmit_weeks_count: z.number(),
});

const newPerson = z.object({
  name: z.string().min(1).max(100),
  type: z.enum(['resident', 'faculty']),
  email: z.email().optional(),
  pgy_level: z.number().int().min(1).max(3).optional(),
  performs_procedures: z.boolean().optional(),
  specialties: z.array(z.string().min(1).max(50)).max(10).optional(),
});

const outcome = z.looseObject({
  operation_type: z.string(),
  total: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  results: z.array(z.looseObject({ index: z.number(), success: z.boolean() })),
  dry_run: z.boolean(),
});

export const list = operation({
  name: 'people.list',
  class: 'crud',
  method: 'GET',
  path: '/people',
  response: listOf(person),
});

export const residents = operation({
  name: 'people.residents',
  class: 'crud',
  method: 'GET',
  path: '/people/residents',
  response: listOf(person),
});

export const faculty = operation({
  name: 'people.faculty',
  class: 'crud',
  method: 'GET',
  path: '/people/faculty',
  response: listOf(person),
});

export const read = operation({
  name: 'people.read',
  class: 'crud',
  method: 'GET',
  path: '/people/{id}',
  response: person,
});

export const create = operation({
  name: 'people.create',
  class: 'write',
  method: 'POST',
  path: '/people',
  body: newPerson,
  response: person,
});

export const update = operation({
  name: 'people.update',
  class: 'write',
  method: 'PUT',
  path: '/people/{id}',
  body: newPerson.partial(),
  response: person,
});

export const remove = operation({
  name: 'people.delete',
  class: 'write',
  method: 'DELETE',
  path: '/people/{id}',
});

/** All of them or none. */
export const createBatch = operation({
  name: 'people.create batch',
  class: 'write',
  method: 'POST',
  path: '/people/batch',
  body: z.object({ people: z.array(newPerson).min(1).max(100), dry_run: z.boolean().optional() }),
  statuses: [201],
  response: outcome.extend({ created_ids: z.array(uuid).nullish() }),
});

/** Answers 422 always: another route takes its path (docs/contract/api.md §7). A known defect. */
export const updateBatch = operation({
  name: 'people.update batch',
  class: 'write',
  method: 'PUT',
  path: '/people/batch',
  body: z.object({
    people: z.array(z.object({ person_id: uuid, updates: newPerson.partial() })).min(1),
    dry_run: z.boolean().optional(),
  }),
  response: outcome,
});

export const removeBatch = operation({
  name: 'people.delete batch',
  class: 'write',
  method: 'POST',
  path: '/people/batch/delete',
  body: z.object({ person_ids: z.array(uuid).min(1).max(100), dry_run: z.boolean().optional() }),
  response: outcome,
});
