import { z } from 'zod';
import { operation } from '../operation.ts';

const utilization = z.looseObject({ utilization_rate: z.number(), level: z.string() });

/** Ask with `persist=false`: each call writes a row otherwise, and the table grows during a test. */
export const health = operation({
  name: 'resilience.health',
  class: 'resilience',
  method: 'GET',
  path: '/resilience/health',
  response: z.looseObject({
    overall_status: z.string(),
    utilization,
    defense_level: z.string(),
    n1_pass: z.boolean(),
    n2_pass: z.boolean(),
  }),
});

export const vulnerability = operation({
  name: 'resilience.vulnerability',
  class: 'resilience',
  method: 'GET',
  path: '/resilience/vulnerability',
  response: z.looseObject({
    n1_pass: z.boolean(),
    n2_pass: z.boolean(),
    n1_vulnerabilities: z.array(z.unknown()),
    most_critical_faculty: z.array(z.unknown()),
  }),
});

export const utilizationThreshold = operation({
  name: 'resilience.utilization threshold',
  class: 'resilience',
  method: 'POST',
  path: '/resilience/utilization-threshold',
  body: z.object({
    available_faculty: z.number().int().min(0),
    required_blocks: z.number().int().min(0),
    blocks_per_faculty_per_day: z.number().optional(),
    days_in_period: z.number().int().optional(),
  }),
  response: z.looseObject({ utilization_rate: z.number(), level: z.string(), buffer_remaining: z.number() }),
});

export const defenseLevel = operation({
  name: 'resilience.defense level',
  class: 'resilience',
  method: 'POST',
  path: '/resilience/defense-level',
  body: z.object({ coverage_rate: z.number().min(0).max(1) }),
});

const read = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'resilience', method: 'GET', path });

export const report = read('resilience.report', '/resilience/report');
export const healthHistory = read('resilience.health history', '/resilience/history/health');
export const circuitBreakers = read('resilience.circuit breakers', '/resilience/circuit-breakers');
export const circuitBreakersHealth = read(
  'resilience.circuit breakers health',
  '/resilience/circuit-breakers/health',
);
export const mtfCompliance = read('resilience.mtf compliance', '/resilience/mtf-compliance');

/** Asked for by the resilience hub; the contract has no such route (404). */
export const criticalIndex = operation({
  name: 'resilience.critical index',
  class: 'resilience',
  method: 'POST',
  path: '/resilience/unified-critical-index',
});
