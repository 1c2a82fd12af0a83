import { isValue } from '../../measure/browser/route-pattern.ts';
import type { OperationClass } from '../../measure/run/samples.ts';
import type { Operation } from '../operation.ts';
import * as absences from './absences.ts';
import * as admin from './admin.ts';
import * as assignments from './assignments.ts';
import * as auth from './auth.ts';
import * as batch from './batch.ts';
import * as blocks from './blocks.ts';
import * as calls from './call-assignments.ts';
import * as compliance from './compliance.ts';
import * as drafts from './drafts.ts';
import * as enums from './enums.ts';
import * as halfDays from './half-days.ts';
import * as health from './health.ts';
import * as me from './me.ts';
import * as ops from './ops.ts';
import * as people from './people.ts';
import * as portal from './portal.ts';
import * as resilience from './resilience.ts';
import * as rotations from './rotation-templates.ts';
import * as schedule from './schedule.ts';
import * as swaps from './swaps.ts';

const GROUPS = {
  absences,
  admin,
  assignments,
  auth,
  batch,
  blocks,
  calls,
  compliance,
  drafts,
  enums,
  halfDays,
  health,
  me,
  ops,
  people,
  portal,
  resilience,
  rotations,
  schedule,
  swaps,
};

/** Every operation that has a name. */
export const operations: readonly Operation[] = Object.values(GROUPS).flatMap(
  (group) => Object.values(group) as unknown as Operation[],
);

export interface NamedOperation {
  name: string;
  class: OperationClass;
}

interface Route extends NamedOperation {
  method: string;
  segments: string[];
}

// More literal segments first, so that `/people/faculty` is not taken for `/people/{id}`.
const ROUTES: Route[] = operations
  .map(({ name, class: operationClass, method, path }) => ({
    name,
    class: operationClass,
    method,
    segments: segmentsOf(path),
  }))
  .sort((a, b) => literals(b) - literals(a));

const API_BASE = '/api/v1';

/**
 * Name and class of a request, also of one that a browser sent.
 * @param pathname a URL's path, with whatever comes up to and including `/api/v1`, or the path below it.
 * A request that no operation describes is named `other <METHOD> <path>` with its ids and dates masked; its class
 * is `crud` for a GET, else `write`.
 */
export function operationOf(method: string, pathname: string): NamedOperation {
  const base = pathname.indexOf(`${API_BASE}/`);
  const path = base < 0 ? pathname : pathname.slice(base + API_BASE.length);
  const segments = segmentsOf(path);
  const verb = method.toUpperCase();
  const route = ROUTES.find((candidate) => candidate.method === verb && fits(candidate.segments, segments));
  if (route) return { name: route.name, class: route.class };
  return {
    name: `other ${verb} /${segments.map(masked).join('/')}`,
    class: verb === 'GET' || verb === 'HEAD' ? 'crud' : 'write',
  };
}

/** A trailing slash makes no difference: the target redirects from one form to the other. */
function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function literals(route: Route): number {
  return route.segments.filter((segment) => !segment.startsWith('{')).length;
}

function fits(template: string[], segments: string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}

/** Ids and dates would make a name of its own for each row of the target. */
function masked(segment: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(segment)) return '{date}';
  if (/^\d+$/.test(segment)) return '{n}';
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(segment)) return '{id}';
  if (isValue(segment)) return '{id}';
  // Tokens and the like: long, or letters and digits mixed.
  if (segment.length > 40 || (/\d.*\d.*\d/.test(segment) && segment.length > 12)) return '{id}';
  return segment;
}
