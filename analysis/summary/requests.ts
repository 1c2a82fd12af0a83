/** HTTP requests of browsers and of HTTP clients, by operation and by class. */

import type { OperationClass, RequestSample, Via } from '../../measure/run/samples.ts';
import { addObservation, figuresOf, newSeries, rateOf, type Series, seriesIn } from './series.ts';
import type { Figures, Summary } from './summary.ts';

/** Only the status tells of a rate limit: this API sends `Retry-After` with ordinary answers too. */
const RATE_LIMITED = 429;

interface OperationTally {
  series: Series;
  /** Of HTTP clients alone: latency from sending and from when it was due. */
  overHttp: Series;
  fromDue: Series;
  class: OperationClass;
  via: Set<Via>;
  statuses: Map<string, number>;
}

/** What Chromium says of a request whose page was left, or that the page took back, before an answer came. */
const CANCELLED = 'net::ERR_ABORTED';

/** Failed for a reason of its own: not excused, not a 429, not cancelled by its own page. */
export function isRequestError(sample: RequestSample, excused: boolean): boolean {
  return !sample.ok && !excused && sample.status !== RATE_LIMITED && !isCancelled(sample);
}

function isCancelled(sample: RequestSample): boolean {
  return !sample.ok && sample.status === 0 && sample.via === 'browser' && sample.error === CANCELLED;
}

export function collectRequests() {
  const operations = new Map<string, OperationTally>();
  const classes = new Map<string, Series>();
  const classesFromDue = new Map<string, Series>();
  const counts = { n: 0, failed: 0, excused: 0, rateLimited: 0, cancelled: 0, interrupted: 0 };
  /** Without warm-up: what gates see. */
  const gated = { n: 0, failed: 0, rateLimited: 0, availability: { n: 0, down: 0 } };
  const availability = { n: 0, down: 0 };
  const shapes = { n: 0, checked: 0 };

  return {
    add(sample: RequestSample, excused: boolean, drained: boolean): void {
      const failed = isRequestError(sample, excused);
      // A refusal that the journey came for is an answer as it should be, and its time says nothing of the operation's.
      const refused = sample.status === RATE_LIMITED;
      const rateLimited = refused && !sample.expected;
      const cancelled = isCancelled(sample);
      counts.n += 1;
      if (failed) counts.failed += 1;
      else if (rateLimited) counts.rateLimited += 1;
      else if (cancelled) counts.cancelled += 1;
      else if (!sample.ok) counts.excused += 1;
      if (sample.checked !== undefined) shapes.n += 1;
      if (sample.checked) shapes.checked += 1;
      const isDown = failed && (sample.status === 0 || sample.status >= 500);
      const told = cancelled ? [] : sample.warmup ? [availability] : [availability, gated.availability];
      for (const tally of told) {
        tally.n += 1;
        if (isDown) tally.down += 1;
      }
      if (sample.warmup) return;
      gated.n += 1;
      if (failed) gated.failed += 1;
      if (rateLimited) gated.rateLimited += 1;
      let operation = operations.get(sample.name);
      if (!operation) {
        const [series, overHttp, fromDue] = [newSeries(), newSeries(), newSeries()];
        operation = { series, overHttp, fromDue, class: sample.class, via: new Set(), statuses: new Map() };
        operations.set(sample.name, operation);
      }
      const neutral = refused || cancelled;
      const outcome = { value: sample.value, ok: sample.ok && !refused, excused, neutral, drained };
      addObservation(operation.series, outcome);
      addObservation(seriesIn(classes, sample.class), outcome);
      if (sample.fromDue !== undefined) {
        const due = { ...outcome, value: sample.fromDue };
        addObservation(operation.overHttp, outcome);
        addObservation(operation.fromDue, due);
        addObservation(seriesIn(classesFromDue, sample.class), due);
      }
      if (sample.via) operation.via.add(sample.via);
      const status = cancelled ? 'cancelled' : sample.status === 0 ? 'no answer' : String(sample.status);
      operation.statuses.set(status, (operation.statuses.get(status) ?? 0) + 1);
    },

    /** Under way when its session ended: neither answered nor failed, so in no other count. */
    addInterrupted(): void {
      counts.interrupted += 1;
    },

    counts: () => counts,
    availability: () => availability,
    shapes: () => shapes,
    gated: () => gated,

    /** @param seconds time outside of warm-up and drain, for the rates (answers per second, failed ones too) */
    rows(seconds: number): Summary['operations'] {
      return [...operations]
        .map(([name, { series, overHttp, fromDue, class: ofClass, via, statuses }]) => ({
          name,
          class: ofClass,
          via: [...via].sort(),
          statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a.localeCompare(b))),
          rate: rateOf(series, seconds),
          httpP95: figuresOf(overHttp).p95,
          dueP95: figuresOf(fromDue).p95,
          ...figuresOf(series),
        }))
        .sort((a, b) => a.name.localeCompare(b.name));
    },

    /** By metric key, of HTTP clients' requests. */
    fromDue: (): Array<[string, Figures]> => [
      ...[...operations]
        .filter(([, { fromDue }]) => fromDue.attempts > 0)
        .map(([name, { fromDue }]): [string, Figures] => [`request.${name}`, figuresOf(fromDue)]),
      ...[...classesFromDue].map(([name, series]): [string, Figures] => [`class.${name}`, figuresOf(series)]),
    ],

    classes(seconds: number): Array<Figures & { name: string; rate: number }> {
      return [...classes].map(([name, series]) => ({
        name,
        rate: rateOf(series, seconds),
        ...figuresOf(series),
      }));
    },
  };
}
