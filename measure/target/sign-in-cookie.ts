/** Whether browsers keep the cookie that a sign-in sets (docs/contract/api.md §1.8). */
import { hostOf, ipOf, isLoopback } from '../../config/hosts.ts';

const NAME = 'access_token';
const FIX =
  'serve the target on https, or have it set the cookie as it is served (DEBUG=true on a test deployment)';

/** Cookies of an answer, as Node gives them. */
export type SetCookie = string | readonly string[] | undefined;

/**
 * Why browsers drop it, as they decide by https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#section-5.7,
 * and the fix; undefined: they keep it, or there is none. This machine counts as secure on http too.
 * @param url where the sign-in was sent
 * @param variable the one that names this address
 */
export function cookieLoss(cookies: SetCookie, url: string, variable: string): string | undefined {
  const cookie = [cookies ?? []].flat().find((one) => one.startsWith(`${NAME}=`));
  if (cookie === undefined) return undefined;
  const [, ...attributes] = cookie.split(';').map((part) => part.trim());
  const attribute = (name: string) => {
    const [found] = attributes
      .map((one) => one.split('='))
      .filter(([own]) => own?.trim().toLowerCase() === name);
    return found?.slice(1).join('=').trim().toLowerCase();
  };
  const isSecure = attribute('secure') !== undefined;
  const host = hostOf(url) ?? '';
  if (isSecure && url.startsWith('http:') && !isLoopback(host))
    return `the sign-in cookie is Secure and ${variable} is http: browsers drop it; ${FIX}`;
  if (!isSecure && attribute('samesite') === 'none')
    return `the sign-in cookie is SameSite=None and not Secure: browsers drop it; ${FIX}`;
  const domain = attribute('domain')?.replace(/^\./, '');
  if (domain && !isIn(host, domain))
    return `the sign-in cookie is for ${domain} and ${variable} is ${host}: browsers drop it; name the target by an address in ${domain}`;
  return undefined;
}

/** The variable that names the API's address. */
export function variableOf(apiUrl: string, pages: string): string {
  return new URL(apiUrl).origin === new URL(pages).origin ? 'BASE_URL' : 'API_URL';
}

/** Whether a cookie of the domain is one of the host's: https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#section-5.1.3 */
function isIn(host: string, domain: string): boolean {
  return host === domain || (ipOf(host) === undefined && host.endsWith(`.${domain}`));
}
