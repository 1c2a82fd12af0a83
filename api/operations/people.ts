import { z } from 'zod';
import { operation } from '../operation.ts';
import { listOf, uuid } from './shapes.ts';

const person = z.looseObject({
  id: uuid,
  name: z.string(),
  type: z.enum(['resident', 'faculty']),
  email: z.string().nullish(),
  pgy_level: z.number().nullish(),
});

const newPerson = z.object({
  name: z.string().min(1).max(100),
  type: z.enum(['resident', 'faculty']),
  email: z.email().optional(),
  pgy_level: z.number().int().min(1).max(3).optional(),
  performs_procedures: z.boolean().optional(),
  specialties: z.array(z.string().min(1).max(50)).max(10).optional(),
});

const outcome = z.looseObject({ total: z.number(), succeeded: z.number(), failed: z.number() });

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

export const updateBatch = operation({
  name: 'people.update batch',
  class: 'write',
  method: 'PUT',
  path: '/people/batch',
});

export const removeBatch = operation({
  name: 'people.delete batch',
  class: 'write',
  method: 'POST',
  path: '/people/batch/delete',
  body: z.object({ person_ids: z.array(uuid).min(1).max(100), dry_run: z.boolean().optional() }),
  response: outcome,
});
