import { z } from 'zod';
import { operation } from '../operation.ts';
import { listOf, uuid } from './shapes.ts';

const template = z.looseObject({ id: uuid, name: z.string(), rotation_type: z.string() });

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
});

export const update = operation({
  name: 'rotations.update',
  class: 'write',
  method: 'PUT',
  path: '/rotation-templates/{id}',
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
});
