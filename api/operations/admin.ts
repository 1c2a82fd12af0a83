/**
 * Users, settings and overviews of the administration. The envelopes of users are camelCase
 * (docs/contract/api.md §5.17).
 */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { ADMIN, date, moment, SCHEDULERS, text, uuid } from './shapes.ts';

const counts = z.record(z.string(), z.number());

export const dashboard = operation({
  name: 'admin.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/admin/dashboard/summary',
  roles: SCHEDULERS,
  response: z.looseObject({ timestamp: moment, users: counts, people: counts }),
});

export const breakGlass = operation({
  name: 'admin.break-glass',
  class: 'crud',
  method: 'GET',
  path: '/admin/dashboard/break-glass',
  roles: SCHEDULERS,
  response: z.looseObject({}),
});

const user = z.looseObject({
  id: uuid,
  username: z.string(),
  email: z.string(),
  // Who was registered has no names: that asks for none.
  first_name: text,
  last_name: text,
  role: z.string(),
  is_active: z.boolean(),
  is_locked: z.boolean(),
  created_at: moment,
});

const pageOfUsers = <T extends z.ZodType>(item: T) =>
  z.looseObject({
    items: z.array(item),
    total: z.number(),
    page: z.number(),
    pageSize: z.number(),
    totalPages: z.number(),
  });

export const users = operation({
  name: 'admin.users',
  class: 'crud',
  method: 'GET',
  path: '/admin/users',
  roles: ADMIN,
  response: pageOfUsers(user),
});

export const activityLog = operation({
  name: 'admin.activity log',
  class: 'crud',
  method: 'GET',
  path: '/admin/users/activity-log',
  roles: ADMIN,
  response: pageOfUsers(z.looseObject({ id: uuid, action: z.string() })),
});

const newUser = z.object({
  email: z.email(),
  first_name: z.string().min(1).max(100),
  last_name: z.string().min(1).max(100),
  role: z.string(),
  username: z.string().min(3).max(100).optional(),
  /** An invitation needs the target's mail queue; without one its answer is 500 after the user was made. */
  send_invite: z.boolean().optional(),
});

export const createUser = operation({
  name: 'admin.create user',
  class: 'write',
  method: 'POST',
  path: '/admin/users',
  roles: ADMIN,
  body: newUser,
  statuses: [201],
  response: user,
});

export const updateUser = operation({
  name: 'admin.update user',
  class: 'write',
  method: 'PATCH',
  path: '/admin/users/{id}',
  roles: ADMIN,
  body: newUser.extend({ is_active: z.boolean() }).partial(),
  response: user,
});

export const removeUser = operation({
  name: 'admin.delete user',
  class: 'write',
  method: 'DELETE',
  path: '/admin/users/{id}',
  roles: ADMIN,
});

/** Switches the account off and on. */
export const lockUser = operation({
  name: 'admin.lock user',
  class: 'write',
  method: 'POST',
  path: '/admin/users/{id}/lock',
  roles: ADMIN,
  body: z.object({ locked: z.boolean(), reason: z.string().max(500).optional() }),
  response: z.looseObject({ userId: uuid, isLocked: z.boolean(), lockReason: text, message: z.string() }),
});

export const updateUsers = operation({
  name: 'admin.update users',
  class: 'write',
  method: 'POST',
  path: '/admin/users/bulk',
  roles: ADMIN,
  body: z.object({
    userIds: z.array(uuid).min(1).max(100),
    action: z.enum(['activate', 'deactivate', 'delete']),
  }),
  response: z.looseObject({
    action: z.string(),
    affectedCount: z.number(),
    successIds: z.array(uuid),
    failedIds: z.array(uuid),
    errors: z.array(z.string()),
    message: z.string(),
  }),
});

const allSettings = z.object({
  scheduling_algorithm: z.string(),
  work_hours_per_week: z.number().int().min(40).max(100),
  max_consecutive_days: z.number().int().min(1).max(7),
  min_days_off_per_week: z.number().int().min(1).max(3),
  pgy1_supervision_ratio: z.string(),
  pgy2_supervision_ratio: z.string(),
  pgy3_supervision_ratio: z.string(),
  enable_weekend_scheduling: z.boolean(),
  enable_holiday_scheduling: z.boolean(),
  default_block_duration_hours: z.number().int().min(1).max(12),
  schedule_lock_date: date.nullish(),
});
const settingsAnswer = allSettings.loose();

export const settings = operation({
  name: 'settings.read',
  class: 'crud',
  method: 'GET',
  path: '/settings',
  response: settingsAnswer,
});

/** What is left out falls back to its default. */
export const saveSettings = operation({
  name: 'settings.save',
  class: 'write',
  method: 'POST',
  path: '/settings',
  roles: ADMIN,
  body: settingsAnswer,
  response: settingsAnswer,
});

/** What is left out stays as it is. */
export const changeSettings = operation({
  name: 'settings.change',
  class: 'write',
  method: 'PATCH',
  path: '/settings',
  roles: ADMIN,
  body: allSettings.partial(),
  response: settingsAnswer,
});
