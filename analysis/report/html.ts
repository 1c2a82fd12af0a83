/** HTML by tagged template: whatever is put in is escaped, unless it is HTML made by this very function. */
import { visible } from '../../config/visible-text.ts';

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** `null`, `undefined` and `false` leave nothing; lists are put one after the other. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.reduce(
      (text, string, index) => text + string + (index < parts.length ? show(parts[index]) : ''),
      '',
    ),
  );
}

/** For text that is known to be HTML or CSS and comes from this suite only, never from a run. */
export function trusted(text: string): Html {
  return new Html(text);
}

function show(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(show).join('');
  if (part === null || part === undefined || part === false) return '';
  return escapeHtml(String(part));
}

export function escapeHtml(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/**
 * A link's target inside the run directory: relative, and only downwards. Anything else (another scheme, an
 * absolute path, `..`) is refused with undefined.
 */
export function relativeLink(path: string | undefined): string | undefined {
  if (!path || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('/') || path.includes('\\'))
    return undefined;
  const parts = path.split('/');
  return parts.includes('..') ? undefined : parts.map(encodeURIComponent).join('/');
}
