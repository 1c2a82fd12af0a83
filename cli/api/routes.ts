/** The routes that a target says it has (OpenAPI), compared with the operations. */
import { request } from 'undici';
import type { Operation } from '../../api/operation.ts';
import { operations } from '../../api/operations/registry.ts';
import { dispatcherFor } from '../../measure/target/connection.ts';

const LIMIT_MS = 15_000;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export interface RouteComparison {
  /** Routes below the API's base. */
  routes: number;
  /** `GET /people/{id}/credentials` */
  withoutOperation: string[];
  withoutRoute: Operation[];
}

/**
 * Reads `/openapi.json` at the root of the API's host; undefined: it serves none (the application does so in debug mode
 * only).
 */
export async function compareRoutes(
  apiUrl: string,
  insecureTls: boolean,
): Promise<RouteComparison | undefined> {
  const dispatcher = dispatcherFor(insecureTls);
  const { statusCode, body } = await request(new URL('/openapi.json', apiUrl), {
    signal: AbortSignal.timeout(LIMIT_MS),
    reset: true,
    ...(dispatcher && { dispatcher }),
  });
  const text = await body.text();
  const paths = statusCode === 200 ? pathsOf(text) : undefined;
  return paths && compare(paths, new URL(apiUrl).pathname.replace(/\/$/, ''));
}

function pathsOf(text: string): Record<string, Record<string, unknown>> | undefined {
  try {
    const { paths } = JSON.parse(text) as { paths?: Record<string, Record<string, unknown>> };
    return typeof paths === 'object' && paths !== null ? paths : undefined;
  } catch {
    return undefined; // a page of a front end that answers everything
  }
}

function compare(paths: Record<string, Record<string, unknown>>, base: string): RouteComparison {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith(`${base}/`)
      ? Object.keys(methods)
          .filter((method) => METHODS.includes(method))
          .map((method) => `${method.toUpperCase()} ${path.slice(base.length)}`)
      : [],
  );
  const known = new Set(routes.map(plain));
  // One operation stands for all lists of choices.
  const templates = operations.map((one) => patternOf(`${one.method} ${one.path}`));
  return {
    routes: routes.length,
    withoutOperation: routes.filter((route) => !templates.some((template) => template.test(plain(route)))),
    withoutRoute: operations.filter((one) => {
      const template = patternOf(`${one.method} ${one.path}`);
      return ![...known].some((route) => template.test(route));
    }),
  };
}

/** Whatever a route calls its parameters. */
function plain(route: string): string {
  return route.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1');
}

function patternOf(operation: string): RegExp {
  const source = plain(operation)
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replaceAll('{}', '[^/]+');
  return new RegExp(`^${source}$`);
}
