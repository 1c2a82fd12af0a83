import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, listOf, uuid } from './shapes.ts';

export const list = operation({
  name: 'calls.list',
  class: 'crud',
  method: 'GET',
  path: '/call-assignments',
  response: listOf(z.looseObject({ id: uuid, date, person_id: uuid, call_type: z.string() })),
});

const write = <const P extends string>(name: string, method: 'POST' | 'PUT' | 'DELETE', path: P) =>
  operation({ name, class: 'write', method, path });

export const create = write('calls.create', 'POST', '/call-assignments');
export const update = write('calls.update', 'PUT', '/call-assignments/{id}');
export const remove = write('calls.delete', 'DELETE', '/call-assignments/{id}');
export const updateBulk = write('calls.update bulk', 'POST', '/call-assignments/bulk-update');
export const generatePostCall = write('calls.generate post-call', 'POST', '/call-assignments/generate-pcat');

/** Calculates only. */
export const equityPreview = operation({
  name: 'calls.equity preview',
  class: 'complex',
  method: 'POST',
  path: '/call-assignments/equity-preview',
});
