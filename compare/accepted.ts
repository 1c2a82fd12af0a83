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

export interface AcceptedSlowdown {
  /** As `config/thresholds.yml` calls it; `*` stands for any name. */
  metric: string;
  /** How much worse it may become: percent; of a share, points of a hundred; of another figure that starts at 0, in its unit. */
  limit: number;
  reason: string;
  /** Last day on which it is excused, UTC. */
  until: string;
}

const FORM = 'Each entry has metric, limit (a number above 0), reason and until (YYYY-MM-DD).';
const HEAD = `# Slowdowns that are intended (docs/comparison.md). ${FORM}\n`;

const entry = z.strictObject({
  metric: z.string().superRefine((expression, context) => {
    // Of a run of several profiles: \`load: class.crud.p95\`.
    const problem = parseMetric(expression.replace(/^[\w+.-]+: /, ''));
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

/** The entries that are about a metric. */
export function acceptedFor(metric: string, all: readonly AcceptedSlowdown[]): AcceptedSlowdown[] {
  return all.filter((one) => metricMatcher(one.metric)(metric));
}
