/** HTTP requests of browsers and of HTTP clients, by operation and by class. */

import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { printMetricKey } from '../../config/metric-key.ts';
import type { EventSample, OperationClass, RequestSample, Via } from '../../measure/run/samples.ts';
import { isAttempt } from './attempt.ts';
import type { About, Draft, Span } from './collector.ts';
import { addObservation, figuresOf, newSeries, rateOf, type Series, seriesIn } from './figures.ts';
import { countRequests, isRefusal, isServed } from './request-counts.ts';
import { availabilityOf, failedShare } from './share.ts';
import type { Summary } from './summary.ts';
import { isUnanswered } from './unanswered.ts';

interface OperationTally {
  series: Series;
  /** Of HTTP clients alone: latency from sending and from when it was due. */
  overHttp: Series;
  fromDue: Series;
  class: OperationClass;
  via: Set<Via>;
  statuses: Map<string, number>;
  failedStatuses: Set<string>;
  spent: NonNullable<Summary['operations'][number]['spent']>;
  /** Unexpected answers of 429. */
  rateLimited: number;
}

export function collectRequests() {
  const counted = countRequests();
  const operations = new Map<string, OperationTally>();
  const classes = new Map<string, Series>();
  const classesFromDue = new Map<string, Series>();

  /** Times and statuses outside of warm-up. */
  const addToOperation = (sample: RequestSample, about: About): void => {
    const { excused, drained } = about;
    const operation = operationIn(operations, sample);
    if (sample.via) operation.via.add(sample.via);
    if (!isAttempt(sample)) {
      addStatus(operation, 'cancelled', false);
      return;
    }
    addSpent(operation, sample, about);
    const neutral = isRefusal(sample) || sample.status === TOO_MANY_REQUESTS;
    const outcome = { value: sample.value, ok: isServed(sample), excused, neutral, drained };
    addObservation(operation.series, outcome);
    addObservation(seriesIn(classes, sample.class), outcome);
    if (isUnanswered(sample) && !drained)
      for (const { unended } of [operation.series, seriesIn(classes, sample.class)])
        unended.push(sample.value);
    if (sample.fromDue !== undefined) {
      const due = { ...outcome, value: sample.fromDue };
      addObservation(operation.overHttp, outcome);
      addObservation(operation.fromDue, due);
      addObservation(seriesIn(classesFromDue, sample.class), due);
      if (isUnanswered(sample) && !drained)
        for (const { unended } of [operation.fromDue, seriesIn(classesFromDue, sample.class)])
          unended.push(sample.fromDue);
    }
    const limited = sample.status === TOO_MANY_REQUESTS && !sample.expected;
    if (limited) operation.rateLimited += 1;
    addStatus(operation, statusText(sample), about.isError || limited);
  };

  return {
    samples: {
      request(sample: RequestSample, about: About): void {
        counted.add(sample, about);
        if (!sample.warmup) addToOperation(sample, about);
      },
    },
    events: {
      'answered-from-cache': (_: EventSample<'answered-from-cache'>) => counted.addFromCache(),
      'request-interrupted': (
        { data, warmup, via }: EventSample<'request-interrupted'>,
        { drained }: About,
      ) => {
        counted.addInterrupted();
        const { operation: name, class: ofClass, ms } = data;
        if (warmup || drained || name === undefined || ofClass === undefined || ms === undefined) return;
        const operation = operationIn(operations, { name, class: ofClass });
        operation.series.unended.push(ms);
        seriesIn(classes, ofClass).unended.push(ms);
        if (via) operation.via.add(via);
        if (via !== 'http') return;
        // It was due when it was sent, or before: runs of an older suite say no more.
        const sinceDue = Math.max(ms, data.fromDue ?? 0);
        operation.fromDue.unended.push(sinceDue);
        seriesIn(classesFromDue, ofClass).unended.push(sinceDue);
      },
    },
    counts: counted.counts,
    into(summary: Draft, { measuredSeconds }: Span): void {
      const { requests, rateLimited, resent, availability } = counted.outsideWarmup;
      summary.counts.requests = counted.counts;
      summary.counts.availability = availability;
      summary.counts.shapes = counted.shapes;
      summary.shares['requests.errorRate'] = failedShare(requests);
      summary.shares['requests.rateLimited'] = failedShare({ n: requests.n, failed: rateLimited });
      summary.shares['requests.resent'] = failedShare({ n: requests.n, failed: resent });
      summary.shares.availability = availabilityOf(availability);
      const { n, down, excused } = availability;
      summary.shares['availability.withDefects'] = availabilityOf({ n, down: down + excused });
      summary.operations = operationRows(operations, measuredSeconds, summary.metrics);
      for (const [name, series] of classes)
        summary.metrics[printMetricKey({ kind: 'class', name })] = {
          ...figuresOf(series),
          unit: 'ms',
          rate: rateOf(series, measuredSeconds),
        };
      putFromDue(operations, classesFromDue, summary.metrics);
    },
  };
}

function addSpent({ spent }: OperationTally, { via, value }: RequestSample, { isError }: About): void {
  spent.ms += value;
  if (!via) return;
  const { n, failed } = spent[via] ?? { n: 0, failed: 0 };
  spent[via] = { n: n + 1, failed: failed + (isError ? 1 : 0) };
}

function statusText({ status }: RequestSample): string {
  return status === 0 ? 'no answer' : String(status);
}

function addStatus({ statuses, failedStatuses }: OperationTally, status: string, isFailed: boolean): void {
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  if (isFailed) failedStatuses.add(status);
}

function operationIn(
  operations: Map<string, OperationTally>,
  sample: Pick<RequestSample, 'name' | 'class'>,
): OperationTally {
  let operation = operations.get(sample.name);
  if (!operation) {
    const [series, overHttp, fromDue] = [newSeries(), newSeries(), newSeries()];
    operation = {
      series,
      overHttp,
      fromDue,
      class: sample.class,
      via: new Set(),
      statuses: new Map(),
      failedStatuses: new Set(),
      spent: { ms: 0 },
      rateLimited: 0,
    };
    operations.set(sample.name, operation);
  }
  return operation;
}

/**
 * Also puts each operation's figures into the metrics.
 * @param seconds time outside of warm-up and drain, for the rates (good answers per second)
 */
function operationRows(
  operations: ReadonlyMap<string, OperationTally>,
  seconds: number,
  metrics: Summary['metrics'],
): Summary['operations'] {
  const byName = [...operations].sort(([one], [other]) => one.localeCompare(other));
  return byName.map(
    ([name, { series, overHttp, fromDue, class: ofClass, via, statuses, failedStatuses, ...rest }]) => {
      const { spent, rateLimited } = rest;
      const figures = figuresOf(series);
      const rate = rateOf(series, seconds);
      metrics[printMetricKey({ kind: 'request', name })] = { ...figures, unit: 'ms', rate };
      return {
        name,
        class: ofClass,
        via: [...via].sort(),
        statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a.localeCompare(b))),
        ...(failedStatuses.size > 0 && { failedStatuses: [...failedStatuses].sort() }),
        spent,
        ...(rateLimited > 0 && { rateLimited }),
        rate,
        httpP95: figuresOf(overHttp).p95,
        dueP95: figuresOf(fromDue).p95,
        ...figures,
      };
    },
  );
}

/** Latency of HTTP clients' requests from the moment they were due. */
function putFromDue(
  operations: ReadonlyMap<string, OperationTally>,
  classes: ReadonlyMap<string, Series>,
  metrics: Summary['metrics'],
): void {
  const put = (kind: 'request' | 'class', name: string, series: Series) => {
    metrics[printMetricKey({ kind, name, variant: 'from due' })] = { ...figuresOf(series), unit: 'ms' };
  };
  for (const [name, { fromDue }] of operations)
    if (fromDue.attempts > 0 || fromDue.unended.length > 0) put('request', name, fromDue);
  for (const [name, series] of classes) put('class', name, series);
}
