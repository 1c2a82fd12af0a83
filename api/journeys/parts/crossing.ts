/** Crosses one rate limit on purpose: at which request the refusal comes, what it says, and when it is over. */
import { TOO_MANY_REQUESTS } from '../../../config/http-status.ts';
import type { ApiAnswer } from '../../client/api-client.ts';
import type { HttpJourneyTools } from '../../journey.ts';

export interface Limit {
  /** As checks call it. */
  name: string;
  /** Requests that are let through. */
  allowed: number;
  /**
   * Of a route (slowapi), or of the sign-in endpoints: their refusals have two shapes
   * (docs/contract/api.md §2.1, §2.3).
   */
  kind: 'route' | 'auth';
  /** Sends one request that counts; 429 is an expected answer. @param index 0, 1, 2, … */
  send(index: number): Promise<ApiAnswer<unknown>>;
}

/** A limit that is in force now. */
export interface Crossed {
  limit: Limit;
  /** When the refusal said that it would be over, by `performance.now()`. */
  over: number;
}

type Tools = Pick<HttpJourneyTools, 'check' | 'wait'>;

/** Sends what is allowed and one more, one after another. @returns undefined when nothing was refused. */
export async function cross({ check }: Tools, limit: Limit): Promise<Crossed | undefined> {
  const { name, allowed } = limit;
  let answer = await limit.send(0);
  let sent = 1;
  while (answer.status !== TOO_MANY_REQUESTS && sent <= allowed) {
    answer = await limit.send(sent);
    sent += 1;
  }
  const refused = answer.status === TOO_MANY_REQUESTS;
  check(
    `${name}: refused at the limit`,
    refused && sent === allowed + 1,
    refused
      ? `429 at request ${sent}, not at ${allowed + 1}`
      : `${sent} requests and no 429, though ${allowed} are allowed: are the target's limits on (RATE_LIMIT_ENABLED=true, DEBUG=false)?`,
  );
  if (!refused) return undefined;
  return { limit, over: performance.now() + checkRefusal({ check }, limit, answer) * 1000 };
}

interface Refusal {
  detail?: {
    error?: unknown;
    message?: unknown;
    limit?: unknown;
    remaining?: unknown;
    retry_after?: unknown;
  };
}

/**
 * The limiter of all routes writes its own figures over the headers of a refusal by another
 * (docs/contract/verified.md §2.9): a refused sign-in says in its body alone how much is left, and when it is
 * over.
 * @returns seconds after which the target said it would answer again; 0 when it did not say
 */
function checkRefusal(
  { check }: Pick<Tools, 'check'>,
  { name, kind, allowed }: Limit,
  answer: ApiAnswer<unknown>,
): number {
  const { headers, data } = answer;
  const { detail = {} } = (data ?? {}) as Refusal;
  const header = Number(headers['retry-after']);
  const inBody = Number(
    kind === 'auth' ? /in (\d+) seconds/.exec(String(detail.message))?.[1] : detail.retry_after,
  );
  check(
    `${name}: refusal announces its end`,
    header > 0 && inBody > 0,
    `Retry-After: ${headers['retry-after']}, ${JSON.stringify(data)}`,
  );
  const left = kind === 'auth' ? detail.remaining : headers['x-ratelimit-remaining'];
  check(`${name}: refusal reports none remaining`, Number(left) === 0, `${left} left`);
  const limits = [headers['x-ratelimit-limit']].flat().join(', ');
  const says = String(detail.error).startsWith('Rate limit exceeded');
  check(
    `${name}: refusal names the limit`,
    says && (kind === 'auth' ? detail.limit === allowed && limits.includes(String(allowed)) : limits !== ''),
    `X-RateLimit-Limit: ${limits}, ${JSON.stringify(data)}`,
  );
  return Math.max(0, ...[header, inBody].filter(Number.isFinite));
}

/** Waits until each refusal has said that it would be over, and sends one request more. */
export async function untilOver(
  { check, wait }: Tools,
  crossed: ReadonlyArray<Crossed | undefined>,
): Promise<void> {
  for (const one of crossed) {
    if (!one) continue;
    const left = one.over - performance.now();
    if (left > 0) await wait(left);
    const { status } = await one.limit.send(one.limit.allowed + 1);
    check(`${one.limit.name}: refusal ends when announced`, status !== TOO_MANY_REQUESTS, '429 again');
  }
}
