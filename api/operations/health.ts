/**
 * Health below the API base (docs/contract/api.md §5.2). Of the services that ask Celery only the dashboard
 * has a name, which the pages ask for: each call of it may hold the target up for ten seconds.
 */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { moment } from './shapes.ts';

/** Static: does not touch the database. */
export const live = operation({
  name: 'health.live',
  class: 'crud',
  method: 'GET',
  path: '/health/live',
  roles: 'public',
  response: z.looseObject({ status: z.string(), timestamp: moment, service: z.string() }),
});

export const ready = operation({
  name: 'health.ready',
  class: 'crud',
  method: 'GET',
  path: '/health/ready',
  roles: 'public',
  response: z.looseObject({ status: z.string(), database: z.boolean(), redis: z.boolean() }),
});

export const dashboard = operation({
  name: 'health.dashboard',
  class: 'crud',
  method: 'GET',
  path: '/health/dashboard',
  roles: 'public',
  response: z.looseObject({ status: z.string(), timestamp: moment, services: z.looseObject({}) }),
});
