/** Takes what must stay secret out of texts that are kept as evidence. */

const HIDDEN = '(hidden)';

/** A JSON Web Token, https://www.rfc-editor.org/rfc/rfc7519: three parts in base64url, the first an object. */
const TOKEN = /eyJ[\w-]+(?:\.[\w-]*){2}/g;
/** `"access_token":"…"` in JSON, plain or written inside of another JSON text, and `access_token=…` in forms. */
const FIELD =
  /((?:access_token|refresh_token|password|impersonation_token|__rt)\\*"?\s*[:=]\s*\\*"?)(?!\(hidden\))[^"\\&\s,;}]+/gi;
/** A header, or the cookie itself, as a HAR or a trace writes it: `{"name":"cookie","value":"…"}`. */
const HEADER =
  /("name"\s*:\s*"(?:cookie|set-cookie|authorization|x-impersonation-token|access_token|refresh_token)"\s*,\s*"value"\s*:\s*")(?:[^"\\]|\\.)*"/gi;
/** The same as a line of text or as the key of an object. */
const LINE = /((?:cookie|set-cookie|authorization|x-impersonation-token)"?\s*:\s*"?)(?!")[^"\r\n]+/gi;
const BEARER = /(Bearer\s+)[\w.~+/=-]+/gi;

/**
 * Makes a function that hides tokens, cookies, authorisation headers, and these secrets in each way in which they
 * may be written: plain, in a URL, in JSON.
 */
export function masker(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets
      .filter((secret) => secret.length > 0)
      .flatMap((secret) => {
        const json = JSON.stringify(secret).slice(1, -1);
        const url = encodeURIComponent(secret);
        const html = secret.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
        return [
          secret,
          json,
          JSON.stringify(json).slice(1, -1),
          url,
          url.replace(/%20/g, '+'),
          strict(url),
          html,
        ];
      }),
  );
  // The longest first: none may be left over as a part of another.
  const known = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const form of known) masked = masked.replaceAll(form, HIDDEN);
    return masked
      .replace(HEADER, `$1${HIDDEN}"`)
      .replace(LINE, `$1${HIDDEN}`)
      .replace(TOKEN, HIDDEN)
      .replace(BEARER, `$1${HIDDEN}`)
      .replace(FIELD, `$1${HIDDEN}`);
  };
}

/** As forms are sent: `encodeURIComponent` leaves five signs that they escape. */
function strict(url: string): string {
  return url.replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
