/**
 * What `thresholds.yml` calls a metric, e.g. `class.crud.p95`, `step.*.errors`, `vital.CLS.p75 page /schedule`:
 * parsed once here, so that a misspelt one is a clear message before a run and not a gate that never held.
 */

import { didYouMean } from './nearest-name.ts';
import { targetFigures } from './target-metrics.ts';

/** Figures that a metric of a distribution has. `errors`: share of attempts that failed, 0–1; `drift`: of a target's own figure, how much worse it becomes in an hour. */
export const FIGURES = [
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'min',
  'mean',
  'max',
  'errors',
  'n',
  'rate',
  'drift',
] as const;
export type FigureName = (typeof FIGURES)[number];

/** Shares (0–1) over the whole run. Those in which more is better are "at least", the others "at most". */
export const RUN_SHARES = {
  'sessions.failed': 'sessions that failed, of those that ended',
  'journeys.failed': 'journeys that failed, of those that ended',
  'steps.errorRate': 'steps that failed, of those that ended',
  'requests.errorRate': 'requests that failed, of all (429 and known defects apart)',
  'requests.rateLimited': 'requests answered 429, of all',
  'checks.failed': 'checks that failed, of all',
  availability: 'requests that had an answer below 500, of all (cancelled ones apart)',
  apdex: 'Apdex of steps, T = 1 s, first views included',
  completeness: 'Web Vitals captured, of those the page views could yield',
} as const;
export type RunShare = keyof typeof RUN_SHARES;
const MORE_IS_BETTER: readonly RunShare[] = ['completeness', 'availability', 'apdex'];

/** At the end of an expression: the first views of lazily loaded pages, which are otherwise left out. */
export const COLD = ' cold';
/** … and latency from the moment the request was due, in place of that from its sending (docs/measuring.md). */
export const FROM_DUE = ' from due';
const SUFFIXES = [COLD, FROM_DUE] as const;

/** The last words of an expression or of a key of `summary.metrics` that are no part of its name; '' for none. */
export function suffixOf(text: string): (typeof SUFFIXES)[number] | '' {
  return SUFFIXES.find((suffix) => text.endsWith(suffix)) ?? '';
}

const KINDS = [
  'step',
  'request',
  'class',
  'journey',
  'vital',
  'session',
  'target',
  'server',
  'count',
] as const;
const CLASSES = ['auth', 'crud', 'complex', 'business', 'write', 'generation', 'resilience'];
const VITALS = ['LCP', 'CLS', 'INP', 'FCP', 'TTFB', 'TBT'];

export type MetricExpression =
  | { kind: 'share'; share: RunShare }
  /** `metric`: a key of `summary.metrics`, in which `*` stands for any name. */
  | { kind: 'figure'; metric: string; figure: FigureName; moreIsBetter?: boolean }
  /** `key`: of `summary.findings`, in which `*` stands for any name. */
  | { kind: 'finding'; key: string };

/**
 * What is found by looking at a run as a whole; each is one number (docs/limits.md). Of capacity more is better.
 */
const FINDINGS: ReadonlyArray<readonly [pattern: RegExp, written: string]> = [
  [/^recovery\.[^.]+$/, 'recovery.<phase>'],
  [/^capacity\.[^.]+$/, 'capacity.<scenario | users>'],
  [/^(class|step)\.[^.].*\.(p50|p95|errors)\.drift$/, '<class | step>.<name>.<p50 | p95 | errors>.drift'],
  [/^(requests|steps)\.errorRate\.drift$/, '<requests | steps>.errorRate.drift'],
  [/^(generator|targetProcess)\.memory\.drift$/, '<generator | targetProcess>.memory.drift'],
];

/**
 * @returns the parsed expression, or a string that says what is wrong and what is allowed
 */
export function parseMetric(expression: string): MetricExpression | string {
  if (expression in RUN_SHARES) return { kind: 'share', share: expression as RunShare };
  if (FINDINGS.some(([pattern]) => pattern.test(expression)))
    return problemOfFinding(expression) ?? { kind: 'finding', key: expression };
  const suffix = suffixOf(expression);
  const [head = '', page] = expression.slice(0, expression.length - suffix.length).split(' page ');
  const dot = head.lastIndexOf('.');
  const figure = head.slice(dot + 1) as FigureName;
  if (dot < 0 || !FIGURES.includes(figure)) {
    return `unknown metric; allowed: ${Object.keys(RUN_SHARES).join(', ')}, or <${KINDS.join(' | ')}>.<name>.<figure> with figure ${FIGURES.join(', ')}`;
  }
  // `request.class.crud` reads well and means the class.
  const metric = head.slice(0, dot).replace(/^request\.class\./, 'class.');
  const [kind = '', ...rest] = metric.split('.');
  const name = rest.join('.');
  if (!KINDS.includes(kind as (typeof KINDS)[number])) {
    return `unknown metric; it must begin with one of ${KINDS.join(', ')}, or be ${Object.keys(RUN_SHARES).join(', ')}`;
  }
  if (kind === 'session' ? name !== '' : name === '') {
    return kind === 'session' ? 'session has no names: write session.<figure>' : `${kind} needs a name or *`;
  }
  if (kind === 'class' && name !== '*' && !CLASSES.includes(name)) {
    return `unknown class; allowed: ${CLASSES.join(', ')}, *`;
  }
  if (kind === 'vital' && name !== '*' && !VITALS.includes(name.split('.')[0] ?? '')) {
    return `unknown vital; allowed: ${VITALS.join(', ')}, *`;
  }
  if (kind === 'count' && figure !== 'n' && figure !== 'rate')
    return 'what journeys count has two figures: write count.<name>.n, or .rate (a second)';
  if (kind === 'server' && (figure === 'errors' || figure === 'rate'))
    return `a time that the target tells has no ${figure}`;
  if (kind === 'target') {
    const wrong = problemOfTarget(rest, figure);
    if (wrong) return wrong;
  } else if (figure === 'drift')
    return `no such drift; there are target.<endpoint>.<figure>.drift, ${FINDINGS.slice(2)
      .map(([, written]) => written)
      .join(', ')}`;
  if (page !== undefined && kind !== 'vital') return 'only a vital can be asked for by page';
  if (page !== undefined && page !== '*' && !page.startsWith('/'))
    return 'a page is a route such as /schedule, or *';
  if (suffix === COLD && kind !== 'vital' && kind !== 'step') return 'only a step or vital can be cold';
  if (suffix === FROM_DUE && kind !== 'request' && kind !== 'class')
    return 'only a request or class has a time from when it was due';
  if (suffix !== '' && figure === 'errors')
    return `failures are not told apart by "${suffix.trim()}"; leave it out`;
  return {
    kind: 'figure',
    metric: `${metric}${page === undefined ? '' : `.${page}`}${suffix}`,
    figure,
    ...(kind === 'target' && { moreIsBetter: targetFigures().get(rest[1] ?? '') }),
  };
}

function problemOfFinding(expression: string): string | undefined {
  const [kind, name = ''] = expression.split('.');
  if (kind !== 'class' || name === '*' || CLASSES.includes(name)) return undefined;
  return `unknown class; allowed: ${CLASSES.join(', ')}, *`;
}

function problemOfTarget(names: readonly string[], figure: FigureName): string | undefined {
  const [endpoint = '', key = '', ...more] = names;
  const known = [...targetFigures().keys()];
  if (endpoint === '' || key === '' || more.length > 0)
    return 'write target.<endpoint | *>.<figure of config/target-metrics.yml>.<p95 | max | drift | …>';
  if (!known.includes(key))
    return `config/target-metrics.yml has no figure '${key}'${didYouMean(key, known) || ';'} known are ${known.join(', ')}`;
  if (figure === 'errors' || figure === 'rate') return `a figure of the target has no ${figure}`;
  return undefined;
}

/** Of these more is better; of everything else less. */
export function isAtLeast(expression: MetricExpression): boolean {
  if (expression.kind === 'finding') return expression.key.startsWith('capacity.');
  if (expression.kind === 'share') return MORE_IS_BETTER.includes(expression.share);
  const { figure, moreIsBetter } = expression;
  return figure === 'n' || figure === 'rate' || (moreIsBetter === true && figure !== 'drift');
}

const LIVE_SHARES: readonly RunShare[] = [
  'requests.errorRate',
  'requests.rateLimited',
  'availability',
  'steps.errorRate',
  'checks.failed',
  'sessions.failed',
];

/** Whether its value can be told while a run goes on, from the last seconds or of one level. */
export function isLive(expression: MetricExpression): boolean {
  if (expression.kind === 'share') return LIVE_SHARES.includes(expression.share);
  if (expression.kind !== 'figure' || expression.figure === 'rate') return false;
  return /^(step|request|class)\./.test(expression.metric) && suffixOf(expression.metric) === '';
}
