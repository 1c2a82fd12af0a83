import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import type { BasicAuth } from '../../config/variables.ts';
import { basicAuthHeader, dispatcherFor, tlsProblem } from './connection.ts';

/** How long an answer may take before a run, ms. */
const ANSWER_LIMIT_MS = 5000;
/** More of a body is not read, bytes. */
const MAX_BODY = 128 * 1024;

/**
 * Makes sure that a target answers and is the scheduler: its API says who is asking (401), and its sign-in page is
 * a page. Asks a few times: a container may still be starting. A redirect is an answer like any other: it may lead to
 * a host that nobody named.
 * @throws TargetUnreachable with what was seen and what to do.
 */
export async function checkTarget(
  baseUrl: string,
  apiUrl: string,
  attempts = 3,
  insecureTls = false,
  basicAuth?: BasicAuth,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    let asked = apiUrl.startsWith(`${baseUrl}/`) ? baseUrl : apiUrl;
    try {
      const me = await ask(`${apiUrl}/auth/me`, { insecureTls, reads: true });
      refuseRedirect(`${apiUrl}/auth/me`, me);
      refuseDoorBeforeApi(`${apiUrl}/auth/me`, me);
      if (me.status !== 401 || !isJson(me.type)) {
        throw new TargetUnreachable(
          `${apiUrl}/auth/me answered ${me.status} ${me.type || 'without a type'}${leading(me)}, not the scheduler's 401: is BASE_URL (or API_URL) the Residency Scheduler's address?`,
        );
      }
      refuseOtherApi(`${apiUrl}/auth/me`, me);
      asked = baseUrl;
      const page = await ask(`${baseUrl}/login`, {
        insecureTls,
        headers: basicAuthHeader(basicAuth),
        reads: true,
      });
      refuseRedirect(`${baseUrl}/login`, page);
      refuseDoorBeforePages(`${baseUrl}/login`, page, basicAuth !== undefined);
      if (page.status !== 200 || !page.type.includes('text/html')) {
        throw new TargetUnreachable(
          `${baseUrl}/login answered ${page.status} ${page.type || 'without a type'}${leading(page)}, not a page: is BASE_URL the address of the scheduler's front end?`,
        );
      }
      refuseOtherPages(`${baseUrl}/login`, page);
      return;
    } catch (error) {
      if (error instanceof TargetUnreachable || error instanceof ConfigError) throw error;
      if (attempt >= attempts) {
        const tls = await tlsProblem(asked, error);
        if (tls) throw new TargetUnreachable(`${asked}: ${tls}`);
        const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
        throw new TargetUnreachable(
          `${asked} does not answer (${why}): start the scheduler there, or fix ${asked === baseUrl ? 'BASE_URL' : 'API_URL'}; leave BASE_URL empty to use the embedded one`,
        );
      }
      await wait(500);
    }
  }
}

interface Answer {
  status: number;
  type: string;
  /** Where a redirect leads. */
  location?: string;
  /** What asks for credentials, and how. */
  challenge: string;
  /** As far as it was read. */
  text: string;
}

/** Any answer counts, whatever its status. @param signal ends the waiting; default: after 5 s */
export async function ask(
  url: string,
  { insecureTls, headers: sent, reads, signal = AbortSignal.timeout(ANSWER_LIMIT_MS) }: AskOptions,
): Promise<Answer> {
  const { statusCode, headers, body } = await request(url, {
    dispatcher: dispatcherFor(insecureTls),
    headers: sent,
    reset: true, // a connection of its own: the target's pool is the sessions'
    headersTimeout: 0,
    bodyTimeout: 0,
    signal,
  });
  const text = reads ? await beginOf(body) : '';
  if (!reads) await body.dump({ limit: MAX_BODY, signal });
  const location = headers.location === undefined ? undefined : String(headers.location);
  const challenge = String(headers['www-authenticate'] ?? '');
  return { status: statusCode, type: String(headers['content-type'] ?? ''), location, challenge, text };
}

interface AskOptions {
  insecureTls: boolean;
  headers?: Record<string, string>;
  /** Its body is wanted. */
  reads?: boolean;
  signal?: AbortSignal;
}

async function beginOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_BODY) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

function leading({ location }: Answer): string {
  return location === undefined ? '' : ` to ${location}`;
}

/** Other applications answer 401 too, each with words of its own (docs/contract/api.md §1.4: `detail`). */
function refuseOtherApi(url: string, { text }: Answer): void {
  if (/^\s*\{.*"detail"\s*:/s.test(text)) return;
  throw new TargetUnreachable(
    `${url} answered 401 as another application does (${text.slice(0, 80).replace(/\s+/g, ' ')}), not as the Residency Scheduler: is BASE_URL (or API_URL) its address?`,
  );
}

/** Every page of the scheduler has its name in the title (docs/contract/ui.md §2). */
function refuseOtherPages(url: string, { text }: Answer): void {
  const [, title] = /<title[^>]*>([^<]*)<\/title>/i.exec(text) ?? [];
  if (!title?.trim() || /residency scheduler/i.test(title)) return;
  throw new TargetUnreachable(
    `${url} is a page of another application (“${title.trim().slice(0, 80)}”), not of the Residency Scheduler: is BASE_URL the address of its front end?`,
  );
}

/** HTTP basic authentication, by its name in the challenge: https://www.rfc-editor.org/rfc/rfc7617 */
const BASIC = /(?:^|,)\s*basic\b/i;

/** Its bearers go in the header that a door before it asks for. */
function refuseDoorBeforeApi(url: string, { status, type, challenge }: Answer): void {
  if (status !== 401 || !BASIC.test(challenge)) return;
  throw new TargetUnreachable(
    `${url} answered 401 ${type || 'without a type'}: the API is behind HTTP basic authentication, which takes the Authorization header that the API's own sign-in needs. Except the API's path from it, or set API_URL to an address without it; BASIC_AUTH is for the pages.`,
  );
}

function refuseDoorBeforePages(url: string, { status, challenge }: Answer, hasCredentials: boolean): void {
  if (status !== 401 || !BASIC.test(challenge)) return;
  if (hasCredentials) throw new ConfigError(`BASIC_AUTH: ${url} refuses it. Fix the name or the password.`);
  throw new TargetUnreachable(
    `${url}: asks for HTTP basic authentication (${challenge}). Set BASIC_AUTH=user:password.`,
  );
}

function refuseRedirect(url: string, { status, location }: Answer): void {
  if (location === undefined || status < 300 || status > 399 || !URL.canParse(location, url)) return;
  const { origin } = new URL(location, url);
  if (origin === new URL(url).origin) return;
  throw new TargetUnreachable(
    `${url} redirects to ${origin} (answer ${status}), and redirects are not followed. Name that address, if it is the one to test.`,
  );
}

function isJson(type: string): boolean {
  return type.includes('json');
}
