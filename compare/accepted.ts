/** `reports/accepted.yml`: slowdowns that are intended, each with a reason and a last day. Reviewed like code. */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../config/errors.ts';
import { metricMatcher } from '../config/metric-key.ts';
import { parseMetric } from '../config/threshold-metric.ts';
import { makeFolder } from '../config/writable-folder.ts';
import { loadYaml, parseYaml } from '../config/yaml.ts';
import type { AcceptedSlowdown, AcceptedUse, ComparedMetric } from './comparison.ts';
import { expressionOf } from './scale.ts';

export type { AcceptedSlowdown };

const FORM = 'Each entry has metric, limit (a number above 0), reason and until (YYYY-MM-DD).';
const HEAD = `# Slowdowns that are intended (docs/comparison.md). ${FORM}\n`;

const entry = z.strictObject({
  metric: z.string().superRefine((expression, context) => {
    const problem = parseMetric(expressionOf(expression));
    if (typeof problem === 'string') context.addIssue({ code: 'custom', message: problem });
  }),
  limit: z.number().gt(0),
  reason: z.string().min(1),
  until: z.iso.date(),
});
const entries = z
  .unknown()
  .transform((content) => content ?? [])
  .pipe(z.array(entry));

/** Beside the folder of runs. */
export function acceptedFile(reportsDir: string): string {
  return join(dirname(reportsDir), 'accepted.yml');
}

/**
 * Where there is no file, nothing is accepted.
 * @throws {ConfigError} one line: file and line, which key, what is wrong
 */
export function readAccepted(file: string): AcceptedSlowdown[] {
  return existsSync(file) ? loadYaml(file, entries, { shown: file, fix: FORM }).data : [];
}

/** @throws {ConfigError} the entry is not as it must be, the file is not, or it cannot be written */
export function addAccepted(file: string, added: AcceptedSlowdown): void {
  readAccepted(file);
  const text = stringify([added]);
  parseYaml(text, entries, { shown: 'baseline accept', fix: FORM });
  try {
    makeFolder(dirname(file));
    if (!existsSync(file)) writeFileSync(file, HEAD);
    appendFileSync(file, text);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${file}: cannot be written (${code}). Make it writable.`);
  }
}

export function isExpired({ until }: AcceptedSlowdown, now = new Date()): boolean {
  return now.toISOString().slice(0, 10) > until;
}

/** The entry that excuses a metric that is worse; undefined: none does. */
export function excuseOf(
  metric: ComparedMetric,
  all: readonly AcceptedSlowdown[],
): AcceptedSlowdown | undefined {
  return all.find((one) => isAbout(one, metric) && !isExpired(one) && !exceeds(metric, one));
}

/** Every entry, with what became of it in a comparison. */
export function acceptedUses(
  all: readonly AcceptedSlowdown[],
  metrics: readonly ComparedMetric[],
): AcceptedUse[] {
  return all.map((one) => {
    const worse = metrics.filter((metric) => metric.verdict === 'worse' && isAbout(one, metric));
    const outcome = isExpired(one)
      ? 'expired'
      : worse.length === 0
        ? 'not needed'
        : worse.some((metric) => exceeds(metric, one))
          ? 'exceeded'
          : 'excuses';
    return { ...one, outcome };
  });
}

function isAbout({ metric: pattern }: AcceptedSlowdown, { metric }: ComparedMetric): boolean {
  return metricMatcher(pattern)(metric) || metricMatcher(pattern)(expressionOf(metric));
}

/** A limit is as a result prints changes. */
function exceeds({ change, scale, unit }: ComparedMetric, { limit }: AcceptedSlowdown): boolean {
  const isInHundredths = scale === 'ratio' || unit === '%';
  return Math.abs(change ?? 0) > (isInHundredths ? limit / 100 : limit);
}
