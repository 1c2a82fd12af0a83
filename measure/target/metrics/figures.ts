/** Figures of one endpoint from one scrape to the next: counters become increases, or increases a second. */
import type { FigureDefinition, Sum } from '../../../config/target-metrics.ts';
import { anyFell, type Point, type Points, pointsOf } from './counters.ts';
import type { ExpositionSample } from './exposition.ts';

export interface Reading {
  /** Finite values only. */
  figures: Record<string, number>;
  /** Figures whose metric is there, be there a value or not: a counter has none at its first scrape. */
  present: string[];
  /** Whether counters began again since the scrape before; then nothing that is made of them has a value. */
  restarted: boolean;
}

type PointsByMetric = ReadonlyMap<string, Points>;

const MIB = 2 ** 20;
/** Prometheus's client libraries say by it when their process began, in seconds. */
const STARTED = 'process_start_time_seconds';
const DIGITS = 6;

export class FigureReader {
  readonly #definitions: readonly FigureDefinition[];
  readonly #only: ReadonlyArray<readonly [label: string, value: string]>;
  /** Names of metrics. */
  readonly #wanted: ReadonlySet<string>;
  readonly #counters: ReadonlySet<string>;
  /** Of the last scrape that could be read. */
  #before: PointsByMetric = new Map();
  #startedBefore: number | undefined;

  /** @param only series that have one of these labels with another value are left out */
  constructor(definitions: readonly FigureDefinition[], only: Readonly<Record<string, string>> = {}) {
    this.#definitions = definitions;
    this.#only = Object.entries(only);
    this.#wanted = metricsOf(definitions);
    this.#counters = metricsOf(definitions.filter(({ from }) => from !== 'gauge'));
  }

  /**
   * @param t of the scrape, ms since the epoch
   * @throws {ExpositionError} from `series`, and for a series that is there twice: then the scrape counts for nothing
   */
  read(series: Iterable<ExpositionSample>, t: number): Reading {
    const found = new Map<string, ExpositionSample[]>();
    let started: number | undefined;
    for (const one of series) {
      if (one.name === STARTED) started = one.value;
      const isMeant = this.#only.every(([label, value]) => (one.labels[label] ?? value) === value);
      if (!this.#wanted.has(one.name) || !isMeant) continue;
      const all = found.get(one.name);
      if (all) all.push(one);
      else found.set(one.name, [one]);
    }
    // Another process answers, restarted or one of several that take turns: it has counters of its own.
    const isOther = started !== undefined && (this.#startedBefore ?? started) !== started;
    const here = new Map(
      [...found].map(([name, all]) => [name, pointsOf(all, isOther ? undefined : this.#before.get(name), t)]),
    );
    this.#before = here;
    this.#startedBefore = started;
    const restarted =
      isOther || [...here].some(([name, points]) => this.#counters.has(name) && anyFell(points));

    const figures: Reading['figures'] = {};
    const present: string[] = [];
    for (const definition of this.#definitions) {
      const sum = definition.alternatives.find((one) => one.some(({ name }) => here.has(name)));
      if (!sum) continue;
      present.push(definition.key);
      const value = restarted && definition.from !== 'gauge' ? undefined : figureOf(definition, sum, here);
      if (value !== undefined && Number.isFinite(value))
        figures[definition.key] = Number(value.toPrecision(DIGITS));
    }
    return { figures, present, restarted };
  }
}

/** Undefined where there is none: no series that fits, no scrape before, nothing new since, nothing of nothing. */
function figureOf({ from, unit, of }: FigureDefinition, sum: Sum, here: PointsByMetric): number | undefined {
  const whole = of?.find((one) => one.every(({ name }) => here.has(name)));
  if (of && !whole) return undefined;
  const value = totalOf(sum, here, from);
  if (value === undefined) return undefined;
  if (whole) return value / (totalOf(whole, here, from) ?? 0);
  return unit === 'MiB' ? value / MIB : unit === 'ms' ? value * 1000 : value;
}

function totalOf(sum: Sum, here: PointsByMetric, from: FigureDefinition['from']): number | undefined {
  const metrics = sum.map(({ name, fits }) => {
    const all = [...(here.get(name)?.values() ?? [])];
    return { all, fitting: all.filter(({ labels }) => fits(labels)) };
  });
  const all = metrics.flatMap((metric) => metric.all);
  const fitting = metrics.flatMap((metric) => metric.fitting);
  if (!all.some(({ isNew }) => isNew)) return undefined;
  if (from === 'gauge') return fitting.length === 0 ? undefined : add(fitting, ({ value }) => value);
  // Counters of which none fits have counted nothing, once they have been seen twice: no answer of 5xx so far.
  if (!all.some(({ growth }) => growth)) return undefined;
  if (from === 'rate') return add(fitting, ({ growth }) => growth?.rate ?? 0);
  return add(fitting, ({ isNew, growth }) => (isNew ? (growth?.by ?? 0) : 0));
}

function add(points: readonly Point[], value: (point: Point) => number): number {
  return points.reduce((sum, point) => sum + value(point), 0);
}

function metricsOf(definitions: readonly FigureDefinition[]): Set<string> {
  const sums = definitions.flatMap(({ alternatives, of = [] }) => [...alternatives, ...of]);
  return new Set(sums.flatMap((sum) => sum.map(({ name }) => name)));
}
