import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, moment, pageOf, text, uuid } from './shapes.ts';

const absence = z.looseObject({
  id: uuid,
  person_id: uuid,
  start_date: date,
  end_date: date,
  absence_type: z.string(),
  status: z.string(),
  notes: text,
  is_away_from_program: z.boolean(),
  created_at: moment,
});

const newAbsence = z.object({
  person_id: uuid,
  start_date: date,
  end_date: date,
  absence_type: z.string(),
  notes: z.string().max(1000).optional(),
  is_away_from_program: z.boolean().optional(),
});

const several = z.object({ absences: z.array(newAbsence).min(1).max(500) });

export const list = operation({
  name: 'absences.list',
  class: 'crud',
  method: 'GET',
  path: '/absences',
  response: pageOf(absence),
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

/** Says what an import would do, and does nothing. */
export const previewBulk = operation({
  name: 'absences.preview bulk',
  class: 'complex',
  method: 'POST',
  path: '/absences/bulk/preview',
  body: several,
  response: z.looseObject({
    valid: z.array(z.unknown()),
    errors: z.array(z.looseObject({ index: z.number(), message: z.string() })),
    summary: z.looseObject({}),
  }),
});

/** Its answer counts and names none of those it made. */
export const createBulk = operation({
  name: 'absences.create bulk',
  class: 'write',
  method: 'POST',
  path: '/absences/bulk/apply',
  body: several,
  response: z.looseObject({ created: z.number(), skipped: z.number(), errors: z.array(z.unknown()) }),
});
