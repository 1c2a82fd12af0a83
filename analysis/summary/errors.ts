/** Failures of the same kind in the same place, counted together. */
import { errorKind, stableText } from '../../measure/run/error-group.ts';
import type { EventSample, Sample } from '../../measure/run/samples.ts';
import type { ErrorGroup } from './summary.ts';

/** More kinds than this are told as one: a report of ten thousand rows helps nobody. */
const MOST_GROUPS = 200;
const MOST_CHARACTERS = 500;

export function collectErrors() {
  const groups = new Map<string, ErrorGroup>();
  const failedSteps = new Set<string>();
  const traces: Array<EventSample<'trace-kept'>> = [];

  function put(group: Omit<ErrorGroup, 'count' | 'message'>, text: string): void {
    const message = text.slice(0, MOST_CHARACTERS) || 'no message';
    let key = [
      group.kind,
      group.name,
      group.step,
      group.journey,
      errorKind(message),
      stableText(message),
    ].join('\n');
    let first: ErrorGroup = { ...group, message, count: 0 };
    if (!groups.has(key) && groups.size >= MOST_GROUPS) {
      key = 'further';
      first = { kind: 'error', name: 'further kinds of errors', message: 'see samples.ndjson', count: 0 };
    }
    const known = groups.get(key) ?? first;
    known.count += 1;
    known.screenshot ??= group.screenshot;
    known.trace ??= group.trace;
    known.aria ??= group.aria;
    known.consoleLog ??= group.consoleLog;
    known.har ??= group.har;
    known.requestId ??= group.requestId;
    groups.set(key, known);
  }

  return {
    /** Takes a failure that nothing excuses. Samples that are no failure are not to be given. */
    add(sample: Sample): void {
      const { journey, page, via } = sample;
      if (sample.kind === 'step') {
        failedSteps.add(sample.name);
        const { name, screenshot, trace, aria, consoleLog, har } = sample;
        const evidence = { screenshot, trace, aria, consoleLog, har };
        put({ kind: 'step', name, step: name, journey, page, ...evidence }, sample.error ?? '');
      } else if (sample.kind === 'request') {
        const { name, step, requestId } = sample;
        const answer = sample.status === 0 ? 'no answer' : `status ${sample.status}`;
        put(
          { kind: 'request', name, step, via, journey, page, requestId },
          [answer, sample.error].filter(Boolean).join(': '),
        );
      } else if (sample.kind === 'check') {
        put({ kind: 'check', name: sample.name, via, journey, page }, sample.error ?? '');
      } else if (sample.kind === 'error') {
        const { name, step, har } = sample;
        put({ kind: 'error', name, step, via, journey, page, har }, sample.error);
      } else if (sample.kind === 'session') {
        put({ kind: 'session', name: sample.name, via }, sample.error ?? '');
      }
    },
    /** A trace that the runner kept of a failed test: evidence for the step that failed in that journey. */
    addTrace(event: EventSample<'trace-kept'>): void {
      traces.push(event);
    },
    /** Most frequent first. A session's error that only repeats its failed step's or journey's is left out. */
    groups(): ErrorGroup[] {
      for (const { journey, data } of traces) {
        for (const group of groups.values()) {
          const same = group.journey === journey && (data.step === undefined || group.step === data.step);
          if (same) group.trace ??= data.file;
        }
      }
      const told = new Set(
        [...groups.values()].flatMap(({ kind, message }) => (kind === 'error' ? [stableText(message)] : [])),
      );
      const repeats = ({ kind, message }: ErrorGroup) =>
        kind === 'session' &&
        (told.has(stableText(message)) || [...failedSteps].some((step) => message.startsWith(`${step}:`)));
      return [...groups.values()].filter((group) => !repeats(group)).sort((a, b) => b.count - a.count);
    },
  };
}
