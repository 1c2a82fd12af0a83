import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, listOf, uuid } from './shapes.ts';

const absence = z.looseObject({
  id: uuid,
  person_id: uuid,
  start_date: date,
  end_date: date,
  absence_type: z.string(),
  notes: z.string().nullish(),
});

const newAbsence = z.object({
  person_id: uuid,
  start_date: date,
  end_date: date,
  absence_type: z.string(),
  notes: z.string().max(1000).optional(),
  is_away_from_program: z.boolean().optional(),
});

export const list = operation({
  name: 'absences.list',
  class: 'crud',
  method: 'GET',
  path: '/absences',
  response: listOf(absence),
});

export const read = operation({
  name: 'absences.read',
  class: 'crud',
  method: 'GET',
  path: '/absences/{id}',
  response: absence,
});

export const create = operation({
  name: 'absences.create',
  class: 'write',
  method: 'POST',
  path: '/absences',
  body: newAbsence,
  response: absence,
});

export const update = operation({
  name: 'absences.update',
  class: 'write',
  method: 'PUT',
  path: '/absences/{id}',
  body: newAbsence.omit({ person_id: true }).partial(),
  response: absence,
});

export const remove = operation({
  name: 'absences.delete',
  class: 'write',
  method: 'DELETE',
  path: '/absences/{id}',
});
