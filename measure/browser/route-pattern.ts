const ID = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2})$/i;
/** ULIDs, hashes, tokens of invitations: long, without words, three digits at least. */
const TOKEN = /^(?=(?:\D*\d){3})(?=\d*\D)(?:\w{20,}|(?=.*[A-Z])(?=.*[a-z])[\w~-]{32,})$/;
/** Nanoids and other short keys: capitals among small letters, and digits. */
const KEY = /^(?=(?:\D*\d){2})(?=.*[a-z][A-Z])[\w~-]{10,31}$/;
/** A title or a name: five words or more, or fewer with the number that sets it apart from others (`ann-lee-17`, `ann-lee-4f3a9c`). */
const SLUG = /^(?:[^-.]+(?:-[^-.]+){4,}|(?:[a-z]\w*-)+(?:\d{2,}|(?=[a-f]*\d)[0-9a-f]{6,}))$/i;
const EMAIL = /@|%40/;
/** What had to be written otherwise was typed by somebody: a name, a title. */
const TYPED = /%[0-9a-f]{2}/i;
const VALUES = [ID, TOKEN, KEY, SLUG, EMAIL, TYPED];

/**
 * The name of a page: its path with ids, numbers, dates, tokens, e-mail addresses, names and titles masked
 * (`/admin/schedule-drafts/[id]`), without query. Raw URLs would give a name a visit, and leak what they hold.
 */
export function routePattern(url: string): string {
  const { pathname } = new URL(url, 'http://page.invalid');
  const masked = pathname
    .split('/')
    .map((part) => (isValue(part) ? '[id]' : part))
    .join('/');
  return masked.length > 1 ? masked.replace(/\/$/, '') : masked;
}

/** Whether a part of a path is somebody's or something's, and no word of the application. */
export function isValue(part: string): boolean {
  return VALUES.some((form) => form.test(part));
}
