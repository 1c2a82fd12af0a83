import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, uuid } from './shapes.ts';

const swap = z.looseObject({ id: uuid, other_faculty_name: z.string(), status: z.string() });

const week = z.looseObject({
  /** A Monday. */
  week_start: date,
  week_end: date,
  is_past: z.boolean(),
  has_conflict: z.boolean(),
  can_request_swap: z.boolean(),
  pending_swap_request: z.unknown(),
});

export const mySchedule = operation({
  name: 'portal.my schedule',
  class: 'complex',
  method: 'GET',
  path: '/portal/my/schedule',
  response: z.looseObject({ faculty_id: uuid, faculty_name: z.string(), fmit_weeks: z.array(week) }),
});

export const mySwaps = operation({
  name: 'portal.my swaps',
  class: 'business',
  method: 'GET',
  path: '/portal/my/swaps',
  response: z.looseObject({
    incoming_requests: z.array(swap),
    outgoing_requests: z.array(swap),
    recent_swaps: z.array(swap),
  }),
});

export const requestSwap = operation({
  name: 'portal.request swap',
  class: 'business',
  method: 'POST',
  path: '/portal/my/swaps',
  body: z.object({
    week_to_offload: date,
    preferred_target_faculty_id: uuid.optional(),
    reason: z.string().max(500).optional(),
    auto_find_candidates: z.boolean().optional(),
  }),
  response: z.looseObject({ success: z.boolean(), request_id: uuid.nullish(), message: z.string() }),
});

export const respondToSwap = operation({
  name: 'portal.respond to swap',
  class: 'business',
  method: 'POST',
  path: '/portal/my/swaps/{id}/respond',
  body: z.object({ accept: z.boolean(), notes: z.string().max(500).optional() }),
  response: z.looseObject({ success: z.boolean(), message: z.string(), swap_id: uuid, status: z.string() }),
});

export const marketplace = operation({
  name: 'portal.marketplace',
  class: 'business',
  method: 'GET',
  path: '/portal/marketplace',
  response: z.looseObject({
    entries: z.array(
      z.looseObject({
        request_id: uuid,
        requesting_faculty_name: z.string(),
        reason: z.string().nullish(),
      }),
    ),
    total: z.number(),
    my_postings: z.number(),
  }),
});

export const preferences = operation({
  name: 'portal.preferences',
  class: 'crud',
  method: 'GET',
  path: '/portal/my/preferences',
});

export const updatePreferences = operation({
  name: 'portal.update preferences',
  class: 'write',
  method: 'PUT',
  path: '/portal/my/preferences',
});

export const dashboard = operation({
  name: 'portal.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/portal/my/dashboard',
});
