/** The deployments that may be tested and how far, from `environments.yml` beside this file, which describes each key. */
import { z } from 'zod';
import { CHANGES, type MayChange } from './changes.ts';
import { hostOf } from './hosts.ts';
import { links } from './links.ts';
import { endpoints } from './metrics-endpoints.ts';
import { didYouMean } from './nearest-name.ts';
import { reference, referredVariable, text } from './reference.ts';
import { apiAddress, pagesAddress } from './variables.ts';
import { loadYaml } from './yaml.ts';
import type { Path } from './yaml-line.ts';
import { SECRET_KEY } from './yaml-syntax.ts';

export { referredVariable, resolved } from './reference.ts';

/** Name of the environment that the suite starts for itself. */
export const EMBEDDED = 'embedded';

/** What the target allows from one network address in a minute. */
export interface RateLimits {
  signInsPerMinute: number;
  refreshesPerMinute: number;
  /** Of one URL path. */
  requestsPerMinute: number;
}

/** What a stock deployment allows (docs/contract/api.md §2.1, §2.3). */
export const STOCK_LIMITS: RateLimits = {
  signInsPerMinute: 5,
  refreshesPerMinute: 10,
  requestsPerMinute: 200,
};

const MAX_COUNT = 1_000_000;

const count = z
  .number({ error: `not a whole number from 1 to ${MAX_COUNT}` })
  .int({ error: `not a whole number from 1 to ${MAX_COUNT}` })
  .min(1, { error: `not a whole number from 1 to ${MAX_COUNT}` })
  .max(MAX_COUNT, { error: `not a whole number from 1 to ${MAX_COUNT}` });
const flag = z.boolean({ error: 'neither true nor false' });

const host = text.refine((given) => hostOf(given) !== undefined, {
  error: 'neither a host nor a URL; write e.g. scheduler.example.org',
});

const mayChange = z.unknown().transform((given, ctx): MayChange => {
  if (given === 'everything') return [...CHANGES];
  if (given === 'nothing') return [];
  const list: unknown[] = Array.isArray(given) ? given : [given];
  const strange = list.find((one) => !CHANGES.includes(one as (typeof CHANGES)[number]));
  if (Array.isArray(given) && strange === undefined) return [...new Set(list)] as MayChange;
  const near = typeof strange === 'string' ? didYouMean(strange, CHANGES) : '';
  const what = strange === undefined ? 'empty' : `${JSON.stringify(strange)} is not known`;
  ctx.addIssue({
    code: 'custom',
    message: `${what}${near || ';'} write everything, nothing, or a list of ${CHANGES.join(', ')}`,
  });
  return z.NEVER;
});

const entry = z
  .strictObject({
    baseUrl: reference(pagesAddress).optional(),
    apiUrl: reference(apiAddress).optional(),
    accounts: text.optional(),
    rateLimits: z
      .union(
        [
          z.literal('off').transform(() => null),
          z.strictObject({ signInsPerMinute: count, refreshesPerMinute: count, requestsPerMinute: count }),
        ],
        { error: `write off, or { ${Object.keys(STOCK_LIMITS).join(', ')} }, each a number a minute` },
      )
      .default(STOCK_LIMITS),
    paceSignIns: flag.default(false),
    mayChange: mayChange.default([]),
    maxUsers: count.optional(),
    expectedPeak: count.optional(),
    production: flag.default(false),
    addresses: z.array(reference(host), { error: 'not a list of hosts or URLs' }).default([]),
    metrics: endpoints.default([]),
    links: links.default([]),
  })
  .superRefine(({ production, mayChange: changes, maxUsers, addresses }, ctx) => {
    const issue = (key: string, message: string) => ctx.addIssue({ code: 'custom', path: [key], message });
    if (production && changes.length > 0) issue('mayChange', 'nothing may be changed in production');
    if (production && maxUsers === undefined) issue('maxUsers', 'missing; production needs a limit');
    if (!production && addresses.length > 0) issue('addresses', 'only for entries with production: true');
  });

/** One entry; its addresses and accounts may still be references, see `resolved`. */
export type Deployment = z.output<typeof entry>;
export type Deployments = Readonly<Record<string, Deployment>>;

const name = z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'not a name; write up to 40 of a-z, 0-9 and -' });

const entries = z
  .record(
    name,
    z
      .unknown()
      .transform((given) => given ?? {})
      .pipe(entry),
    {
      error: ({ code }) =>
        code === 'invalid_type'
          ? 'not a list of environments; write `name:` and its keys below it'
          : undefined,
    },
  )
  .superRefine((environments, ctx) => {
    const issue = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    for (const needed of [EMBEDDED, 'local']) {
      if (!environments[needed])
        issue([], `no entry ${needed}, which is used without ENVIRONMENT; restore it`);
    }
    if (environments[EMBEDDED]?.baseUrl)
      issue([EMBEDDED, 'baseUrl'], 'the suite chooses its address; take it out');
  });

/** Secrets are looked for first: no other message may repeat one. */
const schema = z.unknown().superRefine(refuseSecrets).pipe(entries);

/**
 * Reads and checks the entries.
 * @throws {ConfigError} one line: file and line, entry and key, what is wrong
 */
export function loadEnvironments(
  file: string | URL = new URL('environments.yml', import.meta.url),
): Deployments {
  const shown = file instanceof URL ? 'config/environments.yml' : file;
  return loadYaml(file, schema, { shown, place }).data;
}

/** Variables that the entries refer to. */
export function referredVariables(deployments: Deployments): string[] {
  const references = Object.values(deployments).flatMap(
    ({ baseUrl, apiUrl, accounts, addresses, metrics }) => [
      baseUrl,
      apiUrl,
      accounts,
      ...addresses,
      ...metrics.flatMap(({ url, bearer }) => [url, bearer]),
    ],
  );
  return references.map(referredVariable).filter((name) => name !== undefined);
}

/** `lab, metrics.0.url`; `lab.password` of a secret. */
function place(path: Path): string {
  const [entryName, ...keys] = path;
  if (isSecret(path)) return path.join('.');
  return [entryName, keys.join('.')].filter(Boolean).join(', ');
}

function isSecret(path: Path): boolean {
  return path.length > 1 && SECRET_KEY.test(String(path.at(-1)));
}

/** Refuses keys that would hold a secret, wherever they are; their values are not repeated. */
function refuseSecrets(content: unknown, ctx: z.core.$RefinementCtx, path: PropertyKey[] = []): void {
  if (content === null || typeof content !== 'object') return;
  for (const [key, value] of Object.entries(content)) {
    const here = [...path, key];
    if (isSecret(here)) {
      const message = `a secret has no place in this file, which is committed; take it out and name a file with the accounts (accounts: path, or \${VARIABLE})`;
      ctx.addIssue({ code: 'custom', path: here, message });
    }
    refuseSecrets(value, ctx, here);
  }
}
