/** Reads are public (docs/contract/api.md §5.14). Each works its figures out again, contingency included. */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { moment, pageOf, share, uuid } from './shapes.ts';

const utilization = z.looseObject({
  utilization_rate: z.number(),
  level: z.string(),
  buffer_remaining: z.number(),
  wait_time_multiplier: z.number(),
});

const read = <const P extends string, R extends z.ZodType>(name: string, path: P, response: R) =>
  operation({ name, class: 'resilience', method: 'GET', path, roles: 'public', response });

/** Ask with `persist=false`: each call writes a row otherwise, and the table grows during a test. */
export const health = read(
  'resilience.health',
  '/resilience/health',
  z.looseObject({
    timestamp: moment,
    overall_status: z.enum(['healthy', 'warning', 'degraded', 'critical', 'emergency']),
    utilization,
    defense_level: z.string(),
    redundancy_status: z.array(z.looseObject({ service: z.string(), status: z.string() })),
    load_shedding_level: z.string(),
    crisis_mode: z.boolean(),
    n1_pass: z.boolean(),
    n2_pass: z.boolean(),
  }),
);

/** N-1, N-2 (with `include_n2`) and the centrality of each faculty member. Writes a row a call. */
export const vulnerability = read(
  'resilience.vulnerability',
  '/resilience/vulnerability',
  z.looseObject({
    analyzed_at: moment,
    n1_pass: z.boolean(),
    n2_pass: z.boolean(),
    n1_vulnerabilities: z.array(
      z.looseObject({ faculty_id: uuid, affected_blocks: z.number(), severity: z.string() }),
    ),
    n2_fatal_pairs: z.array(z.looseObject({ faculty1_id: uuid, faculty2_id: uuid })),
    most_critical_faculty: z.array(
      z.looseObject({ faculty_id: uuid, faculty_name: z.string(), centrality_score: z.number() }),
    ),
    recommended_actions: z.array(z.string()),
  }),
);

export const report = read(
  'resilience.report',
  '/resilience/report',
  z.looseObject({ generated_at: moment, overall_status: z.string(), components: z.unknown() }),
);

export const healthHistory = read(
  'resilience.health history',
  '/resilience/history/health',
  pageOf(
    z.looseObject({ id: uuid, timestamp: moment, overall_status: z.string(), utilization_rate: z.number() }),
  ),
);

export const eventHistory = read(
  'resilience.event history',
  '/resilience/history/events',
  pageOf(z.unknown()),
);

export const loadShedding = read(
  'resilience.load shedding',
  '/resilience/load-shedding',
  z.looseObject({
    level: z.string(),
    activities_suspended: z.array(z.string()),
    activities_protected: z.array(z.string()),
  }),
);

export const circuitBreakers = read(
  'resilience.circuit breakers',
  '/resilience/circuit-breakers',
  z.looseObject({}),
);

export const circuitBreakersHealth = read(
  'resilience.circuit breakers health',
  '/resilience/circuit-breakers/health',
  z.looseObject({}),
);

export const mtfCompliance = read(
  'resilience.mtf compliance',
  '/resilience/mtf-compliance',
  z.looseObject({ drrs_category: z.string(), mission_capability: z.string(), severity: z.string() }),
);

/** Calculates only, as the two below. */
export const utilizationThreshold = operation({
  name: 'resilience.utilization threshold',
  class: 'resilience',
  method: 'POST',
  path: '/resilience/utilization-threshold',
  roles: 'public',
  body: z.object({
    available_faculty: z.number().int().min(0),
    required_blocks: z.number().int().min(0),
    blocks_per_faculty_per_day: z.number().optional(),
    days_in_period: z.number().int().optional(),
  }),
  response: utilization.extend({ above_threshold: z.boolean(), message: z.string() }),
});

export const defenseLevel = operation({
  name: 'resilience.defense level',
  class: 'resilience',
  method: 'POST',
  path: '/resilience/defense-level',
  roles: 'public',
  body: z.object({ coverage_rate: share }),
  response: z.looseObject({ level: z.string(), level_number: z.number(), description: z.string() }),
});

/** How burn-out spreads, as an epidemic's reproduction number. */
export const burnout = operation({
  name: 'resilience.burnout',
  class: 'resilience',
  method: 'POST',
  path: '/resilience/burnout/rt',
  roles: 'public',
  body: z.object({
    burned_out_provider_ids: z.array(uuid),
    time_window_days: z.number().int().min(7).max(90).optional(),
  }),
  response: z.looseObject({
    rt: z.number(),
    status: z.string(),
    secondary_cases: z.number(),
    time_window_days: z.number(),
    interventions: z.array(z.unknown()),
  }),
});

/** Asked for by the resilience hub; the contract has no such route (404). */
export const criticalIndex = operation({
  name: 'resilience.critical index',
  class: 'resilience',
  method: 'POST',
  path: '/resilience/unified-critical-index',
});
