/**
 * The schema of the suite's variables: how each is written, and how a wrong one is fixed. `.env.example` says
 * what they mean.
 */
import { existsSync, statSync } from 'node:fs';
import { z } from 'zod';
import { parseCheckRate } from './check-rate.ts';
import { parseDuration } from './duration.ts';
import { absolutePath, ONLY_HOME } from './path.ts';
import { SERVER_NAMES, type ServerName } from './server-names.ts';
import { versionNumbers } from './target-version.ts';

const text = z.string().trim();

/** Variables whose value no message repeats. */
export const SECRET_VARIABLES: readonly string[] = [
  'BASIC_AUTH',
  'INFLUX_TOKEN',
  'INFLUX_USER',
  'PROMETHEUS_TOKEN',
  'OTLP_HEADERS',
];

const url = text.transform((value, ctx) => {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    ctx.addIssue({ code: 'custom', message: 'not a URL; write e.g. http://localhost:3000' });
    return z.NEVER;
  }
  if (parsed.username || parsed.password) {
    ctx.addIssue({
      code: 'custom',
      message:
        'holds a user name or password; take it out, name the accounts in ACCOUNTS_FILE, and those of HTTP basic authentication in BASIC_AUTH',
    });
    return z.NEVER;
  }
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
});

/** Where the API is: it may have a path. Without a slash at the end. */
export const apiAddress = url;

/** Where the pages are. The application asks for `/login`, `/_next/…` and `/api/…` whatever it is reached by. */
export const pagesAddress = url.transform((value, ctx) => {
  const { origin } = new URL(value);
  if (origin === value) return value;
  ctx.addIssue({
    code: 'custom',
    message: `has a path, and the scheduler's pages live at the root of their host; write ${origin}`,
  });
  return z.NEVER;
});

const wholeNumber = (min: number, max: number, example: string) =>
  text.transform((value, ctx) => {
    const number = Number(value);
    if (/^[+-]?\d+$/.test(value) && number >= min && number <= max) return number;
    ctx.addIssue({ code: 'custom', message: `not a whole number ${range(min, max)}; write e.g. ${example}` });
    return z.NEVER;
  });

/** Only the seed has an upper end that someone may meet. */
const range = (min: number, max: number) => (min === 0 ? `from 0 to ${max}` : `of ${min} or more`);

const factor = text.transform((value, ctx) => {
  const number = Number(value);
  if (/^\d+(\.\d+)?$/.test(value)) return number;
  ctx.addIssue({ code: 'custom', message: 'not a factor of 0 or more; write e.g. 1, 0.5 or 0' });
  return z.NEVER;
});

const slowdown = text.transform((value, ctx) => {
  const number = Number(value);
  if (/^\d+(\.\d+)?$/.test(value) && number >= 1 && number <= 100) return number;
  ctx.addIssue({ code: 'custom', message: 'not a factor from 1 to 100; write e.g. 4' });
  return z.NEVER;
});

const duration = text.transform((value, ctx) => {
  const seconds = parseDuration(value);
  if (seconds !== null) return seconds;
  ctx.addIssue({ code: 'custom', message: 'not a duration; write e.g. 30s, 5m or 1h' });
  return z.NEVER;
});

const checkRate = text.transform((value, ctx) => {
  const rate = parseCheckRate(value);
  if (rate !== null) return rate;
  ctx.addIssue({ code: 'custom', message: 'not a share from 0 to 1; write e.g. 0.1, 1 or auto' });
  return z.NEVER;
});

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: () => `not known; write ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` });

export interface BasicAuth {
  username: string;
  password: string;
}

/** As OTEL_EXPORTER_OTLP_HEADERS has them (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). */
const headers = text.transform((value, ctx): Record<string, string> => {
  const pairs = value.split(',').map((pair) => /^\s*([\w-]+)=(.+?)\s*$/.exec(pair));
  if (pairs.every((pair) => pair !== null))
    return Object.fromEntries(pairs.map(([, name, of]) => [name, of]));
  ctx.addIssue({ code: 'custom', message: 'not headers; write name=value,name=value' });
  return z.NEVER;
});

const token = text.refine((value) => /^[\x21-\x7e]+$/.test(value), {
  error: 'not a token: it has spaces, line breaks or letters that no header may have',
});

const servers = text.transform((value, ctx): ServerName[] => {
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name): name is ServerName => SERVER_NAMES.includes(name as ServerName))) return names;
  ctx.addIssue({ code: 'custom', message: `not known; write one or more of ${SERVER_NAMES.join(',')}` });
  return z.NEVER;
});

const port = text.transform((value, ctx): number => {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= 65_535) return number;
  ctx.addIssue({ code: 'custom', message: 'not a port from 1 to 65535; write e.g. 9464' });
  return z.NEVER;
});

/** https://www.rfc-editor.org/rfc/rfc7617: the name has no colon, the password may have some. */
const basicAuth = text.transform((value, ctx): BasicAuth => {
  const [, username, password] = /^([^:]+):(.+)$/.exec(value) ?? [];
  if (username !== undefined && password !== undefined) return { username, password };
  ctx.addIssue({ code: 'custom', message: 'not a name and a password; write user:password' });
  return z.NEVER;
});

const yesOrNo = oneOf(['true', 'false']).transform((value) => value === 'true');

/** A number means yes, with that number. */
const yesNoOrCount = text.transform((value, ctx) => {
  if (value === 'true' || value === 'false') return value === 'true';
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= 1_000_000) return number;
  ctx.addIssue({ code: 'custom', message: 'not known; write true, false, or sign-ins a minute, e.g. 30' });
  return z.NEVER;
});

/** Becomes an absolute path. */
const path = text.transform((value, ctx): string => {
  const absolute = absolutePath(value);
  if (absolute !== undefined) return absolute;
  ctx.addIssue({ code: 'custom', message: ONLY_HOME });
  return z.NEVER;
});

/** A file that is there; becomes its absolute path. */
const file = (mend: string) =>
  path.transform((path, ctx) => {
    if (existsSync(path) && statSync(path).isFile()) return path;
    ctx.addIssue({ code: 'custom', message: `no such file; ${mend}` });
    return z.NEVER;
  });

const slug = (max: number) =>
  text.refine((value) => /^[a-z0-9-]+$/.test(value) && value.length <= max, {
    error: `not a label; write up to ${max} of a-z, 0-9 and -, e.g. before-index`,
  });

export const accountsFile = file('write the path of a YAML file with the accounts');

const version = text.refine((value) => value.length <= 40 && versionNumbers(value) !== undefined, {
  error: 'not a version; write numbers with points between, e.g. 1.4.0',
});

/** Variable → how it is read. The order is that of `.env.example`. Durations become seconds, paths absolute. */
export const variables = z.object({
  BASE_URL: pagesAddress.optional(),
  API_URL: apiAddress.optional(),
  ENVIRONMENT: slug(40).optional(),
  ACCOUNTS_FILE: accountsFile.optional(),
  BASIC_AUTH: basicAuth.optional(),
  PACE_SIGN_INS: yesNoOrCount.optional(),
  ALLOW_PRODUCTION: yesOrNo.default(false),
  INSECURE_TLS: yesOrNo.default(false),
  TARGET_VERSION: version.optional(),
  DURATION: duration.optional(),
  VUS: wholeNumber(1, 1_000_000, '20').optional(),
  MAX_TIME: duration.optional(),
  MAX_UNRESPONSIVE: duration.prefault('120s'),
  JOURNEYS: wholeNumber(1, 1_000_000, '2').default(2),
  THINK: factor.default(1),
  SEED: wholeNumber(0, 2 ** 32 - 1, '1').default(1),
  REPEAT: wholeNumber(1, 100_000, '5').default(1),
  WORKERS: wholeNumber(1, 100, '2').default(1),
  CONNECTIONS: oneOf(['shared', 'per-user']).default('shared'),
  LABEL: slug(40).optional(),
  DATA_SIZE: oneOf(['small', 'medium', 'large']).default('medium'),
  REPORTS_DIR: path.prefault('reports/runs'),
  CACHE_DIR: path.prefault('.cache'),
  THROTTLE: oneOf(['off', 'cable', '4g', 'slow-4g', '3g']).default('off'),
  CPU_SLOWDOWN: slowdown.default(1),
  CHROMIUM_PATH: file('write the path of a Chromium, or leave it empty and run `npm run setup`').optional(),
  ARTILLERY_STATISTICS: yesOrNo.default(false),
  K6_PATH: file('write the path of k6, or leave it empty and have it on PATH').optional(),
  HEADED: yesOrNo.default(false),
  BROWSER_PER_USER: yesOrNo.optional(),
  ARTIFACTS: wholeNumber(0, 1000, '3').default(3),
  TRACE: oneOf(['off', 'sample', 'all']).optional(),
  CHECK_RATE: checkRate.default('auto'),
  // Of `npx loadtest alert` alone, which checks them (alert-channels.ts): a wrong one is in no run's way.
  ALERT_ALERTMANAGER_URL: text.optional(),
  ALERT_ALERTMANAGER_TOKEN: text.optional(),
  ALERT_WEBHOOK_URL: text.optional(),
  ALERT_WEBHOOK_TOKEN: text.optional(),
  ALERT_SLACK_URL: text.optional(),
  ALERT_PAGERDUTY_KEY: text.optional(),
  ALERT_PAGERDUTY_URL: text.optional(),
  ALERT_SMTP_URL: text.optional(),
  ALERT_SMTP_PASSWORD: text.optional(),
  ALERT_MAIL_FROM: text.optional(),
  ALERT_MAIL_TO: text.optional(),
  INFLUX_URL: url.optional(),
  INFLUX_ORG: text.optional(),
  INFLUX_BUCKET: text.optional(),
  INFLUX_TOKEN: token.optional(),
  INFLUX_DATABASE: text.optional(),
  INFLUX_USER: basicAuth.optional(),
  PROMETHEUS_URL: url.optional(),
  PROMETHEUS_TOKEN: token.optional(),
  OTLP_URL: url.optional(),
  OTLP_HEADERS: headers.optional(),
  LIVE_TO: servers.default([]),
  METRICS_PORT: port.optional(),
});

export type Variables = z.output<typeof variables>;
