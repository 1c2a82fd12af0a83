/** Budgets per environment, of pages, journeys and features, from `budgets.yml` beside this file, which describes each key. */
import { z } from 'zod';
import { BUDGET_KINDS, type BudgetKind, kindOfMetric, metricOf, readLimit } from './budget-limit.ts';
import { loadEnvironments } from './environments.ts';
import { parseMetricKey } from './metric-key.ts';
import { didYouMean } from './nearest-name.ts';
import type { BudgetOwner, Threshold } from './thresholds.ts';
import { loadYaml, type YamlFile } from './yaml.ts';
import type { Path } from './yaml-line.ts';

/** A limit that a run without the figure has no gate of. */
export type Budget = Threshold & { budget: BudgetOwner };

export interface Feature {
  name: string;
  owner: string;
  where: string;
  members: Readonly<Record<BudgetKind, readonly string[]>>;
}

export interface Budgets {
  /** Those of level `off` too. */
  limits: readonly Budget[];
  features: readonly Feature[];
}

const DEFAULT = 'default';
const lines = z.record(z.string(), z.unknown());
const list = z.array(z.string().min(1)).optional();
const section = z
  .strictObject({
    pages: z.record(z.string(), lines).default({}),
    journeys: z.record(z.string(), lines).default({}),
    features: z
      .record(
        z.string(),
        z.strictObject({
          owner: z.string().min(1).optional(),
          ...{ pages: list, journeys: list, steps: list, operations: list },
          budget: lines.default({}),
        }),
      )
      .default({}),
  })
  .nullable()
  .transform((given) => given ?? { pages: {}, journeys: {}, features: {} });
const schema = z.record(z.string(), section, {
  error: ({ code }) => (code === 'invalid_type' ? 'it must map environments to budgets' : undefined),
});
type Section = z.output<typeof section>;
type File = YamlFile<z.output<typeof schema>> & { shown: string };
const MEMBERS = { page: 'pages', journey: 'journeys', step: 'steps', operation: 'operations' } as const;

/**
 * Reads and checks the whole file, all environments.
 * @throws {ConfigError} one line: file and line, key, what is wrong
 */
export function loadBudgets(
  file: string | URL = new URL('budgets.yml', import.meta.url),
  environments: readonly string[] = Object.keys(loadEnvironments()),
): ReadonlyMap<string, Budgets> {
  const shown = file instanceof URL ? 'config/budgets.yml' : file;
  const read = { ...loadYaml(file, schema, { shown }), shown };
  const known = [DEFAULT, ...environments];
  const stranger = Object.keys(read.data).find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw read.mistake(
      [stranger],
      `no such environment${didYouMean(stranger, known) || ';'} known are ${known.join(', ')}`,
    );
  return new Map(known.map((name) => [name, budgetsOf(read, name)]));
}

/** Kinds whose figures do not depend on how busy the target is. */
const TIMELESS: readonly string[] = ['view', 'stepCalls', 'stepBytes', 'journeyCalls', 'journeyBytes'];

/** Those that judge a run of this profile. Times, and tasks that take long, say nothing of a target that is pushed too far. */
export function budgetsOfProfile({ limits }: Budgets, isPushed: boolean): Budget[] {
  return limits.filter(({ level, metric }) => {
    if (level === 'off') return false;
    const key = metric.kind === 'figure' ? parseMetricKey(metric.metric) : undefined;
    return !isPushed || (key && TIMELESS.includes(key.kind) && !key.name?.startsWith('long'));
  });
}

/** What holds in an environment; one of a run from elsewhere has the default's. */
export function budgetsFor(all: ReadonlyMap<string, Budgets>, environment: string): Budgets {
  return all.get(environment) ?? all.get(DEFAULT) ?? { limits: [], features: [] };
}

function budgetsOf(file: File, environment: string): Budgets {
  const layers = environment === DEFAULT ? [DEFAULT] : [DEFAULT, environment];
  const found = new Map<string, Budget>();
  const features = new Map<string, Feature>();
  const put = (budget: Budget) =>
    found.set(`${budget.budget.of} ${budget.budget.name} ${budget.expression}`, budget);
  for (const layer of layers) {
    const {
      pages,
      journeys,
      features: given,
    } = file.data[layer] ?? { pages: {}, journeys: {}, features: {} };
    for (const [of, all] of [
      ['page', pages],
      ['journey', journeys],
    ] as const)
      for (const [name, metrics] of Object.entries(all))
        for (const [written, limit] of Object.entries(metrics)) {
          const path = [layer, MEMBERS[of], name, written];
          checkPage(file, path, of, name);
          put(
            readBudget(file, path, limit, {
              kinds: [of],
              names: () => [name],
              budget: { of, name },
            })[0] as Budget,
          );
        }
    for (const [name, feature] of Object.entries(given)) {
      const whole = featureOf(file, layer, name, feature, features.get(name));
      features.set(name, whole);
    }
  }
  for (const layer of layers)
    for (const [name, { budget }] of Object.entries(file.data[layer]?.features ?? {}))
      for (const [written, limit] of Object.entries(budget)) {
        const { owner, members } = features.get(name) as Feature;
        const path = [layer, 'features', name, 'budget', written];
        const as = {
          kinds: Object.keys(BUDGET_KINDS) as BudgetKind[],
          names: (kind: BudgetKind) => members[kind],
          budget: { of: 'feature' as const, name, owner },
        };
        for (const one of readBudget(file, path, limit, as)) put(one);
      }
  const limits = [...found.values()];
  refuseTwice(file, limits);
  return { limits, features: [...features.values()] };
}

function checkPage({ mistake }: File, path: Path, of: string, name: string): void {
  if (of === 'page' && name !== '*' && !name.startsWith('/'))
    throw mistake(path.slice(0, 3), 'a page is a route such as /schedule, or *');
}

function featureOf(
  { mistake, lineOf, shown }: File,
  layer: string,
  name: string,
  given: Section['features'][string],
  before?: Feature,
): Feature {
  const path = [layer, 'features', name];
  const owner = given.owner ?? before?.owner;
  if (owner === undefined) throw mistake(path, 'it has no owner', 'Write owner: and who answers for it.');
  const page = given.pages?.find((one) => !one.startsWith('/'));
  if (page !== undefined) throw mistake([...path, 'pages'], `'${page}': a page is a route such as /schedule`);
  const members = Object.fromEntries(
    Object.entries(MEMBERS).map(([kind, key]) => [
      kind,
      given[key] ?? before?.members[kind as BudgetKind] ?? [],
    ]),
  ) as Record<BudgetKind, string[]>;
  if (Object.values(members).every((names) => names.length === 0))
    throw mistake(path, 'nothing belongs to it', 'Name its pages, journeys, steps or operations.');
  return { name, owner, members, where: before?.where ?? `${shown}:${lineOf(path)}` };
}

/** One for each name that the line is for. */
function readBudget(
  { mistake, lineOf, shown }: File,
  path: string[],
  given: unknown,
  {
    kinds,
    names,
    budget,
  }: { kinds: BudgetKind[]; names(kind: BudgetKind): readonly string[]; budget: BudgetOwner },
): Budget[] {
  const written = path.at(-1) ?? '';
  const kind = kindOfMetric(written, kinds);
  if (typeof kind !== 'string') throw mistake(path, kind.wrong);
  const of = names(kind);
  if (of.length === 0)
    throw mistake(
      path,
      `the feature has no ${MEMBERS[kind]}`,
      `Name some under ${MEMBERS[kind]}, or take the line out.`,
    );
  return of.map((name) => {
    const read = metricOf(written, kind, name);
    if (typeof read === 'string') throw mistake(path, read);
    const limit = readLimit(given, read.metric);
    if (typeof limit === 'string') throw mistake(path, limit);
    return { ...read, ...limit, where: `${shown}:${lineOf(path)}`, budget };
  });
}

/** A page in two features, or in one and by itself, has one budget of a metric: which would hold else? */
function refuseTwice({ mistake }: File, limits: readonly Budget[]): void {
  const first = new Map<string, Budget>();
  for (const one of limits) {
    if (one.level === 'off') continue;
    const other = first.get(one.expression);
    if (other)
      throw mistake(
        [],
        `${one.expression} has two budgets: ${other.where} (${textOf(other)}) and ${one.where} (${textOf(one)})`,
        'Take one out.',
      );
    first.set(one.expression, one);
  }
}

function textOf({ budget, level, limit }: Budget): string {
  return `${budget.of} ${budget.name}: ${level}, ${limit}`;
}
