import { shortened } from '../../measure/errors/answer-text.ts';
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
