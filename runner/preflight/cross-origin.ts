/** Whether a browser lets the target's pages talk to its API where that is on another origin. */
import { isLoopback } from '../../config/hosts.ts';
import type { Target } from '../../measure/target/target.ts';
import type { Ask, Asked } from './ask.ts';
import type { Check } from './check.ts';

/** As the pages send (docs/contract/ui.md §1): with credentials, a bearer and JSON, in each of these methods. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const HEADERS = ['authorization', 'content-type'];
/** A preflight need not allow these by name: https://fetch.spec.whatwg.org/#cors-safelisted-method */
const ALWAYS_ALLOWED = ['GET', 'HEAD', 'POST'];

const BY_NAME = ' (by name: * stands for nothing in answers to requests with credentials)';

export async function crossOriginCheck(
  ask: Ask,
  { url, apiUrl }: Pick<Target, 'url' | 'apiUrl'>,
): Promise<Check> {
  const pages = new URL(url).origin;
  const api = new URL(apiUrl);
  if (api.origin === pages) return { what: 'API', state: 'ok', seen: `${apiUrl}, the origin of the pages` };
  if (pages.startsWith('https:') && api.protocol === 'http:' && !isLoopback(api.hostname)) {
    const seen = `${apiUrl} is on http and the pages are on https: browsers block it as mixed content`;
    return { what: 'API', state: 'fail', seen, mend: 'serve the API on https too, and name that by API_URL' };
  }
  const lacks = await whatIsMissing(ask, apiUrl, pages);
  if (lacks.length === 0)
    return { what: 'API', state: 'ok', seen: `${apiUrl}, another origin, which lets the pages in (CORS)` };
  return {
    what: 'API',
    state: 'fail',
    seen: `${apiUrl} is another origin, and a browser does not let ${pages} use it: ${lacks.join('; ')}`,
    mend: `add ${pages} to CORS_ORIGINS of the target, have a gateway before it pass OPTIONS and these headers on, or fix API_URL`,
  };
}

/** Each once, as the Fetch standard would refuse it: https://fetch.spec.whatwg.org/#cors-preflight-fetch */
async function whatIsMissing(ask: Ask, apiUrl: string, pages: string): Promise<string[]> {
  const found = new Set<string>();
  const methods: string[] = [];
  for (const method of METHODS) {
    const preflight = await ask(`${apiUrl}/people`, 'OPTIONS', {
      origin: pages,
      'access-control-request-method': method,
      'access-control-request-headers': HEADERS.join(','),
    });
    for (const lack of preflightLacks(preflight, pages)) found.add(lack);
    const allowed = listOf(preflight.header('access-control-allow-methods'));
    if (!allowed.includes(method) && !ALWAYS_ALLOWED.includes(method)) methods.push(method);
  }
  if (methods.length > 0) found.add(`Access-Control-Allow-Methods lacks ${methods.join(', ')}${BY_NAME}`);
  const answer = await ask(`${apiUrl}/auth/me`, 'GET', { origin: pages });
  if (found.size === 0) for (const lack of answerLacks(answer, pages)) found.add(`GET: ${lack}`);
  return [...found];
}

function* preflightLacks(answer: Asked, pages: string): Generator<string> {
  const { status, header } = answer;
  if (status >= 300 && status <= 399)
    yield `OPTIONS is answered ${status} to ${header('location') || 'nowhere'}, and a preflight follows no redirect`;
  else if (status < 200 || status > 299) yield `OPTIONS is answered ${status}`;
  yield* answerLacks(answer, pages);
  const headers = listOf(header('access-control-allow-headers').toLowerCase());
  const missing = HEADERS.filter((name) => !headers.includes(name));
  if (missing.length > 0) yield `Access-Control-Allow-Headers lacks ${missing.join(', ')}${BY_NAME}`;
}

function* answerLacks({ header }: Asked, pages: string): Generator<string> {
  const allowed = header('access-control-allow-origin');
  if (allowed === '') yield 'Access-Control-Allow-Origin is missing';
  else if (allowed !== pages)
    yield `Access-Control-Allow-Origin is ${allowed}${allowed === '*' ? ', which holds for no request with credentials' : ''}`;
  if (header('access-control-allow-credentials') !== 'true')
    yield 'Access-Control-Allow-Credentials: true is missing';
}

function listOf(header: string): string[] {
  return header.split(',').map((item) => item.trim());
}
