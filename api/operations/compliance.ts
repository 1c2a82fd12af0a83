/**
 * The contract has no compliance router: these are the endpoints that answer compliance questions
 * (docs/contract/api.md §5.13).
 */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, uuid } from './shapes.ts';

const away = z.looseObject({
  person_id: uuid,
  academic_year: z.string(),
  days_used: z.number(),
  days_remaining: z.number(),
  threshold_status: z.enum(['ok', 'warning', 'critical', 'exceeded']),
});

/** One query per resident. */
export const awayFromProgram = operation({
  name: 'compliance.away from program',
  class: 'complex',
  method: 'GET',
  path: '/absences/compliance/away-from-program',
  response: z.looseObject({
    academic_year: z.string(),
    residents: z.array(z.looseObject({ person_id: uuid, days_used: z.number() })),
    summary: z.looseObject({ total_residents: z.number(), by_status: z.looseObject({}) }),
  }),
});

export const awayOfResident = operation({
  name: 'compliance.away of resident',
  class: 'crud',
  method: 'GET',
  path: '/absences/residents/{id}/away-from-program',
  response: away.extend({ max_days: z.number(), warning_days: z.number(), absences: z.array(z.unknown()) }),
});

/** Hours and fatigue of one resident. Answers 500 on the real application, always: a known defect. */
export const workHours = operation({
  name: 'compliance.work hours',
  class: 'complex',
  method: 'POST',
  path: '/fatigue-risk/resident/{id}/acgme-validation',
  roles: 'public',
  body: z.object({ resident_id: uuid, schedule_start: date, schedule_end: date }),
  response: z.looseObject({
    resident_id: uuid,
    acgme_compliant: z.boolean(),
    fatigue_compliant: z.boolean(),
    hours_summary: z.looseObject({ weekly_hours: z.number(), weekly_limit: z.number() }),
    fatigue_risk_periods: z.array(z.unknown()),
    recommendations: z.array(z.string()),
  }),
});

export const fairnessAudit = operation({
  name: 'compliance.fairness audit',
  class: 'complex',
  method: 'GET',
  path: '/fairness/audit',
  roles: 'public',
  response: z.looseObject({}),
});
