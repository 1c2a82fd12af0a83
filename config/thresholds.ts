/** Limits per profile and metric, from `thresholds.yml` beside this file. */
import { existsSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { type Goal, loadGoals } from './goals.ts';
import { didYouMean } from './nearest-name.ts';
import { allProfileNames } from './profile-names.ts';
import { ROOT } from './root.ts';
import { problemOfShare } from './share-limit.ts';
import { limitSince, versionNumbers } from './target-version.ts';
import { isLive, type MetricExpression, parseMetric } from './threshold-metric.ts';
import { loadYaml, type YamlFile } from './yaml.ts';
import type { Path } from './yaml-line.ts';

export const SEVERITIES = ['off', 'warn', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whose budget a limit is. */
export interface BudgetOwner {
  of: 'page' | 'journey' | 'feature';
  /** A pattern may have a `*`. */
  name: string;
  owner?: string;
}

export interface Threshold {
  /** As written in the file. */
  expression: string;
  metric: MetricExpression;
  level: Severity;
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
  /** It is one of `budgets.yml`, whose: a run without the figure has no gate of it. */
  budget?: BudgetOwner;
}

export interface ProfileThresholds {
  /** Expressions, at most six: the figures that decide *better* or *worse*. */
  primary: string[];
  thresholds: Threshold[];
}

const MAX_PRIMARY = 6;
const DEFAULT = 'default';
const BROWSER = 'browser';
const HTTP = 'http';
/** Sections of the file that are not profiles: every profile is laid over them. */
export const BASE_SECTIONS: readonly string[] = [DEFAULT, BROWSER, HTTP];
/** Instead of a number: that of `goals.yml`. */
const GOAL = 'goal';
const gate = z.tuple([z.enum(SEVERITIES), z.union([z.number().min(0), z.literal(GOAL)])]);
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
const schema = z.record(
  z.string(),
  z.strictObject({
    primary: z
      .array(z.string())
      .max(MAX_PRIMARY, { error: `at most ${MAX_PRIMARY} metrics are primary` })
      .default([]),
    metrics: z.record(z.string(), z.unknown()).default({}),
    /** Where the profile's script is, if it is not in `artillery/`; from the project's folder. */
    script: z.string().min(1).optional(),
  }),
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'it must map profiles to primary and metrics' : undefined,
  },
);
type File = YamlFile<z.output<typeof schema>>;

/**
 * Reads and checks the whole file, all profiles.
 * @param profiles names that the file may have beside those of the suite: of a script from elsewhere
 * @throws {ConfigError} one line: file and line, key, what is allowed
 */
export function loadThresholds(
  file: string | URL = new URL('thresholds.yml', import.meta.url),
  profiles: readonly string[] = [],
): Map<string, ProfileThresholds> {
  const shown = file instanceof URL ? 'config/thresholds.yml' : file;
  const read = loadYaml(file, schema, { shown, place });
  let goals: readonly Goal[] | undefined;
  const goalsOnce = () => {
    goals ??= loadGoals().all;
    return goals;
  };
  const sections = [...BASE_SECTIONS, ...allProfileNames(), ...profiles];
  return new Map(
    Object.entries(read.data).map(([profile, { primary, metrics }]) => {
      checkSection(read, profile, sections);
      checkPrimary(read, profile, primary);
      const thresholds = Object.entries(metrics).flatMap(([expression, value]) =>
        readMetric({ ...read, goals: goalsOnce, shown, profile, expression }, value),
      );
      return [profile, { primary, thresholds }];
    }),
  );
}

/** `load.metrics: 'class.crud.p50'`. */
function place([profile, section, metric]: Path): string {
  const at = [profile, section].filter(Boolean).join('.');
  return section === 'metrics' && metric !== undefined ? `${at}: '${String(metric)}'` : at;
}

/** Limits under a name that no run has would never be judged, and a section without any would be taken for some. */
function checkSection({ data, mistake }: File, name: string, known: readonly string[]): void {
  const script = data[name]?.script;
  if (script !== undefined) checkScript(mistake, name, script);
  else if (!known.includes(name)) {
    const near = didYouMean(name, known);
    throw mistake(
      [name],
      `no such profile${near || ';'} known are ${known.join(', ')}`,
      'Of a script that is not in artillery/, give its path: `script: my/folder/name.yml`.',
    );
  }
  const { primary, metrics } = data[name] ?? { primary: [], metrics: {} };
  if (primary.length === 0 && Object.keys(metrics).length === 0)
    throw mistake([name], 'it has no limit', 'Give it metrics, or remove it.');
}

function checkScript(mistake: File['mistake'], name: string, script: string): void {
  if (parse(script).name !== name)
    throw mistake(
      [name, 'script'],
      `${script}: not a script of '${name}'`,
      'Name the section as the script.',
    );
  if (!existsSync(resolve(ROOT, script)))
    throw mistake([name, 'script'], `${script}: there is no such file`, 'Correct its path.');
}

function checkPrimary({ mistake }: File, profile: string, primary: readonly string[]): void {
  for (const [index, expression] of primary.entries()) {
    const metric = parseMetric(expression);
    const wrong =
      typeof metric === 'string'
        ? metric
        : metric.kind === 'figure' &&
          metric.metric.includes('*') &&
          'a primary metric is one figure, name it without *';
    if (wrong) throw mistake([profile, 'primary', index], `'${expression}': ${wrong}`);
  }
}

/** A metric of a profile in the file. */
interface MetricLine extends File {
  /** Read when one is asked for. */
  goals(): readonly Goal[];
  shown: string;
  profile: string;
  expression: string;
}

/** A limit, or a list of them, each since a version of the target. */
function readMetric(line: MetricLine, value: unknown): Threshold[] {
  const isList =
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null);
  const limits = (isList ? value : [value]).map((one, index) => {
    // Not the number that YAML makes of it: 1.10 would be 1.1.
    const path = [line.profile, 'metrics', line.expression, ...(isList ? [index] : []), 'since'];
    const since = line.sourceOf(path);
    return readThreshold(line, since === undefined ? one : { ...one, since });
  });
  const twice = limits.find(
    ({ since }, index) => limits.findIndex((other) => other.since === since) !== index,
  );
  if (!twice) return limits;
  const which = twice.since ? `since ${twice.since}` : 'without since';
  throw mistakeOf(line, `two limits ${which}; give each its own version`);
}

const FORM = `write [level, limit] or { gate: [level, limit], why: text, since: 1.4, abort: { after: 30s }, breaking: true }, level ${SEVERITIES.join(' | ')}, limit a number of 0 or more, or goal`;

function readThreshold(line: MetricLine, value: unknown): Threshold {
  const { expression } = line;
  const metric = parseMetric(expression);
  if (typeof metric === 'string') throw mistakeOf(line, metric);
  const parsed = entry.safeParse(value);
  if (!parsed.success) throw mistakeOf(line, `${JSON.stringify(value)} is no limit; ${FORM}`);
  const given: Exclude<z.infer<typeof entry>, unknown[]> = Array.isArray(parsed.data)
    ? { gate: parsed.data }
    : parsed.data;
  const [level, asked] = given.gate;
  const limit = asked === GOAL ? goalOf(line) : asked;
  const wrong = level === 'off' ? undefined : problemOfShare(metric, limit);
  if (wrong) throw line.mistake(pathOf(line), wrong.what, wrong.fix);
  const { why, since, abort, breaking } = given;
  const acts = abort ? 'abort' : breaking && 'breaking';
  if (acts && level !== 'off' && (level !== 'error' || !isLive(metric))) {
    const can = 'an error rate, availability, or <step | request | class>.<name>.<p50 … max | errors>';
    throw mistakeOf(line, `${acts} needs level error and a metric that is known while a run goes on: ${can}`);
  }
  const where = `${line.shown}:${line.lineOf(pathOf(line))}`;
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

/** Latency from when a request was due has the same goal as from when it was sent. */
function goalOf(line: MetricLine): number {
  const expression = line.expression.replace(/ from due$/, '');
  const goal = line.goals().find((one) => one.expression === expression);
  if (goal) return goal.limit;
  throw mistakeOf(
    line,
    `config/goals.yml has no goal for ${expression}; write a number, or add the goal there`,
  );
}

function pathOf({ profile, expression }: MetricLine): string[] {
  return [profile, 'metrics', expression];
}

function mistakeOf(line: MetricLine, message: string) {
  return line.mistake(pathOf(line), message);
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
