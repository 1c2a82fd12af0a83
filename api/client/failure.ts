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
 * What an error answer says, in one short line: `409 another run overlaps`.
 * Of a 422 only field and reason are told: the target echoes what was sent, passwords included.
 */
export function describeAnswer(status: number, body: unknown): string {
  const detail = (body as { detail?: unknown } | undefined)?.detail;
  const text = detailText(detail);
  const note = status === 422 ? ' (the target refuses this data, or lacks data that it needs)' : '';
  return `${status}${text ? ` ${shortened(text)}` : ''}${note}`;
}

function detailText(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (Array.isArray(detail)) {
    return detail
      .map(
        (issue: { loc?: unknown[]; msg?: unknown }) => `${issue?.loc?.join('.') ?? ''} ${issue?.msg ?? ''}`,
      )
      .join('; ');
  }
  if (detail && typeof detail === 'object') {
    const { error, message } = detail as { error?: unknown; message?: unknown };
    return [error, message].filter((part) => typeof part === 'string').join(': ');
  }
  return '';
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

/** Why no whole answer came. */
export function describeNoAnswer(error: unknown, timeoutMs: number, timedOut: boolean): string {
  if (timedOut) return `no whole answer within ${timeoutMs / 1000} s`;
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  const reason = code ?? cause?.code ?? '';
  return (
    NO_ANSWER[noAnswerKind(error, timedOut)] ??
    shortened(`no answer: ${reason} ${(error as Error)?.message ?? error}`)
  );
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
