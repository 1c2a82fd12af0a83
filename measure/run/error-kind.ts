/** What kind of failure it is: decided where the failure is made, never from its text afterwards. */
export const ERROR_KINDS = [
  /** The answer's status; it is beside the kind. */
  'http-status',
  'timeout',
  /** An element that never came. */
  'not-found',
  /** An element that was there and never to be seen. */
  'not-visible',
  'connection-refused',
  'connection-reset',
  /** The host's name has no address. */
  'dns',
  'tls',
  /** The generator had no file descriptor, port or memory left for it: it never left, and says nothing of the target. */
  'generator-exhausted',
  /** No answer for another reason. */
  'no-answer',
  /** A request that its own page took back: its user had left the view, or another request took its place. */
  'aborted',
  /** A request for whose answer its page waited no longer (a time-out, an abort) while its user stayed on the view. */
  'given-up',
  'bad-json',
  /** JSON that does not fit the operation's schema. */
  'shape',
  'check',
  'page-crashed',
  /** The browser ended, and its pages with it. */
  'browser-lost',
  'page-closed',
  /** An error that a page threw. */
  'page-error',
  'console-error',
  /** A stylesheet or script of a page that could not be loaded. */
  'file-not-loaded',
  /** What was loaded is not what was to be audited, or Lighthouse could not look at it. */
  'audit',
  /** No account was free for the session. */
  'no-account',
  'other',
] as const;

export type ErrorKind = (typeof ERROR_KINDS)[number];

/** What a failed sample carries beside its text. */
export interface ErrorFacts {
  errorKind: ErrorKind;
  /** Status of the answer that was the failure. */
  status?: number;
}

/** Whether what failed was the generator itself. */
export function isOfGenerator(failed: object): boolean {
  return 'errorKind' in failed && failed.errorKind === 'generator-exhausted';
}
