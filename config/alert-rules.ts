/** When an alert is sent, from `alerts.yml` beside this file, which describes each key. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { loadEnvironments } from './environments.ts';
import { didYouMean } from './nearest-name.ts';
import { allProfileNames } from './profile-names.ts';
import { ROOT } from './root.ts';
import { problemOfShare } from './share-limit.ts';
import { type MetricExpression, parseMetric } from './threshold-metric.ts';
import { loadYaml, type YamlFile } from './yaml.ts';
import type { Path } from './yaml-line.ts';

export const CHANNEL_KINDS = ['alertmanager', 'webhook', 'slack', 'pagerduty', 'email'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export interface AlertSubject {
  /** Unique in the file. */
  name: string;
  profile: string;
  environment: string;
  severity: 'info' | 'warning' | 'critical';
  /** A URL, or a file of the project, perhaps with `#section`. */
  runbook: string;
}

/** Durations: seconds. */
type Condition =
  | { kind: 'threshold'; expression: string; metric: MetricExpression; limit: number }
  /** `threshold`: share, 0.1 of 10 %. */
  | { kind: 'regression'; threshold: number }
  | { kind: 'trend'; expression?: string; within: number }
  | { kind: 'no-data'; after: number }
  | { kind: 'probe'; failures: number; silence: number };

/** `to`: absent: every channel that is set up. */
export type AlertRule = AlertSubject & { to?: ChannelKind[] } & Condition;

/** Keys that a kind has beside those of all; the first `needed` of them must be there. */
const KEYS = {
  threshold: { needed: 2, keys: ['metric', 'limit'] },
  regression: { needed: 0, keys: ['percent'] },
  trend: { needed: 0, keys: ['within', 'metric'] },
  'no-data': { needed: 1, keys: ['after'] },
  probe: { needed: 0, keys: ['failures', 'silence'] },
} as const;
type Kind = keyof typeof KEYS;
const OWN_KEYS = [...new Set(Object.values(KEYS).flatMap(({ keys }) => keys))];

const DAY_S = 86_400;
const TREND_WITHIN_S = 14 * DAY_S;
const SILENCE_S = 15 * 60;

const duration = z.unknown().transform((given, ctx): number => {
  const [, days] = /^(\d+)d$/.exec(String(given)) ?? [];
  const seconds = days === undefined ? parseDuration(String(given)) : Number(days) * DAY_S;
  if (seconds) return seconds;
  ctx.addIssue({ code: 'custom', message: 'not a duration; write e.g. 15m, 26h or 14d' });
  return z.NEVER;
});

const rule = z.strictObject({
  name: z.string().trim().min(1).max(100),
  kind: z.enum(Object.keys(KEYS) as [Kind, ...Kind[]]),
  profile: z.string(),
  environment: z.string(),
  severity: z.enum(['info', 'warning', 'critical']).default('warning'),
  runbook: z.string().min(1),
  to: z.array(z.enum(CHANNEL_KINDS)).min(1).optional(),
  metric: z.string().optional(),
  limit: z.number().min(0).optional(),
  percent: z.number().gt(0).lt(100).optional(),
  within: duration.optional(),
  after: duration.optional(),
  failures: z.number().int().min(1).max(100).optional(),
  silence: duration.optional(),
});
type Given = z.output<typeof rule>;
const schema = z.strictObject({ rules: z.array(rule) });

/** @throws {ConfigError} one line: file and line, rule and key, what is wrong */
export function loadAlertRules(file: string | URL = new URL('alerts.yml', import.meta.url)): AlertRule[] {
  const shown = file instanceof URL ? 'config/alerts.yml' : file;
  const read = loadYaml(file, schema, { shown, place });
  return read.data.rules.map((given, index) => {
    checkNames(read, given, index);
    checkKeys(read, given, index);
    const { name, profile, environment, severity, runbook, to } = given;
    return { name, profile, environment, severity, runbook, to, ...conditionOf(read, given, index) };
  });
}

/** `rules: "probe of production": metric`. */
function place([section, index, ...keys]: Path, content: unknown): string {
  const name = (content as { rules?: Array<{ name?: unknown } | null> } | null)?.rules?.[Number(index)]?.name;
  const part = index === undefined ? '' : `"${typeof name === 'string' ? name : Number(index) + 1}"`;
  return [section, part, keys.join('.')].filter(Boolean).join(': ');
}

type Read = YamlFile<{ rules: Given[] }>;

function checkNames({ data, mistake }: Read, given: Given, index: number): void {
  const { name, profile, environment, runbook } = given;
  const known = (key: string, value: string, names: readonly string[]) => {
    if (!names.includes(value))
      throw mistake(
        ['rules', index, key],
        `no such ${key}${didYouMean(value, names) || `; known are ${names.join(', ')}`}`,
      );
  };
  if (data.rules.findIndex((one) => one.name === name) < index)
    throw mistake(['rules', index, 'name'], 'there is a rule of that name already', 'Give each its own.');
  known('profile', profile, allProfileNames());
  known('environment', environment, Object.keys(loadEnvironments()));
  const [path = ''] = runbook.split('#');
  if (!isUrl(runbook) && !existsSync(join(ROOT, path)))
    throw mistake(['rules', index, 'runbook'], 'neither a URL nor a file of this project');
}

export function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function checkKeys({ mistake }: Read, given: Given, index: number): void {
  const { needed, keys } = KEYS[given.kind];
  const own: readonly string[] = keys;
  const missing = keys.slice(0, needed).find((key) => given[key] === undefined);
  if (missing !== undefined)
    throw mistake(['rules', index, missing], 'missing', `A rule of kind ${given.kind} needs it.`);
  const strange = OWN_KEYS.find((key) => given[key] !== undefined && !own.includes(key));
  if (strange !== undefined)
    throw mistake(['rules', index, strange], `a rule of kind ${given.kind} has no such key`, 'Take it out.');
}

function conditionOf(read: Read, given: Given, index: number): Condition {
  const { kind, metric: expression, limit = 0, percent = 10, after = 0 } = given;
  const parsed = expression === undefined ? undefined : parseMetric(expression);
  if (typeof parsed === 'string') throw read.mistake(['rules', index, 'metric'], parsed);
  switch (kind) {
    case 'threshold': {
      const metric = parsed as MetricExpression;
      const wrong = problemOfShare(metric, limit);
      if (wrong) throw read.mistake(['rules', index, 'limit'], wrong.what, wrong.fix);
      return { kind, expression: expression as string, metric, limit };
    }
    case 'regression':
      return { kind, threshold: percent / 100 };
    case 'trend':
      return { kind, expression, within: given.within ?? TREND_WITHIN_S };
    case 'no-data':
      return { kind, after };
    case 'probe':
      return { kind, failures: given.failures ?? 2, silence: given.silence ?? SILENCE_S };
  }
}
