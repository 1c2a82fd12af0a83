/**
 * What Playwright, Chromium, undici and Node say of a failure. They give a text, or a code that is one of many for the
 * same thing. This is the only file that reads their texts: what else asks, asks for the kind.
 */
import { visible } from '../../config/visible-text.ts';
import type { ErrorKind } from '../run/error-kind.ts';

/** Codes of Node and undici. https://nodejs.org/api/errors.html, https://undici.nodejs.org/#/docs/api/Errors */
const CODES: Readonly<Record<string, ErrorKind>> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  UND_ERR_SOCKET: 'connection-reset',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};
/**
 * Of the generator's machine: no file descriptor (EMFILE: of the process, ENFILE: of the machine), local port or memory was
 * left. https://man7.org/linux/man-pages/man2/socket.2.html, connect.2 and bind.2
 */
const EXHAUSTED = ['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM'];
const EXHAUSTED_TEXT = new RegExp(`\\b(${EXHAUSTED.join('|')})\\b`);
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO$)/;

/** Chromium's names of network errors. https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h */
const NET_ERRORS: ReadonlyArray<[RegExp, ErrorKind]> = [
  [
    /^(INSUFFICIENT_RESOURCES|OUT_OF_MEMORY|NO_BUFFER_SPACE|ADDRESS_IN_USE|ADDRESS_INVALID)$/,
    'generator-exhausted',
  ],
  [/^(ABORTED|BLOCKED_BY_CLIENT)$/, 'aborted'],
  [/^CONNECTION_REFUSED$/, 'connection-refused'],
  [
    /^(CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_)/,
    'connection-reset',
  ],
  [/^(CONNECTION_)?TIMED_OUT$/, 'timeout'],
  [/^(NAME_NOT_RESOLVED|DNS_)/, 'dns'],
  [/^(CERT_|SSL_|BAD_SSL_)/, 'tls'],
];

/** Texts of Playwright and of its driver, the first that fits. */
const TEXTS: ReadonlyArray<[RegExp, ErrorKind]> = [
  [/page crashed|target crashed|\bcrashed!/i, 'page-crashed'],
  [/has been closed|target closed/i, 'page-closed'],
  [EXHAUSTED_TEXT, 'generator-exhausted'],
  [/ECONNREFUSED/, 'connection-refused'],
  [/ECONNRESET|socket hang up/i, 'connection-reset'],
  [/ENOTFOUND|EAI_AGAIN/, 'dns'],
  [/timeout|timed out/i, 'timeout'],
  [/no answer|ECONN|socket/i, 'no-answer'],
];
const TIMED_OUT = /timeout \d+ms exceeded/i;
/** Playwright's call log: what it waited for, and what it found meanwhile. */
const LOOKED_FOR_ELEMENT = /waiting for (?:locator|frameLocator|getBy\w+)\(/;
const FOUND = /locator resolved to/;
const HIDDEN =
  /locator resolved to (?:\d+ elements?\. Proceeding with the first one: )?hidden|element is not visible/;

/** The kind that a library's error has by its code or text. */
export function foreignKind(error: unknown): ErrorKind {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown };
  // Of several addresses that were tried one may be of a kind that this machine has not (IPv6): another tells more.
  if (Array.isArray(errors) && errors.length > 0) {
    const kinds = errors.map(foreignKind);
    return kinds.find((kind) => kind !== 'generator-exhausted') ?? 'generator-exhausted';
  }
  if (typeof code === 'string') {
    if (EXHAUSTED.includes(code)) return 'generator-exhausted';
    const kind = CODES[code] ?? (TLS_CODE.test(code) ? 'tls' : undefined);
    if (kind) return kind;
  }
  return kindOfText(error instanceof Error ? error.message : String(error));
}

/** The kind that a library's text tells of. */
export function kindOfText(text: string): ErrorKind {
  const net = /net::ERR_(\w+)/.exec(text)?.[1];
  if (net !== undefined) return NET_ERRORS.find(([pattern]) => pattern.test(net))?.[1] ?? 'no-answer';
  if (TIMED_OUT.test(text) && LOOKED_FOR_ELEMENT.test(text)) {
    if (HIDDEN.test(text)) return 'not-visible';
    return FOUND.test(text) ? 'timeout' : 'not-found';
  }
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}

/** The kind that Chromium's text gives a request without an answer. */
export function kindOfNoAnswer(text: string): ErrorKind {
  const kind = kindOfText(text);
  return kind === 'other' ? 'no-answer' : kind;
}

/** Whether Chromium says of a request that its page took it back. */
export function isTakenBack(text: string): boolean {
  return text === 'net::ERR_ABORTED';
}

/** What Chromium says of a request whose answer the page may not read, among others. */
export const HIDDEN_ANSWER = 'net::ERR_FAILED';

/** The address of an answer that the page may not read, in what the console says of it. */
export function addressBlockedByCors(consoleText: string): string | undefined {
  return /^Access to (?:fetch|XMLHttpRequest) at '([^']+)' .*blocked by CORS policy/.exec(consoleText)?.[1];
}

/** Whether the console says that something was not loaded. */
export function isFailedLoad(consoleText: string): boolean {
  return consoleText.startsWith('Failed to load resource');
}

/** Whether a disk was full; Playwright has it in its text only. */
export function isNoSpace(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return code === 'ENOSPC' || String(message).includes('ENOSPC');
}

/** Whether Playwright's runner says of a test that its worker process is gone. */
export function isWorkerGone(testError: string): boolean {
  return testError.includes('worker process exited unexpectedly');
}

/** The telling line of an error, without Playwright's colours and call log. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = visible(message)
    .split('\n')
    .map((line) => line.trim());
  const waited = lines.find((line) => line.startsWith('- waiting for'));
  const head = lines[0] || 'no message';
  return waited && !head.includes('waiting for') ? `${head} (${waited.slice(2)})` : head;
}

/** The first line without the event that Playwright waited for: who waited says it in words of the application. */
function withoutEvent(line: string): string {
  return line.replace(/ while waiting for event .*/, '.');
}

/** Of a wait whose last part was Playwright's: the time that all of it took. */
export function withTimeout(error: unknown, ms: number): unknown {
  if (error instanceof Error) error.message = error.message.replace(TIMED_OUT, `Timeout ${ms}ms exceeded`);
  return error;
}

/** Playwright names the locators that it waits for, but no event or address: said here in the words of its call log. */
export function sayWhat(what: string): (error: unknown) => never {
  return (error) => {
    const line = withoutEvent(firstLine(error));
    throw new Error(`${line} (waiting for ${what})`, { cause: error });
  };
}

/** Chromium's code in a text of Playwright, e.g. `ERR_CERT_DATE_INVALID`. Empty: there is none. */
export function chromiumCode(text: string): string {
  return /ERR_\w+/.exec(text)?.[0] ?? '';
}
