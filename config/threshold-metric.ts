/**
 * What `thresholds.yml` calls a metric, e.g. `class.crud.p95`, `step.*.errors`, `vital.CLS.p75 page /schedule`:
 * parsed once here, so that a misspelt one is a clear message before a run and not a gate that never acted.
 */

import { isScore, measureOfName, unitOfMeasure } from './audit-measures.ts';
import { FIGURES, type FigureName } from './figure-name.ts';
import { METRIC_KINDS, type MetricVariant, metricFamily, problemOfClass } from './metric-family.ts';
import { type MetricKey, parseMetricKey, printMetricKey, splitVariant } from './metric-key.ts';
import {
  DRIFTS,
  findingFigure,
  isRunShare,
  parseFindingKey,
  RUN_SHARES,
  type RunShare,
  shareFigure,
} from './run-figure.ts';
import { isTargetShare, targetFigures } from './target-metrics.ts';
import { isViewFigure, VIEW_FIGURES, type ViewFigure } from './view-figures.ts';

export type MetricExpression =
  | { kind: 'share'; share: RunShare }
  /** `metric`: a key of `summary.metrics`, in which `*` stands for any name. */
  | { kind: 'figure'; metric: string; figure: FigureName; moreIsBetter?: boolean }
  /** `key`: of `summary.findings`, in which `*` stands for any name. */
  | { kind: 'finding'; key: string };

/** Of a metric of a run of several profiles what stands before it, e.g. `load: `, and the metric itself. */
export function splitProfile(metric: string): { profile: string; own: string } {
  const at = metric.indexOf(': ');
  if (at < 0 || typeof parseMetric(metric) !== 'string') return { profile: '', own: metric };
  return { profile: metric.slice(0, at + 2), own: metric.slice(at + 2) };
}

/** The key and the figure of a metric, e.g. `load: class.crud.p95`, in a run of one profile or of several. undefined: of a share, a finding, or no metric. */
export function figureOfMetric(metric: string): { key: MetricKey; figure: FigureName } | undefined {
  const expression = parseMetric(splitProfile(metric).own);
  if (typeof expression === 'string' || expression.kind !== 'figure') return undefined;
  const key = parseMetricKey(expression.metric);
  return key && { key, figure: expression.figure };
}

/**
 * @returns the parsed expression, or a string that says what is wrong and what is allowed
 */
export function parseMetric(expression: string): MetricExpression | string {
  if (isRunShare(expression)) return { kind: 'share', share: expression };
  if (findingFigure(expression)) return problemOfFinding(expression) ?? { kind: 'finding', key: expression };
  const { rest, variant } = splitVariant(expression);
  const [head = '', page] = rest.split(' page ');
  const dot = head.lastIndexOf('.');
  const figure = head.slice(dot + 1) as FigureName;
  if (dot < 0 || !FIGURES.includes(figure)) {
    return `unknown metric; allowed: ${Object.keys(RUN_SHARES).join(', ')}, or <${METRIC_KINDS.join(' | ')}>.<name>.<figure> with figure ${FIGURES.join(', ')}`;
  }
  // `request.class.crud` reads well and means the class.
  const key = parseMetricKey(head.slice(0, dot).replace(/^request\.class\./, 'class.'));
  if (!key) {
    return `unknown metric; it must begin with one of ${METRIC_KINDS.join(', ')}, or be ${Object.keys(RUN_SHARES).join(', ')}`;
  }
  const wrong = problemOfKey(key, figure) ?? problemOfPart(key, { page, variant, figure });
  if (wrong) return wrong;
  return {
    kind: 'figure',
    metric: printMetricKey({ ...key, page: page ?? key.page, variant: variant ?? key.variant }),
    figure,
    ...(isScoreOf(key) && { moreIsBetter: true }),
    ...(key.kind === 'target' && { moreIsBetter: targetFigures().get(key.name?.split('.')[1] ?? '') }),
  };
}

/** The expression that reads this figure alone, e.g. `vital.LCP.p75 page /people cold`. */
export function printMetric({ page, variant, ...key }: MetricKey, figure: FigureName): string {
  const ofPage = page === undefined ? '' : ` page ${page}`;
  return `${printMetricKey(key)}.${figure}${ofPage}${variant === undefined ? '' : ` ${variant}`}`;
}

function problemOfFinding(expression: string): string | undefined {
  const finding = parseFindingKey(expression);
  const key = finding?.kind === 'drift' ? parseMetricKey(finding.of) : undefined;
  return key?.kind === 'class' ? problemOfClass(key.name ?? '') : undefined;
}

function problemOfKey({ kind, name = '' }: MetricKey, figure: FigureName): string | undefined {
  const family = metricFamily(kind);
  if (family.isNameless) {
    if (name !== '') return `${kind} has no names: write ${kind}.<figure>`;
  } else if (name === '') return `${kind} needs a name or *`;
  const wrong = family.problem?.(name, figure);
  if (wrong) return wrong;
  if (figure === 'drift' && kind !== 'target')
    return `no such drift; there are target.<endpoint>.<figure>.drift, ${DRIFTS.join(', ')}`;
  return undefined;
}

function problemOfPart(
  { kind }: MetricKey,
  { page, variant, figure }: { page?: string; variant?: MetricVariant; figure: FigureName },
): string | undefined {
  const { hasPages, variants = [] } = metricFamily(kind);
  if (page !== undefined && !hasPages) return 'only a vital, or a figure of a view, can be asked for by page';
  if (page !== undefined && page !== '*' && !page.startsWith('/'))
    return 'a page is a route such as /schedule, or *';
  if (variant === undefined) return undefined;
  if (!variants.includes(variant))
    return variant === 'cold'
      ? 'only a step, vital or view can be cold'
      : 'only a request or class has a time from when it was due';
  return figure === 'errors' ? `failures are not distinguished by "${variant}"; leave it out` : undefined;
}

/** Of these more is better; of everything else less. */
export function isAtLeast(expression: MetricExpression): boolean {
  if (expression.kind === 'finding') return findingFigure(expression.key)?.moreIsBetter === true;
  if (expression.kind === 'share') return shareFigure(expression.share).moreIsBetter === true;
  const { figure, moreIsBetter } = expression;
  return figure === 'n' || figure === 'rate' || (moreIsBetter === true && figure !== 'drift');
}

/** Whether its value is a share, 0–1. A drift of one is not: it is a change in an hour. */
export function isShare(expression: MetricExpression): boolean {
  if (expression.kind === 'share') return true;
  if (expression.kind === 'finding') return findingFigure(expression.key)?.isShare === true;
  const { metric, figure } = expression;
  if (figure === 'errors') return true;
  const key = parseMetricKey(metric);
  if (key && isScoreOf(key)) return figure !== 'n';
  if (key?.kind !== 'target' || figure === 'n' || figure === 'drift') return false;
  return isTargetShare(key.name?.split('.')[1] ?? '');
}

function isScoreOf({ kind, name = '' }: MetricKey): boolean {
  return kind === 'audit' && isScore(measureOfName(name) ?? '');
}

/** The unit of its value, as far as the expression says it: `1` where only what was measured does. */
export function unitOf(expression: MetricExpression): '%' | 'ms' | '/s' | 'B' | '1' {
  if (isShare(expression)) return '%';
  if (expression.kind !== 'figure') {
    const finding = expression.kind === 'finding' ? parseFindingKey(expression.key) : undefined;
    return finding?.kind === 'recovery' || finding?.kind === 'unresponsive' ? 'ms' : '1';
  }
  const { metric, figure } = expression;
  if (figure === 'rate') return '/s';
  const key = parseMetricKey(metric);
  if (figure === 'n' || !key || key.kind === 'target' || key.kind === 'count' || key.name === 'CLS')
    return '1';
  if (key.kind === 'audit') return unitOfMeasure(measureOfName(key.name ?? '') ?? 'requests');
  if (key.kind === 'view') return isViewFigure(key.name ?? '') ? VIEW_FIGURES[key.name as ViewFigure] : '1';
  if (key.kind === 'stepBytes' || key.kind === 'journeyBytes') return 'B';
  return key.kind === 'stepCalls' || key.kind === 'journeyCalls' ? '1' : 'ms';
}

/** Whether its value is known while a run goes on, from the last seconds or of one level. */
export function isLive(expression: MetricExpression): boolean {
  if (expression.kind === 'share') return shareFigure(expression.share).isLive === true;
  if (expression.kind !== 'figure' || expression.figure === 'rate') return false;
  const key = parseMetricKey(expression.metric);
  return key !== undefined && key.variant === undefined && metricFamily(key.kind).isLive === true;
}
