/** Takes what must stay secret out of texts that are kept: samples, evidence, messages. */
import { literally } from '../../config/literally.ts';
import { visible } from '../../config/visible-text.ts';

const HIDDEN = '(hidden)';

/** A JSON Web Token, https://www.rfc-editor.org/rfc/rfc7519: base64url of an object, then two more parts unless it was cut. */
const TOKEN = /eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;
/**
 * `"access_token":"…"` in JSON, plain or written inside of another JSON text, and `access_token=…` in forms. In prose a
 * colon may end the words before it: `submit a wrong password: locator.fill: Timeout …`.
 */
const FIELD =
  /((?:(?:access|refresh|id|impersonation)_token|password|passwd|passphrase|client_secret|api_?key|__rt)(?:\\*"?\s*=|\\*"\s*:|(?<!\w \w+):)\s*\\*"?)(?!\(hidden\))[^"\\&\s,;}]+/gi;
/** What else is named like a secret, where it is written as code writes it: `token=…`, `"resetToken":"…"`. */
const ASSIGNED =
  /((?:token|secret|pwd|session_?id|\bsid|jwt|credentials?)(?:=|\\*["']\s*:\s*\\*["']))(?!\(hidden\))[^"'\\&\s,;}#]+/gi;
/** A one-time code, key or signature in an address. */
const QUERY = /([?&#](?:code|sig|signature|auth|key|ticket)=)[^&#\s"'\\]{8,}/gi;
/** `https://name:password@host`. */
const USER_INFO = /(\b\w+:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g;
/** A header, or the cookie itself, as a HAR or a trace writes it: `{"name":"cookie","value":"…"}`. */
const HEADER =
  /("name"\s*:\s*"(?:cookie|set-cookie|authorization|x-impersonation-token|access_token|refresh_token)"\s*,\s*"value"\s*:\s*")(?:[^"\\]|\\.)*"/gi;
/** The same as a line of text or as the key of an object. */
const LINE = /((?:cookie|set-cookie|authorization|x-impersonation-token)"?\s*:\s*"?)(?!")[^"\r\n]+/gi;
const BEARER = /(Bearer\s+)[\w.~+/=-]+/gi;
/** Each pattern above has one of these in it: most texts have none. */
const SUSPECT =
  /eyJ|token|passw|passphrase|pwd|secret|key|__rt|sess|sid|jwt|credential|code=|sig|auth|ticket|:\/\/|cookie|bearer/i;

/** Texts are cut at 100 characters or more. What is left of a secret at their end is hidden where it is this long. */
const SHORTEST_CUT = 100;
const SHORTEST_PART = 6;

/**
 * Makes a function that hides tokens, cookies, authorisation headers, and these secrets in each way in which they
 * may be written: plain, in a URL, in JSON. A secret that is a common word or a number would take the words out of
 * every text: it is hidden where it is a whole string in quotes, and after a word that says what it is.
 */
export function masker(secrets: readonly string[]): (text: string) => string {
  const given = [...new Set(secrets)].filter((secret) => secret.length > 0);
  const forms = new Set(given.filter((secret) => !isCommon(secret)).flatMap(formsOf));
  // The longest first: none may be left over as a part of another.
  const known = [...forms].sort((a, b) => b.length - a.length);
  const common = given.filter(isCommon).map(commonPattern);
  return (text) => {
    let masked = text;
    for (const form of known) if (masked.includes(form)) masked = masked.replaceAll(form, HIDDEN);
    masked = withoutCutEnd(masked, known);
    for (const pattern of common) masked = masked.replace(pattern, `$1${HIDDEN}`);
    if (!SUSPECT.test(masked)) return masked;
    return masked
      .replace(HEADER, `$1${HIDDEN}"`)
      .replace(LINE, `$1${HIDDEN}`)
      .replace(TOKEN, HIDDEN)
      .replace(BEARER, `$1${HIDDEN}`)
      .replace(FIELD, `$1${HIDDEN}`)
      .replace(ASSIGNED, `$1${HIDDEN}`)
      .replace(QUERY, `$1${HIDDEN}`)
      .replace(USER_INFO, `$1${HIDDEN}`);
  };
}

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const html = secret.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  const bytes = Buffer.from(secret);
  return [
    ...[secret, json, JSON.stringify(json).slice(1, -1), html],
    ...[url, strict(url)].flatMap((one) => [one, one.replace(/%20/g, '+')]),
    ...[bytes.toString('base64'), bytes.toString('hex')],
  ];
}

/** As forms are sent: `encodeURIComponent` leaves five signs that they escape. */
function strict(url: string): string {
  return url.replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Whether it may well stand in a text that has nothing to do with it. */
export function isCommon(secret: string): boolean {
  return secret.length < 6 || /^\d{1,8}$/.test(secret) || /^[A-Z]?[a-z]{1,13}$/.test(secret);
}

/** A key of an object is no value: `"request":` of a HAR. */
function commonPattern(secret: string): RegExp {
  const plain = literally(secret);
  return new RegExp(
    `(\\\\*["'\`“](?=${plain}\\\\*["'\`”](?!\\s*:))|\\b(?:pass(?:word|wd|phrase|code)?|pwd|secret|credentials?)\\b[^\\n]{0,24}?(?<![\\w])(?=${plain}(?!\\w)))${plain}`,
    'gi',
  );
}

/** A text that was shortened may end within a secret. */
function withoutCutEnd(text: string, known: readonly string[]): string {
  if (text.length < SHORTEST_CUT) return text;
  const body = text.endsWith('…') ? text.slice(0, -1) : text;
  for (const form of known) {
    if (form.length <= SHORTEST_PART) continue;
    const at = body.indexOf(form.slice(0, SHORTEST_PART), body.length - form.length + 1);
    if (at >= 0 && form.startsWith(body.slice(at)))
      return body.slice(0, at) + HIDDEN + text.slice(body.length);
  }
  return text;
}

/** The same of an error that a runner will print, with its stack and its causes, as it may be shown. Gives the error. */
export function maskError<E>(error: E, mask: (text: string) => string): E {
  if (!(error instanceof Error)) return error;
  const { message, stack } = error;
  error.message = visible(mask(message));
  if (stack !== undefined) error.stack = visible(mask(stack));
  maskError(error.cause, mask);
  return error;
}
