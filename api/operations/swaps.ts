import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, moment, pageOf, SCHEDULERS, STAFF, text, uuid } from './shapes.ts';

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

const record = z.looseObject({
  id: uuid,
  source_faculty_id: uuid,
  source_faculty_name: z.string(),
  source_week: date,
  target_faculty_id: uuid,
  target_faculty_name: z.string(),
  target_week: date.nullish(),
  swap_type: z.enum(['one_to_one', 'absorb']),
  status: z.enum(['pending', 'approved', 'executed', 'rejected', 'cancelled', 'rolled_back']),
  reason: text,
  requested_at: moment,
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
  response: z.looseObject({
    success: z.boolean(),
    swap_id: uuid.nullish(),
    message: z.string(),
    validation: swapValidation,
  }),
});

/** Answers 500 on the real application when the swap is valid: a known defect. The portal's own way works. */
export const request = operation({
  name: 'swaps.request',
  class: 'business',
  method: 'POST',
  path: '/swaps/request',
  roles: STAFF,
  body: swapRequest,
  response: z.looseObject({
    success: z.boolean(),
    swap_id: uuid.nullish(),
    status: z.string(),
    message: z.string(),
  }),
});

const decided = z.looseObject({ success: z.boolean(), status: z.string(), message: z.string() });

/** Answers 500 on the real application for every swap that there is, as `executeApproved` does: known defects. */
export const approve = operation({
  name: 'swaps.approve',
  class: 'business',
  method: 'POST',
  path: '/swaps/{id}/approval',
  roles: SCHEDULERS,
  body: z.object({ approved: z.boolean(), notes: z.string().min(1).max(500).optional() }),
  response: decided,
});

export const executeApproved = operation({
  name: 'swaps.execute approved',
  class: 'business',
  method: 'POST',
  path: '/swaps/{id}/execute',
  roles: SCHEDULERS,
  response: decided,
});

export const history = operation({
  name: 'swaps.history',
  class: 'business',
  method: 'GET',
  path: '/swaps/history',
  response: pageOf(record).extend({ pages: z.number() }),
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
  response: record,
});

/** Asked for by the Admin Actions tab; the contract has no such route (404). */
export const recent = operation({
  name: 'swaps.recent',
  class: 'business',
  method: 'GET',
  path: '/swaps',
});
