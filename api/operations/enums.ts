import { z } from 'zod';
import { operation } from '../operation.ts';

const options = z.array(z.looseObject({ value: z.unknown(), label: z.string() }));

/** One name for all lists of choices: they are the same static read. */
export const read = operation({
  name: 'enums.read',
  class: 'crud',
  method: 'GET',
  path: '/enums/{list}',
  roles: 'public',
  response: options,
});
