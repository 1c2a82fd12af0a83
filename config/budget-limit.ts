/** One line of `budgets.yml`: a metric without the name of what it is of, and its limit. */
import { z } from 'zod';
import type { MetricKind } from './metric-family.ts';
import { parseMetricKey, printMetricKey, splitVariant } from './metric-key.ts';
import { didYouMean } from './nearest-name.ts';
import { problemOfShare } from './share-limit.ts';
import { type MetricExpression, parseMetric, printMetric, unitOf } from './threshold-metric.ts';
import { SEVERITIES, type Severity } from './thresholds.ts';

/** What a budget can be of, and which metrics that has. */
export const BUDGET_KINDS = {
  page: ['vital', 'view', 'audit'],
  journey: ['journey', 'journeyCalls', 'journeyBytes', 'audit'],
  step: ['step', 'stepCalls', 'stepBytes'],
  operation: ['request'],
} as const satisfies Record<string, readonly MetricKind[]>;
export type BudgetKind = keyof typeof BUDGET_KINDS;

export interface BudgetLimit {
  level: Severity;
  /** In the metric's own unit; sizes in bytes. */
  limit: number;
  why?: string;
}

/** What of a kind the metric of a line belongs to; a text: what is wrong with it. */
export function kindOfMetric(written: string, kinds: readonly BudgetKind[]): BudgetKind | { wrong: string } {
  const head = written.split('.', 1)[0] ?? '';
  const found = kinds.find((kind) => (BUDGET_KINDS[kind] as readonly string[]).includes(head));
  if (found) return found;
  const known = kinds.flatMap((kind) => BUDGET_KINDS[kind]);
  return {
    wrong: `no such metric here${didYouMean(head, known) || ';'} write ${known.join(', ')} and a figure`,
  };
}

/** The whole metric, e.g. `view.requests.max cold` of `/people`: `view.requests.max page /people cold`. */
export function metricOf(
  written: string,
  kind: BudgetKind,
  name: string,
): { expression: string; metric: MetricExpression } | string {
  const { rest, variant } = splitVariant(written);
  if (/ page /.test(written)) return 'the page is that above it; leave it out';
  if (rest.startsWith('audit.')) return auditMetricOf(written, kind, name);
  if (kind === 'page') {
    const metric = parseMetric(written);
    if (typeof metric === 'string') return metric;
    const key = metric.kind === 'figure' ? parseMetricKey(metric.metric) : undefined;
    if (metric.kind !== 'figure' || !key) return 'not a metric of a page';
    const ofPage = { ...key, page: name };
    return {
      expression: printMetric(ofPage, metric.figure),
      metric: { ...metric, metric: printMetricKey(ofPage) },
    };
  }
  const [head = '', figure, ...more] = rest.split('.');
  if (figure === undefined || more.length > 0)
    return `write ${head}.<figure>, e.g. ${head}.p95: the name is that above it`;
  const expression = `${head}.${name}.${figure}${variant ? ` ${variant}` : ''}`;
  const metric = parseMetric(expression);
  return typeof metric === 'string' ? metric : { expression, metric };
}

/** `audit.LCP.p50` of `/people`: `audit./people.LCP.p50`; of a journey: of each of its parts. */
function auditMetricOf(
  written: string,
  kind: BudgetKind,
  name: string,
): { expression: string; metric: MetricExpression } | string {
  const [, measure, figure, ...more] = written.split('.');
  if (figure === undefined || more.length > 0)
    return 'write audit.<measure>.<figure>, e.g. audit.LCP.p50: the name is that above it';
  // A page begins with a slash, and no part of a journey does.
  const audited = kind === 'page' ? name.replace(/^\*$/, '/*') : `${name}: *`;
  const expression = `audit.${audited}.${measure}.${figure}`;
  const metric = parseMetric(expression);
  return typeof metric === 'string' ? metric : { expression, metric };
}

const SIZES: Readonly<Record<string, number>> = { B: 1, kB: 1000, MB: 1_000_000 };
const amount = z.union([z.number().min(0), z.string()]);
const pair = z.tuple([z.enum(SEVERITIES), amount]);
const entry = z.union([pair, z.strictObject({ gate: pair, why: z.string().min(1).optional() })]);

/** @returns a text: what is wrong with it */
export function readLimit(given: unknown, metric: MetricExpression): BudgetLimit | string {
  const parsed = entry.safeParse(given);
  if (!parsed.success)
    return `${JSON.stringify(given)} is no budget; write [level, limit] or { gate: [level, limit], why: text }, level ${SEVERITIES.join(' | ')}`;
  const { gate, why } = Array.isArray(parsed.data) ? { gate: parsed.data, why: undefined } : parsed.data;
  const [level, text] = gate;
  const limit = typeof text === 'number' ? text : sizeOf(text);
  if (limit === undefined || (typeof text === 'string' && unitOf(metric) !== 'B'))
    return `'${text}' is no limit of it; write a number${unitOf(metric) === 'B' ? ' of bytes, or e.g. 300 kB' : ''}`;
  const wrong = level === 'off' ? undefined : problemOfShare(metric, limit);
  return wrong ? `${wrong.what}. ${wrong.fix}` : { level, limit, why };
}

function sizeOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?(B|kB|MB)$/.exec(text) ?? [];
  const factor = SIZES[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
