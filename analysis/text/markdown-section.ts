/**
 * A page whose text between two marks (lines of their own, usually comments) is replaced; all else stays as it is.
 * Undefined where the marks are not there, in this order.
 */
export function withSection(page: string, begin: string, end: string, text: string): string | undefined {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return undefined;
  return `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`;
}
