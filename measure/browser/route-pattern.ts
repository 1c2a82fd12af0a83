const ID = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2})$/i;
/** ULIDs, hashes, tokens of invitations: long, without words, three digits at least. */
const TOKEN = /^(?=(?:\D*\d){3})(?=\d*\D)(?:\w{20,}|(?=.*[A-Z])(?=.*[a-z])[\w~-]{32,})$/;
const EMAIL = /@|%40/;

/**
 * The name of a page: its path with ids, numbers, dates, tokens and e-mail addresses masked (`/admin/schedule-drafts/[id]`), without query.
 * Raw URLs would give a name a visit, and leak what they hold.
 */
export function routePattern(url: string): string {
  const { pathname } = new URL(url, 'http://page.invalid');
  const masked = pathname
    .split('/')
    .map((part) => ([ID, TOKEN, EMAIL].some((form) => form.test(part)) ? '[id]' : part))
    .join('/');
  return masked.length > 1 ? masked.replace(/\/$/, '') : masked;
}
