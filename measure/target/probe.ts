import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { TargetUnreachable } from '../../config/errors.ts';
import { dispatcherFor, tlsProblem } from './connection.ts';

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
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    let asked = apiUrl.startsWith(`${baseUrl}/`) ? baseUrl : apiUrl;
    try {
      const me = await ask(`${apiUrl}/auth/me`, { insecureTls });
      refuseRedirect(`${apiUrl}/auth/me`, me);
      if (me.status !== 401 || !isJson(me.type)) {
        throw new TargetUnreachable(
          `${apiUrl}/auth/me answered ${me.status} ${me.type || 'without a type'}, not the scheduler's 401: is BASE_URL (or API_URL) the Residency Scheduler's address?`,
        );
      }
      asked = baseUrl;
      const page = await ask(`${baseUrl}/login`, { insecureTls });
      refuseRedirect(`${baseUrl}/login`, page);
      if (page.status !== 200 || !page.type.includes('text/html')) {
        throw new TargetUnreachable(
          `${baseUrl}/login answered ${page.status} ${page.type || 'without a type'}, not a page: is BASE_URL the address of the scheduler's front end?`,
        );
      }
      return;
    } catch (error) {
      if (error instanceof TargetUnreachable) throw error;
      if (attempt >= attempts) {
        const tls = await tlsProblem(asked, error);
        if (tls) throw new TargetUnreachable(`${asked}: ${tls}`);
        const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
        throw new TargetUnreachable(
          `${asked} does not answer (${why}): start the scheduler there, or mend ${asked === baseUrl ? 'BASE_URL' : 'API_URL'}; leave BASE_URL empty to use the embedded one`,
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
}

/** Any answer counts, whatever its status. @param signal ends the waiting; default: after 5 s */
export async function ask(
  url: string,
  { insecureTls, signal = AbortSignal.timeout(ANSWER_LIMIT_MS) }: AskOptions,
): Promise<Answer> {
  const { statusCode, headers, body } = await request(url, {
    dispatcher: dispatcherFor(insecureTls),
    reset: true, // a connection of its own: the target's pool is the sessions'
    headersTimeout: 0,
    bodyTimeout: 0,
    signal,
  });
  await body.dump({ limit: MAX_BODY, signal });
  const location = headers.location === undefined ? undefined : String(headers.location);
  return { status: statusCode, type: String(headers['content-type'] ?? ''), location };
}

interface AskOptions {
  insecureTls: boolean;
  signal?: AbortSignal;
}

function refuseRedirect(url: string, { status, location }: Answer): void {
  if (location === undefined || status < 300 || status > 399 || !URL.canParse(location, url)) return;
  const { origin } = new URL(location, url);
  if (origin === new URL(url).origin) return;
  throw new TargetUnreachable(
    `${url} sends on to ${origin} (answer ${status}), which is not followed: name that address itself, if it is the one to test`,
  );
}

function isJson(type: string): boolean {
  return type.includes('json');
}
