/** Figures of any stretch of time while the run goes on, from raw values, by the same functions as the summary's. */
import { type MetricValue, type Readable, readMetric } from '../../analysis/judge/metric-value.ts';
import { collectExhausted } from '../../analysis/summary/exhausted.ts';
import {
  addObservation,
  figuresOf,
  newSeries,
  type Observation,
  type Series,
} from '../../analysis/summary/figures.ts';
import { collectGenerator } from '../../analysis/summary/generator.ts';
import { availabilityOf, failedShare } from '../../analysis/summary/share.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { metricMatcher, printMetricKey } from '../../config/metric-key.ts';
import type { MetricExpression } from '../../config/threshold-metric.ts';
import type { GeneratorSample, Sample } from '../../measure/run/samples.ts';
import { type GroupUnderWay, underWay } from '../../measure/run/under-way.ts';

/** Figures of the past come in slices of this time, ms: a stretch is exact to one. */
const SLICE_MS = 250;

/** What shares are taken of. */
export type Counted =
  | 'sessions'
  | 'steps'
  | 'requests'
  | 'checks'
  | 'rateLimited'
  | 'down'
  | 'downWithDefects';

interface Slice {
  series: Map<string, Series>;
  counts: Map<Counted, { n: number; failed: number }>;
  generator: GeneratorSample[];
  exhausted: Sample[];
}

/**
 * Keeps what the wanted metrics are made of, and nothing else, for as long as somebody may ask for it.
 */
export class LiveFigures {
  readonly #wanted: Array<(key: string) => boolean>;
  readonly #keepMs: number;
  readonly #isWanted = new Map<string, boolean>();
  readonly #slices = new Map<number, Slice>();
  #oldest = Number.POSITIVE_INFINITY;
  /** Of the thread of HTTP sessions, as it reported last. */
  #overHttp: readonly GroupUnderWay[] = [];

  /** @param keepMs nobody asks for what lies farther back than this */
  constructor(wanted: readonly MetricExpression[], keepMs: number) {
    this.#wanted = wanted.flatMap((one) => (one.kind === 'figure' ? [metricMatcher(one.metric)] : []));
    this.#keepMs = keepMs;
  }

  /** @param key of `summary.metrics`, e.g. `class.crud`; @param t when it ended, ms since the epoch */
  add(key: string, t: number, outcome: Observation): void {
    if (!this.#wants(key)) return;
    const { series } = this.#sliceAt(t);
    let here = series.get(key);
    if (!here) {
      here = newSeries();
      series.set(key, here);
    }
    addObservation(here, outcome);
  }

  count(what: Counted, t: number, failed: boolean): void {
    const { counts } = this.#sliceAt(t);
    const count = counts.get(what) ?? { n: 0, failed: 0 };
    counts.set(what, count);
    count.n += 1;
    if (failed) count.failed += 1;
  }

  /** What the thread of HTTP sessions has begun and not ended. */
  underWayOverHttp(groups: readonly GroupUnderWay[]): void {
    this.#overHttp = groups;
  }

  /** How the generator was in a second. */
  watched(sample: GeneratorSample): void {
    this.#sliceAt(sample.t).generator.push(sample);
  }

  /** What failed because the generator had no file descriptor, port or memory left. */
  exhausted(sample: Sample): void {
    this.#sliceAt(sample.t).exhausted.push(sample);
  }

  /** How the generator was in that time. */
  generator(from: number, to: number): Summary['generator'] {
    const collected = collectGenerator();
    const exhausted = collectExhausted();
    for (const slice of this.#slicesOf(from, to)) {
      for (const sample of slice.generator) collected.add(sample);
      for (const sample of slice.exhausted) exhausted.add(sample);
    }
    return { ...collected.health(), exhausted: exhausted.found() };
  }

  /**
   * Values of the metric over what ended from `from` to just before `to`, and what was begun before `to` and has not ended, with
   * its age at `to`; as many as its `*` finds, none without samples.
   */
  read(metric: MetricExpression, from: number, to: number): MetricValue[] {
    return readMetric(metric, this.#within(from, to, metric));
  }

  #within(from: number, to: number, metric: MetricExpression): Readable {
    const fits = metric.kind === 'figure' ? metricMatcher(metric.metric) : () => false;
    const merged = new Map<string, Series>();
    const total = (what: Counted) => totals.get(what) ?? { n: 0, failed: 0 };
    const totals = new Map<Counted, { n: number; failed: number }>();
    for (const slice of this.#slicesOf(from, to)) {
      for (const [key, series] of slice.series) {
        if (!fits(key)) continue;
        const into = merged.get(key) ?? newSeries();
        merged.set(key, into);
        into.attempts += series.attempts;
        into.errors += series.errors;
        for (const value of series.values) into.values.push(value);
      }
      for (const [what, { n, failed }] of slice.counts)
        totals.set(what, { n: total(what).n + n, failed: total(what).failed + failed });
    }
    for (const { key, ages } of this.#ages(to, fits)) {
      const into = merged.get(key) ?? newSeries();
      merged.set(key, into);
      into.unended.push(...ages);
    }
    return {
      metrics: Object.fromEntries(
        [...merged].map(([key, series]) => [key, { ...figuresOf(series), unit: 'ms' as const }]),
      ),
      shares: metric.kind === 'share' ? shareOf(metric.share, total) : {},
      findings: {},
      counters: [],
    };
  }

  *#ages(to: number, fits: (key: string) => boolean): Generator<{ key: string; ages: number[] }> {
    for (const { kind, name, class: ofClass, begun } of [...this.#overHttp, ...underWay()]) {
      const keys = [printMetricKey({ kind, name })];
      if (ofClass !== undefined) keys.push(printMetricKey({ kind: 'class', name: ofClass }));
      for (const key of keys.filter(fits)) {
        const ages = begun.filter((t) => t < to).map((t) => to - t);
        if (ages.length > 0) yield { key, ages };
      }
    }
  }

  #wants(key: string): boolean {
    let wants = this.#isWanted.get(key);
    if (wants === undefined) {
      wants = this.#wanted.some((fits) => fits(key));
      this.#isWanted.set(key, wants);
    }
    return wants;
  }

  *#slicesOf(from: number, to: number): Generator<Slice> {
    for (let at = Math.floor(from / SLICE_MS); at < Math.ceil(to / SLICE_MS); at += 1) {
      const slice = this.#slices.get(at);
      if (slice) yield slice;
    }
  }

  #sliceAt(t: number): Slice {
    const at = Math.floor(t / SLICE_MS);
    let slice = this.#slices.get(at);
    if (!slice) {
      slice = { series: new Map(), counts: new Map(), generator: [], exhausted: [] };
      this.#slices.set(at, slice);
      this.#oldest = Math.min(this.#oldest, at);
      this.#forgetBefore(Math.floor((t - this.#keepMs) / SLICE_MS));
    }
    return slice;
  }

  #forgetBefore(slice: number): void {
    for (; this.#oldest < slice; this.#oldest += 1) this.#slices.delete(this.#oldest);
  }
}

/** The share that is asked for; no others, since an exact interval costs time. */
function shareOf(share: string, total: (what: Counted) => { n: number; failed: number }): Readable['shares'] {
  switch (share) {
    case 'sessions.failed':
      return { [share]: failedShare(total('sessions')) };
    case 'steps.errorRate':
      return { [share]: failedShare(total('steps')) };
    case 'requests.errorRate':
      return { [share]: failedShare(total('requests')) };
    case 'requests.rateLimited':
      return { [share]: failedShare({ n: total('requests').n, failed: total('rateLimited').failed }) };
    case 'checks.failed':
      return { [share]: failedShare(total('checks')) };
    case 'availability':
      return { [share]: availabilityOf(downIn(total('down'))) };
    case 'availability.withDefects':
      return { [share]: availabilityOf(downIn(total('downWithDefects'))) };
    default:
      // Not known while a run goes on: isLive (config/threshold-metric.ts) lets nobody ask.
      return {};
  }
}

function downIn({ n, failed }: { n: number; failed: number }) {
  return { n, down: failed };
}
