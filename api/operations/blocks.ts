import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, half, listOf, uuid } from './shapes.ts';

const block = z.looseObject({
  id: uuid,
  date,
  time_of_day: half,
  block_number: z.number(),
  is_weekend: z.boolean(),
  is_holiday: z.boolean(),
});

export const list = operation({
  name: 'blocks.list',
  class: 'crud',
  method: 'GET',
  path: '/blocks',
  roles: 'public',
  response: listOf(block),
});

export const read = operation({
  name: 'blocks.read',
  class: 'crud',
  method: 'GET',
  path: '/blocks/{id}',
  roles: 'public',
  response: block,
});

export const create = operation({
  name: 'blocks.create',
  class: 'write',
  method: 'POST',
  path: '/blocks',
  body: z.object({ date, time_of_day: half, block_number: z.number().int().min(0).max(14) }),
  response: block,
});

/** Of the days in its query; those that are there are left. */
export const generate = operation({
  name: 'blocks.generate',
  class: 'write',
  method: 'POST',
  path: '/blocks/generate',
  response: listOf(block),
});

/** Answers 500 on the real application after its commit: a known defect. */
export const remove = operation({
  name: 'blocks.delete',
  class: 'write',
  method: 'DELETE',
  path: '/blocks/{id}',
});

/** The academic year view asks for it once per block. */
export const dashboard = operation({
  name: 'blocks.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/block-scheduler/dashboard',
  response: z.looseObject({ block_number: z.number(), academic_year: z.number() }),
});
