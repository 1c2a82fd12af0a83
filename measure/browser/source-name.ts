import { routePattern } from './route-pattern.ts';

/**
 * The name of what a page loaded, e.g. `/assets/index-DaeS7oFS.js`: its path, masked like a page's; of what has none
 * (`data:`, `blob:`) the kind alone. undefined: there is no address.
 */
export function sourcePath(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol } = new URL(url);
  return protocol.startsWith('http') ? routePattern(url) : protocol;
}

/** What called a script, e.g. `BUTTON#save.onclick`; it may be, or hold, the address of a script or picture. */
export function invokerName(invoker: string | undefined): string | undefined {
  const name = invoker?.replace(/\b(?:https?|blob|data):[^\]\s]*/g, (url) => sourcePath(url) ?? '');
  return name?.slice(0, 100) || undefined;
}
