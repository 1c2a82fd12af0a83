import { z } from 'zod';
import { operation } from '../operation.ts';
import { listOf, moment, text, uuid } from './shapes.ts';

const template = z.looseObject({
  id: uuid,
  name: z.string(),
  rotation_type: z.string(),
  template_category: z.string(),
  abbreviation: text,
  max_residents: z.number().nullish(),
  created_at: moment,
  is_archived: z.boolean(),
});

const newTemplate = z.object({
  name: z.string().min(1).max(255),
  rotation_type: z.enum(['inpatient', 'outpatient']),
  abbreviation: z.string().max(255).optional(),
  max_residents: z.number().int().min(1).optional(),
  supervision_required: z.boolean().optional(),
});

export const list = operation({
  name: 'rotations.list',
  class: 'crud',
  method: 'GET',
  path: '/rotation-templates',
  response: listOf(template),
});

export const read = operation({
  name: 'rotations.read',
  class: 'crud',
  method: 'GET',
  path: '/rotation-templates/{id}',
  response: template,
});

export const create = operation({
  name: 'rotations.create',
  class: 'write',
  method: 'POST',
  path: '/rotation-templates',
  body: newTemplate,
  statuses: [201],
  response: template,
});

export const update = operation({
  name: 'rotations.update',
  class: 'write',
  method: 'PUT',
  path: '/rotation-templates/{id}',
  body: newTemplate.partial(),
  response: template,
});

/** One that assignments refer to cannot be removed (500). */
export const remove = operation({
  name: 'rotations.delete',
  class: 'write',
  method: 'DELETE',
  path: '/rotation-templates/{id}',
});

export const archive = operation({
  name: 'rotations.archive',
  class: 'write',
  method: 'PUT',
  path: '/rotation-templates/{id}/archive',
  response: template,
});

export const restore = operation({
  name: 'rotations.restore',
  class: 'write',
  method: 'PUT',
  path: '/rotation-templates/{id}/restore',
  response: template,
});

export const patterns = operation({
  name: 'rotations.patterns',
  class: 'crud',
  method: 'GET',
  path: '/rotation-templates/{id}/patterns',
});

export const activities = operation({
  name: 'activities.list',
  class: 'crud',
  method: 'GET',
  path: '/activities',
  response: z.looseObject({
    activities: z.array(z.looseObject({ id: uuid, code: z.string(), name: z.string() })),
    total: z.number(),
  }),
});
