import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, listOf, uuid } from './shapes.ts';

const swapRequest = z.object({
  source_faculty_id: uuid,
  source_week: date,
  target_faculty_id: uuid,
  target_week: date.optional(),
  swap_type: z.enum(['one_to_one', 'absorb']),
  reason: z.string().min(1).max(500).optional(),
});
export type SwapRequest = z.infer<typeof swapRequest>;

const swapValidation = z.looseObject({
  valid: z.boolean(),
  errors: z.array(z.string()),
  warnings: z.array(z.string()),
  back_to_back_conflict: z.boolean(),
  external_conflict: z.string().nullish(),
});

/** An invalid swap is a 200 with `valid: false`. */
export const validate = operation({
  name: 'swaps.validate',
  class: 'business',
  method: 'POST',
  path: '/swaps/validate',
  body: swapRequest,
  response: swapValidation,
});

/** Answers 500 on the real application when the swap is valid: a known defect, counted under this name. */
export const execute = operation({
  name: 'swaps.execute',
  class: 'business',
  method: 'POST',
  path: '/swaps/execute',
  body: swapRequest,
  response: z.looseObject({ success: z.boolean(), swap_id: uuid.nullish(), message: z.string() }),
});

export const request = operation({
  name: 'swaps.request',
  class: 'business',
  method: 'POST',
  path: '/swaps/request',
  body: swapRequest,
});

export const history = operation({
  name: 'swaps.history',
  class: 'business',
  method: 'GET',
  path: '/swaps/history',
  response: listOf(z.looseObject({ id: uuid, status: z.string(), reason: z.string().nullish() })),
});

/** Answers 500 on the real application, always: a known defect. Only within 24 hours of the execution. */
export const rollback = operation({
  name: 'swaps.rollback',
  class: 'business',
  method: 'POST',
  path: '/swaps/{id}/rollback',
  body: z.object({ reason: z.string().min(10).max(500) }),
  response: z.looseObject({ success: z.boolean(), message: z.string() }),
});

export const read = operation({
  name: 'swaps.read',
  class: 'business',
  method: 'GET',
  path: '/swaps/{id}',
});

/** Asked for by the Admin Actions tab; the contract has no such route (404). */
export const recent = operation({
  name: 'swaps.recent',
  class: 'business',
  method: 'GET',
  path: '/swaps',
});
