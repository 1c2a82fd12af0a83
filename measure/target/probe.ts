import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { TargetUnreachable } from '../../config/errors.ts';
import { factsOf } from '../errors/classified-error.ts';
import { isOfGenerator } from '../run/error-kind.ts';
import { dispatcherFor, tlsProblem } from './connection.ts';

/** How often a target is asked while a run goes on, and how long an answer may take. Both ms. */
export interface ProbeTimes {
  every: number;
  limit: number;
}

const PROBE_TIMES: ProbeTimes = { every: 1000, limit: 5000 };
/**
 * docs/measuring.md, "A target that does not answer": so many probes in a row without any answer, and the
 * target is dead.
 */
const DEAD_AFTER = 3;

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

/** Asks the target's health each second, on a connection of its own; tells when it is dead. */
export class TargetWatch {
  readonly #url: string;
  readonly #onDeath: (how: string) => void;
  readonly #times: ProbeTimes;
  readonly #insecureTls: boolean;
  #unanswered = 0;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    baseUrl: string,
    apiUrl: string,
    onDeath: (how: string) => void,
    times: ProbeTimes = PROBE_TIMES,
    insecureTls = false,
  ) {
    this.#insecureTls = insecureTls;
    this.#url = `${apiUrl || baseUrl}/health/live`;
    this.#onDeath = onDeath;
    this.#times = times;
    this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    this.#timer = setTimeout(() => void this.#probe(), this.#times.every).unref();
  }

  async #probe(): Promise<void> {
    try {
      await ask(this.#url, { limit: this.#times.limit, insecureTls: this.#insecureTls }); // any answer is a sign of life, a 500 too
      this.#unanswered = 0;
    } catch (error) {
      // A probe that never left says nothing of the target.
      if (!isOfGenerator(factsOf(error))) this.#unanswered += 1;
      if (this.#unanswered >= DEAD_AFTER && !this.#stopped) {
        this.stop();
        const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
        this.#onDeath(`${DEAD_AFTER} health probes in a row had no answer (${why})`);
      }
    }
    if (!this.#stopped) this.#plan();
  }
}

interface Answer {
  status: number;
  type: string;
  /** Where a redirect leads. */
  location?: string;
}

async function ask(
  url: string,
  { limit = PROBE_TIMES.limit, insecureTls }: { limit?: number; insecureTls: boolean },
): Promise<Answer> {
  const { statusCode, headers, body } = await request(url, {
    dispatcher: dispatcherFor(insecureTls),
    reset: true, // a connection of its own: the target's pool is the sessions'
    headersTimeout: limit,
    bodyTimeout: limit,
    signal: AbortSignal.timeout(limit),
  });
  await body.dump();
  const location = headers.location === undefined ? undefined : String(headers.location);
  return { status: statusCode, type: String(headers['content-type'] ?? ''), location };
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
