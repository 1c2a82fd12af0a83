/** What the target says in an answer that is no success. */
const LONGEST = 200;

/**
 * What an error answer says, in one short line: `409 another run overlaps`. Any body will do: an error may come from a
 * proxy, or from a part of the target that no schema describes.
 * Of a 422 only field and reason are reported: the target echoes what was sent, passwords included.
 * @param location the answer's `Location`: HTTP clients follow no redirects, each request is one sample
 */
export function describeAnswer(status: number, body: unknown, location?: string): string {
  if (status >= 300 && status < 400) {
    return location === undefined
      ? `${status}`
      : `${status} to ${shortened(redirectTarget(location))}: redirects are not followed`;
  }
  const text = detailText(isObject(body) ? body.detail : undefined);
  const note = status === 422 ? ' (the target refuses this data, or lacks data that it needs)' : '';
  return `${status}${text ? ` ${shortened(text)}` : ''}${note}`;
}

/** Without query and fragment: they may hold a token. */
export function redirectTarget(location: string): string {
  return location.replace(/[?#].*$/s, '');
}

function detailText(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (Array.isArray(detail)) return detail.map(issueText).filter(Boolean).join('; ');
  if (!isObject(detail)) return '';
  return [detail.error, detail.message].filter((part) => typeof part === 'string').join(': ');
}

/** One entry of a validation error: `{loc, msg}` as FastAPI has it, or a text. */
function issueText(issue: unknown): string {
  if (typeof issue === 'string') return issue;
  if (!isObject(issue)) return '';
  const where = Array.isArray(issue.loc) ? issue.loc.filter(isName).join('.') : issue.loc;
  return [where, issue.msg].filter(isName).join(' ');
}

function isName(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** One line, at most 200 characters. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
