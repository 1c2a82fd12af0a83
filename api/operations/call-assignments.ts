import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, listOf, SCHEDULERS, STAFF, text, uuid } from './shapes.ts';

/** As the page's dialog offers it. */
const callType = z.enum(['sunday', 'weekday', 'holiday', 'backup']);
/** As the database holds it (docs/contract/api.md §5.16). */
const storedType = z.enum(['overnight', 'weekend', 'backup']);

const call = z.looseObject({
  id: uuid,
  date,
  person_id: uuid,
  call_type: storedType,
  is_weekend: z.boolean(),
  is_holiday: z.boolean(),
  person: z.looseObject({ id: uuid, name: z.string(), faculty_role: text }).nullish(),
});

export const list = operation({
  name: 'calls.list',
  class: 'crud',
  method: 'GET',
  path: '/call-assignments',
  response: listOf(call).extend({ skip: z.number(), limit: z.number() }),
});

export const read = operation({
  name: 'calls.read',
  class: 'crud',
  method: 'GET',
  path: '/call-assignments/{id}',
  response: call,
});

export const ofPerson = operation({
  name: 'calls.of person',
  class: 'crud',
  method: 'GET',
  path: '/call-assignments/by-person/{id}',
  response: listOf(call),
});

export const ofDate = operation({
  name: 'calls.of date',
  class: 'crud',
  method: 'GET',
  path: '/call-assignments/by-date/{date}',
  response: listOf(call),
});

export const coverage = operation({
  name: 'calls.coverage',
  class: 'complex',
  method: 'GET',
  path: '/call-assignments/reports/coverage',
  roles: SCHEDULERS,
  response: z.looseObject({ start_date: date, end_date: date }),
});

export const equity = operation({
  name: 'calls.equity',
  class: 'complex',
  method: 'GET',
  path: '/call-assignments/reports/equity',
  roles: SCHEDULERS,
  response: z.looseObject({ start_date: date, end_date: date }),
});

/** The day has another name than in the answer. */
const newCall = z.object({
  call_date: date,
  person_id: uuid,
  call_type: callType,
  is_weekend: z.boolean().optional(),
  is_holiday: z.boolean().optional(),
});

/** Answers 500 on the real application, always: a known defect. */
export const create = operation({
  name: 'calls.create',
  class: 'write',
  method: 'POST',
  path: '/call-assignments',
  roles: STAFF,
  body: newCall,
  response: call,
});

export const update = operation({
  name: 'calls.update',
  class: 'write',
  method: 'PUT',
  path: '/call-assignments/{id}',
  roles: STAFF,
  body: newCall.partial(),
  response: call,
});

export const remove = operation({
  name: 'calls.delete',
  class: 'write',
  method: 'DELETE',
  path: '/call-assignments/{id}',
  roles: STAFF,
});

export const updateBulk = operation({
  name: 'calls.update bulk',
  class: 'write',
  method: 'POST',
  path: '/call-assignments/bulk-update',
  roles: SCHEDULERS,
  body: z.object({ assignment_ids: z.array(uuid).min(1), person_id: uuid.optional() }),
  response: z.looseObject({}),
});

export const generatePostCall = operation({
  name: 'calls.generate post-call',
  class: 'write',
  method: 'POST',
  path: '/call-assignments/generate-pcat',
  roles: SCHEDULERS,
  body: z.object({ assignment_ids: z.array(uuid).min(1) }),
  response: z.looseObject({}),
});

/** Calculates only. */
export const equityPreview = operation({
  name: 'calls.equity preview',
  class: 'complex',
  method: 'POST',
  path: '/call-assignments/equity-preview',
  roles: SCHEDULERS,
  body: z.object({ start_date: date, end_date: date }),
  response: z.looseObject({ start_date: date, end_date: date }),
});
