/** What an expression may ask of each kind of metric. */
import { AUDIT_MEASURES, isScore, measureOfName } from './audit-measures.ts';
import type { FigureName } from './figure-name.ts';
import { didYouMean } from './nearest-name.ts';
import { OPERATION_CLASSES } from './operation-classes.ts';
import { targetFigures } from './target-metrics.ts';
import { isViewFigure, VIEW_FIGURES } from './view-figures.ts';
import { VITAL_NAMES } from './vitals.ts';

/**
 * Values that are kept separately from the others of their name: the first views of lazily loaded pages, and latency
 * from the moment a request was due instead of that from its sending (docs/measuring.md).
 */
export const VARIANTS = ['cold', 'from due'] as const;
export type MetricVariant = (typeof VARIANTS)[number];

interface MetricFamily {
  /** What is wrong with the name or the figure, and what is allowed; undefined: nothing. */
  problem?(name: string, figure: FigureName): string | undefined;
  variants?: readonly MetricVariant[];
  /** It has no names. */
  isNameless?: true;
  hasPages?: true;
  /** Known while a run goes on. */
  isLive?: true;
}

const CLASSES: readonly string[] = OPERATION_CLASSES;
const VITALS: readonly string[] = VITAL_NAMES;

/** A kind is what keys of `summary.metrics` begin with. */
const FAMILIES = {
  step: { variants: ['cold'], isLive: true },
  request: { variants: ['from due'], isLive: true },
  class: { variants: ['from due'], isLive: true, problem: (name) => problemOfClass(name) },
  journey: {},
  vital: {
    variants: ['cold'],
    hasPages: true,
    problem: (name) =>
      name === '*' || VITALS.includes(name) ? undefined : `unknown vital; allowed: ${VITALS.join(', ')}, *`,
  },
  view: { variants: ['cold'], hasPages: true, problem: (name, figure) => problemOfView(name, figure) },
  stepCalls: { problem: (_, figure) => problemOfAmount(figure) },
  stepBytes: { problem: (_, figure) => problemOfAmount(figure) },
  journeyCalls: { problem: (_, figure) => problemOfAmount(figure) },
  journeyBytes: { problem: (_, figure) => problemOfAmount(figure) },
  audit: { problem: (name, figure) => problemOfAudit(name, figure) },
  session: { isNameless: true },
  target: { problem: (name, figure) => problemOfTarget(name.split('.'), figure) },
  server: {
    problem: (_, figure) =>
      figure === 'errors' || figure === 'rate' ? `a time that the target tells has no ${figure}` : undefined,
  },
  count: {
    problem: (_, figure) =>
      figure !== 'n' && figure !== 'rate'
        ? 'what journeys count has two figures: write count.<name>.n, or .rate (a second)'
        : undefined,
  },
} as const satisfies Record<string, MetricFamily>;
export type MetricKind = keyof typeof FAMILIES;
export const METRIC_KINDS = Object.keys(FAMILIES) as MetricKind[];

export function metricFamily(kind: MetricKind): MetricFamily {
  return FAMILIES[kind];
}

export function problemOfClass(name: string): string | undefined {
  if (name === '*' || CLASSES.includes(name)) return undefined;
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

function problemOfAudit(name: string, figure: FigureName): string | undefined {
  const measure = measureOfName(name);
  const written = name.slice(name.lastIndexOf('.') + 1);
  if (!measure && written !== name)
    return `no such measure of an audit: '${written}'${didYouMean(written, AUDIT_MEASURES) || ';'} measures are ${AUDIT_MEASURES.join(', ')}`;
  if (!measure)
    return `write audit.<page, or journey: step | *>.<measure>.<p50 | max | …>; measures are ${AUDIT_MEASURES.join(', ')}`;
  if (isScore(measure) && figure === 'mean') return 'scores are not averaged; write .p50, .min or .max';
  return figure === 'errors' || figure === 'rate'
    ? `an audit has no ${figure}; audits that failed are audits.failed`
    : undefined;
}

function problemOfView(name: string, figure: FigureName): string | undefined {
  if (name === '*' || isViewFigure(name)) return problemOfAmount(figure);
  const known = Object.keys(VIEW_FIGURES);
  return `unknown figure of a view${didYouMean(name, known) || ';'} known are ${known.join(', ')}, *`;
}

/** Sizes and counts are of what was done: nothing failed, and nothing came by the second. */
function problemOfAmount(figure: FigureName): string | undefined {
  return figure === 'errors' || figure === 'rate' ? `a size or count has no ${figure}` : undefined;
}
