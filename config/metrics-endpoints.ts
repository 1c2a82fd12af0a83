/** The key `metrics` of `environments.yml`: Prometheus endpoints of the target, read while a run goes on. */
import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { didYouMean } from './nearest-name.ts';
import { reference, referredVariable, resolved, text } from './reference.ts';
import { loadTargetMetrics } from './target-metrics.ts';
import type { BasicAuth } from './variables.ts';

/** As the entry has it; `url` and `bearer` may be references. Durations: seconds. */
export interface MetricsEntry {
  name: string;
  url: string;
  kind: string;
  every: number;
  timeout: number;
  bearer?: string;
  only: Record<string, string>;
}

/** One endpoint to read. */
export interface MetricsEndpoint {
  /** Unique in its environment. */
  name: string;
  url: string;
  /** Key of target-metrics.yml. */
  kind: string;
  /** From one scrape to the next, and how long an answer may take; seconds. */
  every: number;
  timeout: number;
  /** A secret: sent to `url` as a bearer token, written nowhere. */
  bearer?: string;
  /** The variable that was to hold it, and is not set. */
  bearerMissing?: string;
  /** Of a target whose pages are behind HTTP basic authentication, where the endpoint is there too: a secret. */
  basicAuth?: BasicAuth;
  /** Series that have one of these labels with another value are left out. */
  only: Record<string, string>;
}

/** An endpoint whose address is a variable that is not set. */
export interface UnsetEndpoint {
  name: string;
  variable: string;
}

/** The name under which the process tree of a target is recorded. */
const TAKEN = 'process';
const LONGEST_TIMEOUT_S = 5;
const EVERY_S = 5;

/** A path is one at the host of the API, whatever that is: for an application that shows its own metrics. */
const address = z.string().superRefine((given, ctx) => {
  const message = problemOfAddress(given);
  if (message) ctx.addIssue({ code: 'custom', message });
});

const seconds = (least: number, most: number) =>
  z.unknown().transform((given, ctx): number => {
    const read = typeof given === 'string' ? parseDuration(given) : null;
    if (read !== null && read >= least && read <= most) return read;
    ctx.addIssue({ code: 'custom', message: `not a duration from ${least}s to ${most}s; write e.g. 5s` });
    return z.NEVER;
  });

const kind = z.unknown().transform((given, ctx): string => {
  const known = [...loadTargetMetrics().keys()];
  if (typeof given === 'string' && known.includes(given)) return given;
  const near = typeof given === 'string' ? didYouMean(given, known) : '';
  ctx.addIssue({
    code: 'custom',
    message:
      given === undefined
        ? `missing; write one of ${known.join(', ')}`
        : `not known${near || ';'} write one of ${known.join(', ')}`,
  });
  return z.NEVER;
});

const bearer = text.refine((given) => referredVariable(given) !== undefined, {
  error: `a token has no place in this file, which is committed; write \${VARIABLE}, the variable that holds it`,
});

const endpoint = z
  .strictObject({
    name: z
      .string({ error: 'missing; write e.g. database' })
      .regex(/^[a-z0-9-]{1,40}$/, { error: 'not a name; write up to 40 of a-z, 0-9 and -' })
      .refine((name) => name !== TAKEN, {
        error: `taken by the target’s own process tree; write another name`,
      }),
    url: reference(address),
    kind,
    every: seconds(1, 300).default(EVERY_S),
    timeout: seconds(0.1, 60).optional(),
    bearer: bearer.optional(),
    only: z
      .record(z.string(), z.string({ error: 'not a text' }), { error: 'write { label: value }' })
      .default({}),
  })
  .transform(({ timeout, ...given }, ctx): MetricsEntry => {
    const { every } = given;
    if (timeout !== undefined && timeout > every) {
      ctx.addIssue({
        code: 'custom',
        path: ['timeout'],
        message: `longer than every (${every}s); an answer must be there before the next is asked for`,
      });
    }
    return { ...given, timeout: timeout ?? Math.min(every, LONGEST_TIMEOUT_S) };
  });

export const endpoints = z
  .array(endpoint, {
    error: `not a list; write - { name: application, url: http://…/metrics, kind: application }`,
  })
  .superRefine((list, ctx) => {
    const twice = list.findIndex(({ name }, index) => list.findIndex((one) => one.name === name) !== index);
    if (twice >= 0)
      ctx.addIssue({
        code: 'custom',
        path: [twice, 'name'],
        message: `'${list[twice]?.name}' is there already; each needs a name of its own`,
      });
  });

/**
 * The endpoints of an entry with the values of their variables.
 * @param apiUrl of the target, for those that are a path of it; undefined while it is not known: the path stays
 * @returns also what is wrong with a variable's value, for the caller to say: variable, its value, what is wrong
 */
export function resolveEndpoints(
  entries: readonly MetricsEntry[],
  source: Record<string, string | undefined>,
) {
  const found: MetricsEndpoint[] = [];
  const unset: UnsetEndpoint[] = [];
  const problems: Array<[variable: string, value: string, message: string]> = [];
  for (const { url: given, bearer: token, ...rest } of entries) {
    const variable = referredVariable(given) ?? '';
    const url = resolved(given, source);
    const wrong = url === undefined ? undefined : problemOfAddress(url);
    const bearer = resolved(token, source);
    if (url === undefined) unset.push({ name: rest.name, variable });
    else if (wrong) problems.push([variable, url, wrong]);
    else
      found.push({
        ...rest,
        url,
        bearer,
        bearerMissing: bearer === undefined ? referredVariable(token) : undefined,
      });
  }
  return { found, unset, problems };
}

/** Where an endpoint is, on a target whose API is there. */
export function endpointUrl({ url }: Pick<MetricsEndpoint, 'url'>, apiUrl: string): string {
  return new URL(url, apiUrl).href;
}

/** Those at the pages' origin are behind the same door as the pages: its credentials go there, and nowhere else. */
export function behindPages(
  endpoints: readonly MetricsEndpoint[],
  { baseUrl, apiUrl = baseUrl, basicAuth }: { baseUrl?: string; apiUrl?: string; basicAuth?: BasicAuth },
): MetricsEndpoint[] {
  if (!baseUrl || !apiUrl || !basicAuth) return [...endpoints];
  const { origin } = new URL(baseUrl);
  const isThere = (endpoint: MetricsEndpoint) => new URL(endpointUrl(endpoint, apiUrl)).origin === origin;
  return endpoints.map((one) => (isThere(one) && !one.bearer ? { ...one, basicAuth } : one));
}

/** A query may select (`?collect[]=cpu`), but it is in logs everywhere: no place for a secret. */
function problemOfAddress(given: string): string | undefined {
  const isPath = given.startsWith('/') && !given.startsWith('//');
  const base = isPath ? 'http://path' : undefined;
  const url = URL.canParse(given, base) ? new URL(given, base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return 'neither a URL nor a path; write e.g. http://127.0.0.1:9100/metrics, or /metrics at the host of the API';
  }
  if (url.username || url.password)
    return `holds a user name or password; take it out, and name a token by bearer: \${VARIABLE}`;
  const secret = [...url.searchParams.keys()].find((key) => /pass|secret|token|key/i.test(key));
  return secret && `holds a secret (${secret}); take it out, and name a token by bearer: \${VARIABLE}`;
}
