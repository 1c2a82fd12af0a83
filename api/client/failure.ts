import { ClassifiedError, factsOf } from '../../measure/errors/classified-error.ts';
import type { ErrorKind } from '../../measure/run/error-kind.ts';
import type { Operation } from '../operation.ts';

/** A request whose answer the caller cannot go on with. The message names operation, status and the target's words. */
export class ApiFailure extends ClassifiedError {
  override name = 'ApiFailure';
  readonly operation: string;
  /** 0 when no answer came. */
  readonly status: number;

  constructor(
    operation: Pick<Operation, 'name' | 'method' | 'path'>,
    status: number,
    what: string,
    errorKind: ErrorKind = status > 0 ? 'http-status' : 'no-answer',
  ) {
    super(
      errorKind === 'http-status' ? { errorKind, status } : errorKind,
      `${operation.name} (${operation.method} ${operation.path}): ${what}`,
    );
    this.operation = operation.name;
    this.status = status;
  }
}

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

/** The kind of a failure without an answer. */
export function noAnswerKind(error: unknown, timedOut: boolean): ErrorKind {
  if (timedOut) return 'timeout';
  const { errorKind } = factsOf(error);
  return errorKind === 'other' ? 'no-answer' : errorKind;
}

/** Node's own texts hold addresses, which differ from run to run: the kind says enough. */
const NO_ANSWER: Partial<Record<ErrorKind, string>> = {
  'connection-refused': 'connection refused',
  'connection-reset': 'connection closed before the answer was complete',
  dns: 'host name not found',
  timeout: 'no connection in time',
};

/** Not sent again, since its method may not be repeated. */
export const CLOSED_BEFORE_ANSWER = 'reused connection closed before an answer began';

/** Why no whole answer came. */
export function describeNoAnswer(error: unknown, timeoutMs: number, timedOut: boolean): string {
  if (timedOut) return `no whole answer within ${timeoutMs / 1000} s`;
  if (noAnswerKind(error, timedOut) === 'generator-exhausted')
    return shortened(
      `never sent, the generator had no descriptor, port or memory left: ${exhaustedCode(error)}`,
    );
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  const reason = code ?? cause?.code ?? '';
  return (
    NO_ANSWER[noAnswerKind(error, timedOut)] ??
    shortened(`no answer: ${reason} ${(error as Error)?.message ?? error}`)
  );
}

function exhaustedCode(error: unknown): string {
  const { code, cause, message } = error as { code?: string; cause?: unknown; message?: string };
  return code ?? (cause === undefined ? (message ?? '') : exhaustedCode(cause));
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
