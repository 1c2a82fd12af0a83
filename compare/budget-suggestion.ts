/** What kept runs say of budgets: which are broken, and what those could be that nobody has set. */
import { isBeyond, limitOf } from '../analysis/judge/limit.ts';
import { readMetric } from '../analysis/judge/metric-value.ts';
import { quantileOfT } from '../analysis/statistics/student-t.ts';
import type { Summary } from '../analysis/summary/summary.ts';
import { measureOfName } from '../config/audit-measures.ts';
import type { Budget } from '../config/budgets.ts';
import { parseMetricKey } from '../config/metric-key.ts';
import { isAtLeast, type MetricExpression, parseMetric, printMetric } from '../config/threshold-metric.ts';
import type { Unit } from '../measure/run/units.ts';

export interface Suggestion {
  /** As in `budgets.yml`, with its name: `view.requests.p75 page /people cold`. */
  expression: string;
  /** Of each run that has the figure. */
  values: number[];
  unit: Unit;
  highest: number;
  /** With headroom, rounded up. */
  suggested: number;
  /** What is set now, where something is. */
  budget?: Budget;
  isBroken: boolean;
}

/** Figures that hardly differ from run to run: a budget on them tells of a change, not of the weather. */
const WORTH_A_BUDGET = [
  'view.script size.p50 page * cold',
  'view.transfer size.p50 page * cold',
  'view.DOM elements.p75 page * cold',
  'audit./*.script size.max',
  'audit./*.transfer size.max',
  'audit./*.requests.max',
  'audit./*.DOM elements.max',
  'audit./*.accessibility.min',
].map((expression) => parseMetric(expression) as MetricExpression);
/** Of the highest, at least: what grows a little with each change is not to break at once. */
const LEAST_HEADROOM = 0.1;
/** With fewer runs their spread is no guide. */
export const FEWEST_RUNS = 3;
const HEADROOM_OF_FEW = 0.25;

/** @param budgets of the runs' environment, without those of level `off` */
export function suggestBudgets(runs: readonly Summary[], budgets: readonly Budget[]): Suggestion[] {
  const found = new Map<string, Suggestion>();
  const add = (metric: MetricExpression, budget?: Budget) => {
    for (const run of runs)
      for (const { name, value, unit } of readMetric(metric, run)) {
        if (value === null) continue;
        const one = found.get(name) ?? {
          expression: name,
          values: [],
          unit,
          highest: 0,
          suggested: 0,
          budget,
          isBroken: false,
        };
        if (one.budget !== budget) continue; // set elsewhere, by a narrower name
        one.values.push(value);
        found.set(name, one);
      }
  };
  // The narrower first, as they are judged.
  const narrow = budgets.toSorted(
    (a, b) =>
      Number(a.expression.includes('*')) - Number(b.expression.includes('*')) ||
      b.expression.length - a.expression.length,
  );
  for (const budget of narrow) add(budget.metric, budget);
  for (const metric of WORTH_A_BUDGET) add(metric);
  return [...found.values()].map((one) => {
    const highest = Math.max(...one.values);
    const limit = one.budget && limitOf(one.budget);
    const isBroken = limit !== undefined && one.values.some((value) => isBeyond(limit, value));
    // Of what never was there nothing can be said, and where more is better the least is another question.
    const stays = limit !== undefined && (highest === 0 || limit.side === 'at least');
    const isLeast = isLeastLimited(one.expression);
    const suggested = stays
      ? limit.limit
      : isLeast
        ? belowAll(one.values)
        : withHeadroom(one.values, one.unit);
    return { ...one, highest, isBroken, suggested };
  });
}

/**
 * At most this will the next run show in 39 of 40 cases, were the values normally distributed: the upper end of a 95 % prediction interval,
 * mean + t · s · √(1 + 1/k) (Hahn and Meeker, Statistical Intervals, section 4.7), and at least a tenth above the highest.
 */
export function withHeadroom(values: readonly number[], unit: Unit): number {
  const highest = Math.max(...values);
  const k = values.length;
  if (k < FEWEST_RUNS) return roundedUp(highest * (1 + HEADROOM_OF_FEW), highest, unit);
  const mean = values.reduce((sum, value) => sum + value, 0) / k;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (k - 1));
  const predicted = mean + quantileOfT(0.025, k - 1) * deviation * Math.sqrt(1 + 1 / k);
  return roundedUp(Math.max(predicted, highest * (1 + LEAST_HEADROOM)), highest, unit);
}

/** Of a score the least is limited, which a page that stays as it is reaches again: 0.98 of 0.98 and 1. */
function belowAll(values: readonly number[]): number {
  return Math.floor(Math.min(...values) * 100) / 100;
}

function isLeastLimited(expression: string): boolean {
  const parsed = parseMetric(expression);
  return typeof parsed !== 'string' && isAtLeast(parsed);
}

/** Counts whole and one more at least, sizes to two digits and a kilobyte more at least. */
function roundedUp(value: number, highest: number, unit: Unit): number {
  const least = Math.max(value, highest + (unit === 'B' ? 1000 : unit === '1' ? 1 : 0));
  const step = unit === '1' && least < 100 ? 1 : 10 ** Math.max(0, Math.floor(Math.log10(least)) - 1);
  return Math.ceil(Number((least / step).toPrecision(9))) * step;
}

/** To paste into `budgets.yml`: pages that have no such budget yet. Empty: there are none. */
export function budgetsYaml(environment: string, suggestions: readonly Suggestion[]): string[] {
  const isNew = ({ budget, expression }: Suggestion) =>
    budget === undefined && pageOf(expression) !== undefined;
  const pages = Map.groupBy(suggestions.filter(isNew), ({ expression }) => pageOf(expression) as string);
  if (pages.size === 0) return [];
  return [
    `${environment}:`,
    '  pages:',
    ...[...pages]
      .sort(([a], [b]) => a.localeCompare(b))
      .flatMap(([page, all]) => [
        `    ${page}:`,
        ...all.map(
          (one) => `      ${withoutPage(one.expression)}: [warn, ${limitText(one)}] # ${seenText(one)}`,
        ),
      ]),
  ];
}

function parsedKey(expression: string) {
  const parsed = parseMetric(expression);
  if (typeof parsed === 'string' || parsed.kind !== 'figure') return undefined;
  const key = parseMetricKey(parsed.metric);
  return key && { key, figure: parsed.figure };
}

/** The page that a figure is of: of audits it is the first part of the name, `/people.script size`. */
function pageOf(expression: string): string | undefined {
  const { key } = parsedKey(expression) ?? {};
  if (key?.kind !== 'audit') return key?.page;
  const measure = measureOfName(key.name ?? '');
  return key.name?.startsWith('/') ? key.name.slice(0, -`.${measure}`.length) : undefined;
}

function withoutPage(expression: string): string {
  const parsed = parsedKey(expression);
  if (!parsed) return expression;
  const { key, figure } = parsed;
  const name = key.kind === 'audit' ? measureOfName(key.name ?? '') : key.name;
  return printMetric({ ...key, name, page: undefined }, figure);
}

/** As it can be written: 40 kB. */
export function limitText({ suggested, unit }: Pick<Suggestion, 'suggested' | 'unit'>): string {
  if (unit !== 'B' || suggested < 1000) return String(suggested);
  return suggested < 1e6 ? `${suggested / 1000} kB` : `${suggested / 1e6} MB`;
}

function seenText({ values, unit, highest }: Suggestion): string {
  const lowest = Math.min(...values);
  const text = (value: number) =>
    unit === 'B' ? `${Math.round(value / 100) / 10} kB` : String(Math.round(value * 1000) / 1000);
  const range = lowest === highest ? text(highest) : `${text(lowest)} to ${text(highest)}`;
  return `${range} in ${values.length} ${values.length === 1 ? 'run' : 'runs'}`;
}
