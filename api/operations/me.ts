import { z } from 'zod';
import { operation } from '../operation.ts';

/** The first call of a user also writes a calendar subscription. 404 when no person has the user's e-mail. */
export const dashboard = operation({
  name: 'me.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/me/dashboard',
  response: z.looseObject({
    user: z.looseObject({ id: z.string(), name: z.string() }),
    upcoming_schedule: z.array(z.unknown()),
    absences: z.array(z.unknown()),
  }),
});

export const notifications = operation({
  name: 'me.notifications',
  class: 'crud',
  method: 'GET',
  path: '/notifications/',
});
