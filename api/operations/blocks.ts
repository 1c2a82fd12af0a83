import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, half, listOf, uuid } from './shapes.ts';

const block = z.looseObject({ id: uuid, date, time_of_day: half, block_number: z.number() });

export const list = operation({
  name: 'blocks.list',
  class: 'crud',
  method: 'GET',
  path: '/blocks',
  response: listOf(block),
});

export const read = operation({
  name: 'blocks.read',
  class: 'crud',
  method: 'GET',
  path: '/blocks/{id}',
  response: block,
});

/** The academic year view asks for it once per block. */
export const dashboard = operation({
  name: 'blocks.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/block-scheduler/dashboard',
});
