/** The deployments that may be tested and how far, from `environments.yml` beside this file, which describes each key. */
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { CHANGES, type MayChange } from './changes.ts';
import { ConfigError } from './errors.ts';
import { hostOf } from './hosts.ts';
import { endpoints, METRICS_KEYS } from './metrics-endpoints.ts';
import { didYouMean } from './nearest-name.ts';
import { reference, text } from './reference.ts';
import { apiAddress, pagesAddress } from './variables.ts';
import { lineOf } from './yaml-line.ts';

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

/** What a stock deployment allows (contract api.md §2.1, §2.3). */
export const STOCK_LIMITS: RateLimits = {
  signInsPerMinute: 5,
  refreshesPerMinute: 10,
  requestsPerMinute: 200,
};

const MOST = 1_000_000;
/** Spellings of keys that would hold a secret. */
const SECRET = /pass(word|wd|phrase)?$|pwd|secret|token|credential|api_?key/i;

const count = z
  .number({ error: `not a whole number from 1 to ${MOST}` })
  .int({ error: `not a whole number from 1 to ${MOST}` })
  .min(1, { error: `not a whole number from 1 to ${MOST}` })
  .max(MOST, { error: `not a whole number from 1 to ${MOST}` });
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
      .union([
        z.literal('off').transform(() => null),
        z.strictObject({ signInsPerMinute: count, refreshesPerMinute: count, requestsPerMinute: count }),
      ])
      .default(STOCK_LIMITS),
    paceSignIns: flag.default(false),
    mayChange: mayChange.default([]),
    maxUsers: count.optional(),
    production: flag.default(false),
    addresses: z.array(reference(host), { error: 'not a list of hosts or URLs' }).default([]),
    metrics: endpoints.default([]),
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

/**
 * Reads and checks the entries.
 * @throws {ConfigError} one line: file, entry and key, what is wrong with it and how to mend it
 */
export function loadEnvironments(
  file: string | URL = new URL('environments.yml', import.meta.url),
): Deployments {
  const shown = file instanceof URL ? 'config/environments.yml' : file;
  const { content, lineOfKey } = readYaml(file, shown);
  if (content === null || typeof content !== 'object' || Array.isArray(content)) {
    throw new ConfigError(`${shown}: not a list of environments; write \`name:\` and its keys below it.`);
  }
  refuseSecrets(content, [], (path) => `${shown}:${lineOfKey(path)}`);
  const entries = Object.entries(content).map(([name, given]) => {
    if (!/^[a-z0-9-]{1,40}$/.test(name))
      throw new ConfigError(
        `${shown}:${lineOfKey([name])}: ${name}: not a name; write up to 40 of a-z, 0-9 and -.`,
      );
    const read = entry.safeParse(given ?? {});
    if (!read.success) {
      const [issue] = read.error.issues;
      const line = lineOfKey([name, ...pathOf(issue)]);
      throw new ConfigError(`${shown}:${line}: ${name}${problemOf(issue)}.`);
    }
    return [name, read.data] as const;
  });
  const environments = Object.fromEntries(entries);
  for (const name of [EMBEDDED, 'local']) {
    if (!environments[name])
      throw new ConfigError(`${shown}: no entry ${name}, which is used without ENVIRONMENT; restore it.`);
  }
  if (environments[EMBEDDED]?.baseUrl)
    throw new ConfigError(`${shown}: ${EMBEDDED}, baseUrl: the suite chooses its address; take it out.`);
  return environments;
}

function readYaml(file: string | URL, shown: string) {
  // A parser's own message quotes the line, and somebody may have written a password there.
  const unreadable = (where: string, code: string | undefined) =>
    new ConfigError(`${shown}${where} (${code}). Mend or restore the file.`);
  let given: string;
  try {
    given = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(': cannot be read', (error as NodeJS.ErrnoException).code);
  }
  const lines = new LineCounter();
  const document = parseDocument(given, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw unreadable(`:${broken.linePos?.[0].line}: not YAML`, broken.code);
  const content: unknown = document.toJS();
  return { content, lineOfKey: (path: readonly PropertyKey[]) => lineOf(document, lines, path) };
}

/** @throws {ConfigError} for a key that would hold a secret, wherever it is; its value is not repeated. */
function refuseSecrets(content: object, path: string[], placeOf: (path: string[]) => string): void {
  for (const [key, value] of Object.entries(content)) {
    const here = [...path, key];
    if (path.length > 0 && SECRET.test(key)) {
      throw new ConfigError(
        `${placeOf(here)}: ${here.join('.')}: a secret has no place in this file, which is committed; take it out and name a file with the accounts (accounts: path, or \${VARIABLE}).`,
      );
    }
    if (value !== null && typeof value === 'object') refuseSecrets(value, here, placeOf);
  }
}

/** A union tells nothing by itself: what is wrong is in the issues of its object. */
function innerOf(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  return issue?.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : undefined;
}

function pathOf(issue: z.core.$ZodIssue | undefined): PropertyKey[] {
  return [...(issue?.path ?? []), ...(innerOf(issue)?.path ?? [])];
}

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  const path = pathOf(issue).join('.');
  const told = innerOf(issue) ?? issue;
  const at = path ? `, ${path}` : '';
  if (told?.code === 'unrecognized_keys') {
    const [key = ''] = told.keys;
    const known = keysAt(path);
    return `${at}: unknown key '${key}'${didYouMean(key, known) || ';'} known are ${known.join(', ')}`;
  }
  if (path === 'rateLimits') {
    return `${at}: write off, or { ${Object.keys(STOCK_LIMITS).join(', ')} }, each a number a minute`;
  }
  return `${at}: ${told?.message}`;
}

/** Keys that may stand there. */
function keysAt(path: string): readonly string[] {
  if (path === 'rateLimits') return Object.keys(STOCK_LIMITS);
  return path.startsWith('metrics.') ? METRICS_KEYS : Object.keys(entry.shape);
}
