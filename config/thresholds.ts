/** Limits per profile and metric, from `thresholds.yml` beside this file. */
import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { ConfigError } from './errors.ts';
import { isLive, type MetricExpression, parseMetric } from './metric-expression.ts';
import { limitSince, versionNumbers } from './target-version.ts';

export const LEVELS = ['off', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

export interface Threshold {
  /** As written in the file. */
  expression: string;
  metric: MetricExpression;
  level: Level;
  /** ms, a share 0–1, or no unit (CLS), as the metric has it. */
  limit: number;
  why?: string;
  /** The run is ended when the metric has been beyond the limit for so long; seconds. */
  abortAfter?: number;
  /** Of each level of a stepped run or a search: where it breaks, the target's limit is found, and the run has not failed. */
  breaking?: true;
  /** The first version of the target that it holds for. Absent: from the beginning. */
  since?: string;
  /** File and line, and since when it holds. */
  where: string;
}

export interface ProfileThresholds {
  /** Expressions, at most six: the figures that decide *better* or *worse*. */
  primary: string[];
  thresholds: Threshold[];
}

const MOST_PRIMARY = 6;
const DEFAULT = 'default';
const BROWSER = 'browser';
const HTTP = 'http';
/** Sections of the file that are no profiles. */
export const LAID_UNDER: readonly string[] = [DEFAULT, BROWSER, HTTP];
const gate = z.tuple([z.enum(LEVELS), z.number().min(0)]);
const seconds = z
  .union([z.number(), z.string()])
  .transform((given) => (typeof given === 'number' ? given : (parseDuration(given) ?? 0)))
  .refine((given) => given > 0);
const version = z.string().refine((text) => versionNumbers(text) !== undefined);
const entry = z.union([
  gate,
  z.strictObject({
    gate,
    why: z.string().min(1).optional(),
    since: version.optional(),
    abort: z.strictObject({ after: seconds }).optional(),
    breaking: z.literal(true).optional(),
  }),
]);
const profileSchema = z.strictObject({
  primary: z.array(z.string()).max(MOST_PRIMARY).optional(),
  metrics: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Reads and checks the whole file, all profiles.
 * @throws {ConfigError} one line: file and line, key, what is allowed
 */
export function loadThresholds(
  file: string | URL = new URL('thresholds.yml', import.meta.url),
): Map<string, ProfileThresholds> {
  const shown = file instanceof URL ? 'config/thresholds.yml' : file;
  const lines = new LineCounter();
  const document = parseDocument(readText(file, shown), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new ConfigError(`${shown}: not YAML: ${firstLine(broken.message)} Mend that line.`);
  if (!isMap(document.contents))
    throw new ConfigError(`${shown}: it must map profiles to primary and metrics.`);
  const lineOf = (...path: string[]): string => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const key of path) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      offset = (isScalar(pair?.key) && pair.key.range?.[0]) || offset;
      node = pair?.value;
    }
    return `${shown}:${lines.linePos(offset).line}`;
  };
  const profiles = new Map<string, ProfileThresholds>();
  for (const [profile, content] of Object.entries(document.toJS() as Record<string, unknown>)) {
    const parsed = profileSchema.safeParse(content);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const key = [profile, ...(issue?.path ?? [])].join('.');
      const allowed = `allowed: primary (a list of at most ${MOST_PRIMARY} metrics) and metrics`;
      throw new ConfigError(`${lineOf(profile)}: ${key}: ${issue?.message}; ${allowed}.`);
    }
    const { primary = [], metrics = {} } = parsed.data;
    for (const expression of primary) {
      const metric = parseMetric(expression);
      const at = lineOf(profile, 'primary');
      if (typeof metric === 'string')
        throw new ConfigError(`${at}: ${profile}.primary: '${expression}': ${metric}.`);
      if (metric.kind === 'figure' && metric.metric.includes('*')) {
        throw new ConfigError(
          `${at}: ${profile}.primary: '${expression}': a primary metric is one figure, name it without *.`,
        );
      }
    }
    const thresholds = Object.entries(metrics).flatMap(([expression, value]) => {
      const where = lineOf(profile, 'metrics', expression);
      // A limit, or a list of them, each since a version of the target.
      const isList = Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);
      const limits = isList && value.length > 0 ? value : [value];
      const given = limits.map((one, at) => {
        // Not the number that YAML makes of it: 1.10 would be 1.1.
        const path = [profile, 'metrics', expression, ...(isList ? [at] : []), 'since'];
        const since = (document.getIn(path, true) as { source?: string } | undefined)?.source;
        return readThreshold(profile, expression, since === undefined ? one : { ...one, since }, where);
      });
      const twice = given.find(({ since }, at) => given.findIndex((other) => other.since === since) !== at);
      if (!twice) return given;
      throw new ConfigError(
        `${where}: ${profile}.metrics: '${expression}': two limits ${twice.since ? `since ${twice.since}` : 'without since'}; give each its own version.`,
      );
    });
    profiles.set(profile, { primary, thresholds });
  }
  return profiles;
}

function readThreshold(profile: string, expression: string, value: unknown, where: string): Threshold {
  const metric = parseMetric(expression);
  if (typeof metric === 'string')
    throw new ConfigError(`${where}: ${profile}.metrics: '${expression}': ${metric}.`);
  const parsed = entry.safeParse(value);
  if (!parsed.success) {
    const form = `write [level, limit] or { gate: [level, limit], why: text, since: 1.4, abort: { after: 30s }, breaking: true }, level ${LEVELS.join(' | ')}, limit a number of 0 or more`;
    throw new ConfigError(
      `${where}: ${profile}.metrics: '${expression}': ${JSON.stringify(value)} is no limit; ${form}.`,
    );
  }
  const given: Exclude<z.infer<typeof entry>, unknown[]> = Array.isArray(parsed.data)
    ? { gate: parsed.data }
    : parsed.data;
  const [level, limit] = given.gate;
  const { why, since, abort, breaking } = given;
  const acts = abort ? 'abort' : breaking && 'breaking';
  if (acts && level !== 'off' && (level !== 'error' || !isLive(metric))) {
    const can = 'an error rate, availability, or <step | request | class>.<name>.<p50 … max | errors>';
    throw new ConfigError(
      `${where}: ${profile}.metrics: '${expression}': ${acts} needs level error and a metric that is known while a run goes on: ${can}.`,
    );
  }
  return {
    expression,
    metric,
    level,
    limit,
    why,
    since,
    abortAfter: abort?.after,
    breaking,
    where: since ? `${where}, since ${since}` : where,
  };
}

/** Who a run had: limits on what only a browser, or only an HTTP client, can show hold where there were such users. */
export interface KindsOfUsers {
  browser: boolean;
  http: boolean;
}

/**
 * What holds for a run: `default`, over it `browser` and `http` where it had such users, and over those the run's profiles
 * in order. Levels `off` are left out.
 * @param version the target's, where it is known: which of several limits on a metric holds
 */
export function thresholdsFor(
  all: ReadonlyMap<string, ProfileThresholds>,
  profiles: readonly string[],
  version?: string,
  { browser, http }: KindsOfUsers = { browser: true, http: true },
): ProfileThresholds {
  const merged = new Map<string, Threshold>();
  let primary: string[] = [];
  const ofKinds = [...(browser ? [BROWSER] : []), ...(http ? [HTTP] : [])];
  for (const name of [DEFAULT, ...ofKinds, ...profiles]) {
    const profile = all.get(name);
    if (!profile) continue;
    if (profile.primary.length > 0) primary = profile.primary;
    for (const [expression, limits] of Map.groupBy(profile.thresholds, (one) => one.expression)) {
      const holds = limitSince(limits, version);
      if (holds) merged.set(expression, holds);
    }
  }
  return { primary, thresholds: [...merged.values()].filter((threshold) => threshold.level !== 'off') };
}

function readText(file: string | URL, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${shown}: ${firstLine((error as Error).message)}. Restore the file.`);
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
