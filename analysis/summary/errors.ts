/** Failures of the same kind in the same place, counted together. */
import { errorKind, stableText } from '../../measure/run/error-group.ts';
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

/** More kinds than this are told as one: a report of ten thousand rows helps nobody. */
const MOST_GROUPS = 200;
const MOST_CHARACTERS = 500;

type Failure = StepSample | RequestSample | CheckSample | ErrorSample | SessionSample;
/** A group without its message and count. */
type Place = Omit<ErrorGroup, 'count' | 'message'>;

/** Failures that nothing excuses. */
export function collectErrors(): Collector {
  const groups = new Map<string, ErrorGroup>();
  const failedSteps = new Set<string>();
  const traces: Array<EventSample<'trace-kept'>> = [];

  const add = (sample: Failure, { isError }: About): void => {
    if (!isError) return;
    if (sample.kind === 'step') failedSteps.add(sample.name);
    addFailure(groups, placeOf(sample), textOf(sample));
  };

  return {
    samples: { step: add, request: add, check: add, error: add, session: add },
    events: {
      'trace-kept': (event) => {
        traces.push(event);
      },
    },
    into(summary) {
      for (const trace of traces) addTrace(groups.values(), trace);
      summary.errors = withoutRepeats([...groups.values()], failedSteps).sort((a, b) => b.count - a.count);
    },
  };
}

function placeOf(sample: Failure): Place {
  const { kind, name, journey, page, via } = sample;
  switch (sample.kind) {
    case 'step': {
      const { screenshot, trace, aria, consoleLog, har } = sample;
      return { kind, name, step: name, journey, page, screenshot, trace, aria, consoleLog, har };
    }
    case 'request': {
      const { step, requestId } = sample;
      return { kind, name, step, via, journey, page, requestId };
    }
    case 'error': {
      const { step, har } = sample;
      return { kind, name, step, via, journey, page, har };
    }
    case 'check':
      return { kind, name, via, journey, page };
    case 'session':
      return { kind, name, via };
  }
}

function textOf(sample: Failure): string {
  if (sample.kind !== 'request') return sample.error ?? '';
  const answer = sample.status === 0 ? 'no answer' : `status ${sample.status}`;
  return [answer, sample.error].filter(Boolean).join(': ');
}

function addFailure(groups: Map<string, ErrorGroup>, place: Place, text: string): void {
  const message = text.slice(0, MOST_CHARACTERS) || 'no message';
  let key = [place.kind, place.name, place.step, place.journey, errorKind(message), stableText(message)].join(
    '\n',
  );
  let first: ErrorGroup = { ...place, message, count: 0 };
  if (!groups.has(key) && groups.size >= MOST_GROUPS) {
    key = 'further';
    first = { kind: 'error', name: 'further kinds of errors', message: 'see samples.ndjson', count: 0 };
  }
  const known = groups.get(key) ?? first;
  known.count += 1;
  known.screenshot ??= place.screenshot;
  known.trace ??= place.trace;
  known.aria ??= place.aria;
  known.consoleLog ??= place.consoleLog;
  known.har ??= place.har;
  known.requestId ??= place.requestId;
  groups.set(key, known);
}

/** A trace that the runner kept of a failed test: evidence for the step that failed in that journey. */
function addTrace(groups: Iterable<ErrorGroup>, { journey, data }: EventSample<'trace-kept'>): void {
  for (const group of groups)
    if (group.journey === journey && (data.step === undefined || group.step === data.step))
      group.trace ??= data.file;
}

/** A session's error that only repeats its failed step's or journey's is left out. */
function withoutRepeats(groups: readonly ErrorGroup[], failedSteps: ReadonlySet<string>): ErrorGroup[] {
  const told = new Set(
    groups.flatMap(({ kind, message }) => (kind === 'error' ? [stableText(message)] : [])),
  );
  return groups.filter(
    ({ kind, message }) =>
      kind !== 'session' ||
      !(told.has(stableText(message)) || [...failedSteps].some((step) => message.startsWith(`${step}:`))),
  );
}
