/** The deployments that may be tested and how far, from `environments.yml` beside this file, which describes each key. */
import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { CHANGES, type MayChange } from './changes.ts';
import { ConfigError } from './errors.ts';
import { hostOf } from './hosts.ts';
import { didYouMean } from './nearest-name.ts';
import { apiAddress, pagesAddress } from './variables.ts';

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
const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
/** Spellings of keys that would hold a secret. */
const SECRET = /pass(word|wd|phrase)?$|pwd|secret|token|credential|api_?key/i;

const text = z.string({ error: 'not a text' }).min(1, { error: 'empty; write a value or leave the key out' });
const count = z
  .number({ error: `not a whole number from 1 to ${MOST}` })
  .int({ error: `not a whole number from 1 to ${MOST}` })
  .min(1, { error: `not a whole number from 1 to ${MOST}` })
  .max(MOST, { error: `not a whole number from 1 to ${MOST}` });
const flag = z.boolean({ error: 'neither true nor false' });

/** A value of this kind, or a reference to a variable, whose value is checked when the environment is read. */
const reference = (value: z.ZodType) =>
  text.superRefine((given, ctx) => {
    if (REFERENCE.test(given)) return;
    const message = given.includes('${')
      ? `a variable must be the whole value; write \${VARIABLE}`
      : value.safeParse(given).error?.issues[0]?.message;
    if (message) ctx.addIssue({ code: 'custom', message });
  });

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
  const content = readYaml(file, shown);
  if (content === null || typeof content !== 'object' || Array.isArray(content)) {
    throw new ConfigError(`${shown}: not a list of environments; write \`name:\` and its keys below it.`);
  }
  refuseSecrets(content, [], shown);
  const entries = Object.entries(content).map(([name, given]) => {
    if (!/^[a-z0-9-]{1,40}$/.test(name))
      throw new ConfigError(`${shown}: ${name}: not a name; write up to 40 of a-z, 0-9 and -.`);
    const read = entry.safeParse(given ?? {});
    if (!read.success) throw new ConfigError(`${shown}: ${name}${problemOf(read.error.issues[0])}.`);
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

/** Name of the variable that a text refers to (`${NAME}`); undefined when it is a value itself. */
export function referredVariable(reference: string | undefined): string | undefined {
  return REFERENCE.exec(reference ?? '')?.[1];
}

/** The value of a text of an entry: itself, or that of the variable it refers to; undefined when there is none. */
export function resolved(
  reference: string | undefined,
  source: Record<string, string | undefined>,
): string | undefined {
  const variable = referredVariable(reference);
  return (variable === undefined ? reference : source[variable]?.trim()) || undefined;
}

function readYaml(file: string | URL, shown: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The parser's own message quotes the line, and somebody may have written a password there.
    const where =
      error instanceof YAMLParseError ? `:${error.linePos?.[0].line}: not YAML` : ': cannot be read';
    const code = (error as NodeJS.ErrnoException).code;
    throw new ConfigError(`${shown}${where} (${code}). Mend or restore the file.`);
  }
}

/** @throws {ConfigError} for a key that would hold a secret, wherever it is; its value is not repeated. */
function refuseSecrets(content: object, path: string[], shown: string): void {
  for (const [key, value] of Object.entries(content)) {
    const here = [...path, key];
    if (path.length > 0 && SECRET.test(key)) {
      throw new ConfigError(
        `${shown}: ${here.join('.')}: a secret has no place in this file, which is committed; take it out and name a file with the accounts (accounts: path, or \${VARIABLE}).`,
      );
    }
    if (value !== null && typeof value === 'object') refuseSecrets(value, here, shown);
  }
}

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  // A union tells nothing by itself: what is wrong is in the issues of its object.
  const inner = issue?.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : undefined;
  const path = [...(issue?.path ?? []), ...(inner?.path ?? [])].join('.');
  const told = inner ?? issue;
  const at = path ? `, ${path}` : '';
  if (told?.code === 'unrecognized_keys') {
    const [key = ''] = told.keys;
    const known = path === 'rateLimits' ? Object.keys(STOCK_LIMITS) : Object.keys(entry.shape);
    return `${at}: unknown key '${key}'${didYouMean(key, known) || ';'} known are ${known.join(', ')}`;
  }
  if (path === 'rateLimits') {
    return `${at}: write off, or { ${Object.keys(STOCK_LIMITS).join(', ')} }, each a number a minute`;
  }
  return `${at}: ${told?.message}`;
}
