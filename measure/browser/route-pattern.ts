const ID = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2})$/i;

/**
 * The name of a page: its path with ids, numbers and dates masked (`/admin/schedule-drafts/[id]`), without query.
 * Raw URLs would give a name a visit, and leak what they hold.
 */
export function routePattern(url: string): string {
  const { pathname } = new URL(url, 'http://page.invalid');
  const masked = pathname
    .split('/')
    .map((part) => (ID.test(part) ? '[id]' : part))
    .join('/');
  return masked.length > 1 ? masked.replace(/\/$/, '') : masked;
}
