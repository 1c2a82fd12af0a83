/** Failures of the same kind in the same place, counted together. */
import { stableText } from '../../measure/run/error-group.ts';
import type {
  CheckSample,
  ErrorSample,
  EventSample,
  RequestSample,
  SessionSample,
  StepSample,
} from '../../measure/run/samples.ts';
import type { About, Collector } from './collector.ts';
import type { ErrorGroup } from './summary.ts';

/** More kinds than this are one row: a report of ten thousand rows helps nobody. */
const MAX_GROUPS = 200;
const MAX_CHARACTERS = 500;
const EVIDENCE = ['screenshot', 'trace', 'aria', 'consoleLog', 'har', 'requestId'] as const;

type Failure = StepSample | RequestSample | CheckSample | ErrorSample | SessionSample;
/** A group without its message and count. */
type Place = Omit<ErrorGroup, 'count' | 'message'>;
/** While samples are read `firstAt` and `warmupAt` are in ms since the epoch. A group of sessions knows the step whose failure theirs is. */
type Group = ErrorGroup & { failedStep?: string };

/** Failures that nothing excuses. */
export function collectErrors(): Collector {
  const groups = new Map<string, Group>();
  const failedSteps = new Set<string>();
  const traces: Array<EventSample<'trace-kept'>> = [];

  const add = (sample: Failure, { isError }: About): void => {
    if (!isError) return;
    if (sample.kind === 'step') failedSteps.add(sample.name);
    const group = addFailure(groups, sample);
    if (sample.kind === 'session') group.failedStep ??= sample.failedStep;
  };

  return {
    samples: { step: add, request: add, check: add, error: add, session: add },
    events: {
      'trace-kept': (event) => {
        traces.push(event);
      },
    },
    into(summary, { start }) {
      for (const group of groups.values())
        for (const moment of ['firstAt', 'warmupAt'] as const)
          if (group[moment] !== undefined) group[moment] = (group[moment] - start) / 1000;
      for (const trace of traces) addTrace(groups.values(), trace);
      summary.errors = withoutRepeats([...groups.values()], failedSteps).sort((a, b) => b.count - a.count);
    },
  };
}

function placeOf(sample: Failure): Place {
  const { kind, name, journey, page, via, errorKind = 'other' } = sample;
  switch (sample.kind) {
    case 'step': {
      const { screenshot, trace, aria, consoleLog, har } = sample;
      return { kind, name, errorKind, step: name, journey, page, screenshot, trace, aria, consoleLog, har };
    }
    case 'request': {
      const { step, requestId } = sample;
      return { kind, name, errorKind, step, via, journey, page, requestId };
    }
    case 'error': {
      const { step, har } = sample;
      return { kind, name, errorKind, step, via, journey, page, har };
    }
    case 'check': {
      const { screenshot, trace, aria, consoleLog, har } = sample;
      return { kind, name, errorKind, via, journey, page, screenshot, trace, aria, consoleLog, har };
    }
    case 'session':
      return { kind, name, errorKind, via };
  }
}

function textOf(sample: Failure): string {
  if (sample.kind !== 'request') return sample.error ?? '';
  const answer = sample.status === 0 ? 'no answer' : `status ${sample.status}`;
  return [answer, sample.error].filter(Boolean).join(': ');
}

function addFailure(groups: Map<string, Group>, failure: Failure): Group {
  const place = placeOf(failure);
  const message = textOf(failure).slice(0, MAX_CHARACTERS) || 'no message';
  const status = failure.kind === 'check' ? undefined : failure.status;
  const { kind, name, step, journey, errorKind } = place;
  let key = [kind, name, step, journey, errorKind, status, stableText(message)].join('\n');
  let first: Group = { ...place, message, count: 0 };
  if (!groups.has(key) && groups.size >= MAX_GROUPS) {
    key = 'further';
    first = {
      kind: 'error',
      name: 'further kinds of errors',
      errorKind: 'other',
      message: 'see samples.ndjson',
      count: 0,
    };
  }
  const known = groups.get(key) ?? first;
  known.count += 1;
  if (failure.warmup) {
    known.warmup = (known.warmup ?? 0) + 1;
    known.warmupAt = Math.min(failure.t, known.warmupAt ?? failure.t);
  }
  const isFirst = !failure.warmup && failure.t < (known.firstAt ?? Number.POSITIVE_INFINITY);
  if (isFirst) known.firstAt = failure.t;
  // Samples lie in any order: what is shown is of the first by time that has it.
  for (const name of EVIDENCE)
    known[name] = isFirst ? (place[name] ?? known[name]) : (known[name] ?? place[name]);
  groups.set(key, known);
  return known;
}

/** A trace that the runner kept of a failed test: evidence for the step that failed in that journey. */
function addTrace(groups: Iterable<ErrorGroup>, { journey, data }: EventSample<'trace-kept'>): void {
  for (const group of groups)
    if (group.journey === journey && (data.step === undefined || group.step === data.step))
      group.trace ??= data.file;
}

/** A session's error that only repeats its failed step's or journey's is left out. */
function withoutRepeats(groups: readonly Group[], failedSteps: ReadonlySet<string>): ErrorGroup[] {
  const told = new Set(
    groups.flatMap(({ kind, message }) => (kind === 'error' ? [stableText(message)] : [])),
  );
  return groups.flatMap(({ failedStep = '', ...group }) => {
    const repeats =
      group.kind === 'session' && (told.has(stableText(group.message)) || failedSteps.has(failedStep));
    return repeats ? [] : [group];
  });
}
