/** What concerns the caller. */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { moment, pageOf, text, uuid } from './shapes.ts';

/** The first call of a user also writes a calendar subscription. 404 when no person has the user's e-mail. */
export const dashboard = operation({
  name: 'me.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/me/dashboard',
  response: z.looseObject({
    user: z.looseObject({ id: uuid, name: z.string(), role: z.string() }),
    upcoming_schedule: z.array(z.looseObject({ date: z.string(), time_of_day: z.string() })),
    pending_swaps: z.array(z.unknown()),
    absences: z.array(z.unknown()),
    summary: z.looseObject({ pending_swap_count: z.number(), upcoming_absences_count: z.number() }),
  }),
});

const notification = z.looseObject({
  id: uuid,
  recipient_id: uuid,
  notification_type: z.string(),
  subject: text,
  is_read: z.boolean(),
  read_at: text,
  created_at: moment,
});

/**
 * Empty for a user without a person. Through the pages' origin the target answers 308 to the path without the slash, and to that
 * 307 to the one with it: a known defect.
 */
export const notifications = operation({
  name: 'me.notifications',
  class: 'crud',
  method: 'GET',
  path: '/notifications/',
  response: pageOf(notification).extend({ pages: z.number() }),
});

export const readNotification = operation({
  name: 'me.read notification',
  class: 'write',
  method: 'PATCH',
  path: '/notifications/{id}/read',
});

export const readAllNotifications = operation({
  name: 'me.read all notifications',
  class: 'write',
  method: 'PATCH',
  path: '/notifications/read-all',
  response: z.looseObject({ success: z.boolean(), message: z.string(), count: z.number() }),
});

/** Tells of limits that nothing enforces (docs/contract/api.md §2.4). */
export const rateLimits = operation({
  name: 'me.rate limits',
  class: 'crud',
  method: 'GET',
  path: '/rate-limit/status',
  response: z.looseObject({
    tier: z.string(),
    limits: z.looseObject({ per_minute: z.number(), per_hour: z.number() }),
    remaining: z.looseObject({ per_minute: z.number(), per_hour: z.number() }),
  }),
});
