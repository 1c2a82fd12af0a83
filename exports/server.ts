/** What a server of metrics is to those who send, and how it says no. */
import { visible } from '../config/visible-text.ts';
import type { Row } from './row.ts';

export interface Server {
  /** Where figures go, without any secret: `http://127.0.0.1:8086, bucket loadtest`. */
  readonly where: string;
  /** Variables that say where it is and what opens it. */
  readonly variables: { address: string; access: string };
  /**
   * Gives rows over; the same rows twice are the same figures once.
   * @throws {Refused}
   */
  send(rows: readonly Row[], timeoutMs: number): Promise<void>;
  /**
   * Of a server that may refuse rows because it has them: whether it has these.
   * @param refused what it said to rows that were sent before
   * @throws {Refused} it does not say now, and may later
   */
  hasTaken?(refused: Refused, rows: readonly Row[], timeoutMs: number): Promise<boolean>;
}

const LONGEST_ANSWER = 300;
const TOO_MANY = 429;

/** It did not take what it was sent. */
export class Refused extends Error {
  /** Of its answer; absent: there was none. */
  readonly status?: number;
  /** After how long it wants to be asked again, ms. */
  readonly retryAfter?: number;
  /** It was asked, and its answer never came: it may have taken what it was sent. */
  readonly isLost: boolean;
  /** Whole: what is cut may begin within a secret. */
  readonly #said: string;

  /** @param said by the server, or why there is no answer */
  constructor(
    said: string,
    { status, retryAfter, isLost = false }: { status?: number; retryAfter?: number; isLost?: boolean } = {},
  ) {
    const line = visible(said.replace(/\s+/g, ' ').trim());
    super(line.length > LONGEST_ANSWER ? `${line.slice(0, LONGEST_ANSWER)}…` : line);
    this.#said = said;
    this.status = status;
    this.retryAfter = retryAfter;
    this.isLost = isLost;
  }

  /** The same without these texts: a server may repeat what opened it. */
  without(secrets: readonly string[]): Refused {
    const said = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), this.#said);
    return new Refused(said, this);
  }
}

/** Whether the same may be taken later: too many at a time, a failure of its own, or no answer. */
export function isPassing({ status }: Refused): boolean {
  return status === undefined || status === TOO_MANY || status >= 500;
}

/** @param value of the header `Retry-After`: seconds or a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after) */
export function retryAfterMs(value: string | null | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Of a connection that broke after it was made. */
const LOST = [
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
];

/** Why there was no answer, from what a client threw. */
export function noAnswer(error: unknown, timeoutMs: number): Refused {
  const { name, code, message, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError' || name === 'RequestTimedOutError')
    return new Refused(`no answer within ${timeoutMs / 1000} s`, { isLost: true });
  const why = cause?.code ?? code;
  return new Refused(`no answer (${why ?? (cause?.message || message || name)})`, {
    isLost: why !== undefined && LOST.includes(why),
  });
}
