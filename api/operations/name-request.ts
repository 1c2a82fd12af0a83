import { type NamedOperation, operationOf } from './registry.ts';

/**
 * Names a browser's request by its operation. An API call is recognised by its path, whatever its origin: a stock
 * deployment calls another port. Undefined: a page, a script, an image.
 */
export function nameRequest(method: string, url: string): NamedOperation | undefined {
  const { pathname } = new URL(url);
  return pathname.includes('/api/v1/') ? operationOf(method, pathname) : undefined;
}
