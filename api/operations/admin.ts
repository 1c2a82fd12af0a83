import { z } from 'zod';
import { operation } from '../operation.ts';

export const dashboard = operation({
  name: 'admin.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/admin/dashboard/summary',
  response: z.looseObject({ timestamp: z.string(), users: z.unknown(), people: z.unknown() }),
});

const read = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'crud', method: 'GET', path });
const write = <const P extends string>(name: string, method: 'POST' | 'PATCH' | 'DELETE', path: P) =>
  operation({ name, class: 'write', method, path });

export const breakGlass = read('admin.break-glass', '/admin/dashboard/break-glass');
export const users = read('admin.users', '/admin/users');
export const activityLog = read('admin.activity log', '/admin/users/activity-log');
export const createUser = write('admin.create user', 'POST', '/admin/users');
export const updateUser = write('admin.update user', 'PATCH', '/admin/users/{id}');
export const removeUser = write('admin.delete user', 'DELETE', '/admin/users/{id}');
export const lockUser = write('admin.lock user', 'POST', '/admin/users/{id}/lock');
export const updateUsers = write('admin.update users', 'POST', '/admin/users/bulk');

export const settings = read('settings.read', '/settings');
export const saveSettings = write('settings.save', 'POST', '/settings');
export const health = read('health.dashboard', '/health/dashboard');
