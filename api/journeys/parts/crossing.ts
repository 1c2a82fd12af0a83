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

type Tools = Pick<HttpJourneyTools, 'check'>;
type WaitingTools = Tools & Pick<HttpJourneyTools, 'count' | 'cutShort' | 'ends' | 'wait'>;

/** Left for the requests after a wait, before sessions are cut off; ms. */
const LAST_REQUESTS_MS = 10_000;

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
    lockout_seconds?: unknown;
  };
}

/**
 * When a refusal says that it is over, in its header and in its body; seconds, NaN where it does not say. The limiter of all
 * routes writes its own figures over the headers of a refusal by another (docs/contract/verified.md §2.9).
 */
export function announced({ headers, data }: ApiAnswer<unknown>): { header: number; inBody: number } {
  const { detail = {} } = (data ?? {}) as Refusal;
  const inMessage = /in (\d+) seconds/.exec(String(detail.message))?.[1];
  return {
    header: Number(headers['retry-after']),
    inBody: Number(detail.lockout_seconds ?? detail.retry_after ?? inMessage),
  };
}

/** The longer of both: headers of another limiter must not make the wait shorter. */
function secondsUntilOver(answer: ApiAnswer<unknown>): number {
  const { header, inBody } = announced(answer);
  return Math.max(0, ...[header, inBody].filter(Number.isFinite));
}

/** A refused sign-in says in its body alone how much is left. @returns seconds after which the target said it would answer again */
function checkRefusal(
  { check }: Pick<Tools, 'check'>,
  { name, kind, allowed }: Limit,
  answer: ApiAnswer<unknown>,
): number {
  const { headers, data } = answer;
  const { detail = {} } = (data ?? {}) as Refusal;
  const { header, inBody } = announced(answer);
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
  return secondsUntilOver(answer);
}

/**
 * Waits until each refusal has said that it would be over, and sends one request more. A target that counts refused
 * requests may refuse that one too: then once more, for as long as it says this time.
 * @returns whether all were waited for: the journey ends where a limit outlasts the run
 */
export async function untilOver(
  tools: WaitingTools,
  crossed: ReadonlyArray<Crossed | undefined>,
): Promise<boolean> {
  for (const one of crossed) {
    if (!one) continue;
    const { name, allowed, send } = one.limit;
    if (!(await waitUntil(tools, name, one.over))) return false;
    let answer = await send(allowed + 1);
    const isCounted = answer.status === TOO_MANY_REQUESTS;
    tools.count('limits that count refused requests', isCounted ? 1 : 0);
    if (isCounted) {
      const over = performance.now() + secondsUntilOver(answer) * 1000;
      if (!(await waitUntil(tools, name, over))) return false;
      answer = await send(allowed + 2);
    }
    tools.check(
      `${name}: refusal ends when announced`,
      answer.status !== TOO_MANY_REQUESTS,
      '429 twice again',
    );
  }
  return true;
}

/** @param over by `performance.now()` @returns false: the run would be over before, and the journey is cut short */
export async function waitUntil(
  { wait, cutShort, ends }: WaitingTools,
  name: string,
  over: number,
): Promise<boolean> {
  const left = over - performance.now();
  if (ends !== undefined && Date.now() + left > ends - LAST_REQUESTS_MS) {
    const text = `${name}: the target refuses for ${Math.ceil(left / 1000)} s more, which outlasts the run`;
    cutShort({ code: 'limit-outlasts-run', text });
    return false;
  }
  if (left > 0) await wait(left);
  return true;
}
