import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, FACULTY, moment, STAFF, text, uuid } from './shapes.ts';

const swap = z.looseObject({
  id: uuid,
  other_faculty_name: z.string(),
  week_to_give: date.nullish(),
  week_to_receive: date.nullish(),
  status: z.string(),
  created_at: moment,
  is_incoming: z.boolean(),
});

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
  roles: FACULTY,
  response: z.looseObject({
    faculty_id: uuid,
    faculty_name: z.string(),
    fmit_weeks: z.array(week),
    total_weeks_assigned: z.number(),
    target_weeks: z.number(),
    weeks_remaining: z.number(),
  }),
});

export const mySwaps = operation({
  name: 'portal.my swaps',
  class: 'business',
  method: 'GET',
  path: '/portal/my/swaps',
  roles: FACULTY,
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
  roles: FACULTY,
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
  roles: FACULTY,
  body: z.object({ accept: z.boolean(), notes: z.string().max(500).optional() }),
  response: z.looseObject({ success: z.boolean(), message: z.string(), swap_id: uuid, status: z.string() }),
});

export const marketplace = operation({
  name: 'portal.marketplace',
  class: 'business',
  method: 'GET',
  path: '/portal/marketplace',
  roles: STAFF,
  response: z.looseObject({
    entries: z.array(
      z.looseObject({
        request_id: uuid,
        requesting_faculty_name: z.string(),
        week_available: date,
        reason: text,
        posted_at: moment,
        is_compatible: z.boolean(),
      }),
    ),
    total: z.number(),
    my_postings: z.number(),
  }),
});

/** 1–4, 1–2, 1–4 and 1–14. */
const wishes = z.object({
  preferred_weeks: z.array(date),
  blocked_weeks: z.array(date),
  max_weeks_per_month: z.number().int(),
  max_consecutive_weeks: z.number().int(),
  min_gap_between_weeks: z.number().int(),
  notify_reminder_days: z.number().int(),
  notes: text,
});
const preferenceAnswer = wishes.extend({ faculty_id: uuid }).loose();

export const preferences = operation({
  name: 'portal.preferences',
  class: 'crud',
  method: 'GET',
  path: '/portal/my/preferences',
  roles: FACULTY,
  response: preferenceAnswer,
});

/** What is left out stays as it is. */
export const updatePreferences = operation({
  name: 'portal.update preferences',
  class: 'write',
  method: 'PUT',
  path: '/portal/my/preferences',
  roles: FACULTY,
  body: wishes.partial(),
  response: preferenceAnswer,
});

export const dashboard = operation({
  name: 'portal.dashboard',
  class: 'complex',
  method: 'GET',
  path: '/portal/my/dashboard',
  roles: FACULTY,
  response: z.looseObject({
    faculty_id: uuid,
    faculty_name: z.string(),
    stats: z.looseObject({ weeks_assigned: z.number(), pending_swap_requests: z.number() }),
    upcoming_weeks: z.array(z.unknown()),
    recent_alerts: z.array(z.unknown()),
    pending_swap_decisions: z.array(z.unknown()),
  }),
});
