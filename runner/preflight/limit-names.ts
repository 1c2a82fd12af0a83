/**
 * Whether limits name what there is. Beside a `*` a limit on a misspelt name would never be judged, and what it is meant for
 * would come under the `*`, which is wider.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Budgets } from '../../config/budgets.ts';
import { ConfigError } from '../../config/errors.ts';
import { parseMetricKey } from '../../config/metric-key.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import { ROOT } from '../../config/root.ts';
import { parseFindingKey } from '../../config/run-figure.ts';
import { type MetricExpression, parseMetric } from '../../config/threshold-metric.ts';
import { BASE_SECTIONS, type ProfileThresholds } from '../../config/thresholds.ts';

type Kind = 'request' | 'journey' | 'step' | 'page';
/** Metrics that are named as others are. */
const SAME_NAMES: Readonly<Record<string, Kind>> = {
  stepCalls: 'step',
  stepBytes: 'step',
  journeyCalls: 'journey',
  journeyBytes: 'journey',
};

const KINDS: Record<Kind, { text: string; names(): Promise<string[]>; other?: RegExp }> = {
  request: { text: 'operation', names: namesOfOperations, other: /^other [A-Z]+ \// },
  journey: { text: 'journey', names: namesOfJourneys },
  page: { text: 'page', names: namesOfPages },
  // As a failure between two steps is named (measure/steps/steps.ts).
  step: { text: 'step', names: namesOfSteps, other: /^(after "|before the first step$)/ },
};

const KNOWN: Partial<Record<Kind, Promise<string[]>>> = {};

/**
 * @param sections those that hold for a run: of its profiles
 * @throws {ConfigError} one line: file and line, what is not there, the nearest that is
 */
export async function checkLimitNames(
  limits: ReadonlyMap<string, ProfileThresholds>,
  sections: readonly string[],
): Promise<void> {
  for (const section of new Set([...BASE_SECTIONS, ...sections])) {
    const { thresholds = [], primary = [] } = limits.get(section) ?? {};
    for (const { expression, metric, where } of thresholds)
      await checkName(metric, `${where}: ${section}.metrics: '${expression}'`);
    for (const expression of primary)
      await checkName(parseMetric(expression), `limits of ${section}: primary: '${expression}'`);
  }
}

/** @throws {ConfigError} as `checkLimitNames`, of what budgets and features name */
export async function checkBudgetNames(budgets: ReadonlyMap<string, Budgets>): Promise<void> {
  for (const { limits, features } of budgets.values()) {
    for (const { metric, where, budget } of limits) {
      if (budget.of !== 'feature') await checkOne(budget.of, budget.name, where);
      await checkName(metric, where);
    }
    for (const { name, members, where } of features)
      for (const [kind, names] of Object.entries(members))
        for (const one of names)
          await checkOne(kind === 'operation' ? 'request' : (kind as Kind), one, `${where}: feature ${name}`);
  }
}

async function checkName(metric: MetricExpression | string, place: string): Promise<void> {
  const { kind, name } = named(metric) ?? {};
  if (kind !== undefined && name !== undefined) await checkOne(kind, name, place);
}

async function checkOne(kind: Kind, name: string, place: string): Promise<void> {
  if (name.includes('*')) return;
  const { text, names, other } = KINDS[kind];
  // Read once: budgets and limits name hundreds, and steps are looked for in every file of flows/.
  KNOWN[kind] ??= names();
  const known = await KNOWN[kind];
  if (known.includes(name) || other?.test(name)) return;
  const near = didYouMean(name, known);
  const hint = near ? 'Correct the name.' : 'Take a name from docs/journeys.md, or use *.';
  throw new ConfigError(`${place}: there is no ${text} "${name}"${near || '.'} ${hint}`);
}

/** What a limit names, where its names can be known before a run. */
function named(metric: MetricExpression | string): { kind: Kind; name?: string } | undefined {
  if (typeof metric === 'string' || metric.kind === 'share') return undefined;
  const finding = metric.kind === 'finding' ? parseFindingKey(metric.key) : undefined;
  const text = metric.kind === 'figure' ? metric.metric : finding?.kind === 'drift' && finding.of;
  const key = text ? parseMetricKey(text) : undefined;
  const kind = key && (SAME_NAMES[key.kind] ?? key.kind);
  return kind && Object.hasOwn(KINDS, kind) ? { kind: kind as Kind, name: key?.name } : undefined;
}

async function namesOfOperations(): Promise<string[]> {
  const { operations } = await import('../../api/operations/registry.ts');
  return operations.map(({ name }) => name);
}

async function namesOfJourneys(): Promise<string[]> {
  const [{ journeys }, { httpJourneys }, { benchmarks }] = await Promise.all([
    import('../../flows/registry.ts'),
    import('../../api/journeys/registry.ts'),
    import('../../api/benchmarks/registry.ts'),
  ]);
  return [...journeys, ...httpJourneys, ...benchmarks].map(({ name }) => name);
}

const SEEN_PAGES = / · pages (`[^\n]+`)/g;
const PAGE_HEADINGS = /^### [\d.]+ (\/[^\s,]*)/gm;

/**
 * Pages have none either: the contract has a heading for each, and docs/journeys.md those that a run saw. That alone would not
 * do, as it may have been written from a run of few journeys.
 */
async function namesOfPages(): Promise<string[]> {
  const read = (file: string) => readFileSync(join(ROOT, 'docs', file), 'utf8');
  const seen = [...read('journeys.md').matchAll(SEEN_PAGES)];
  return [
    ...seen.flatMap(([, pages = '']) => pages.split(/[`, ]+/).filter(Boolean)),
    ...[...read('contract/ui.md').matchAll(PAGE_HEADINGS)].map(([, page = '']) => page),
  ];
}

const STEP = /\bstep\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;

/** Steps have no list of their own: a name stands where its step is written. */
async function namesOfSteps(): Promise<string[]> {
  const files = globSync('flows/**/*.ts', { cwd: ROOT });
  return files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(STEP)].map(([, , name = '']) => name),
  );
}
