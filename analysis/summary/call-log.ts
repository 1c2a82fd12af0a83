/** Calls one by one, and the passes of steps that they were sent in: for what figures of operations do not show. */
import type { EventSample, RequestSample, StepSample, VitalSample } from '../../measure/run/samples.ts';
import type { LoggedCall, LoggedDocument, LoggedPass } from './advice-evidence.ts';
import { isAttempt } from './attempt.ts';
import type { About, Draft } from './collector.ts';
import { isServed } from './request-counts.ts';
import { ownTimeOf } from './time-parts.ts';

/** More would take gigabytes in a run of days: the first say enough. */
export const MOST_CALLS = 300_000;

export function collectCallLog() {
  const calls: LoggedCall[] = [];
  const passes: LoggedPass[] = [];
  const ofSteps: Array<{ step: string; call: LoggedCall }> = [];
  const documents = new Map<string, LoggedDocument>();
  const documentOf = (session: string, view: string, loaded: number): LoggedDocument => {
    const key = `${session} ${view}`;
    const known = documents.get(key) ?? { session, loaded };
    documents.set(key, known);
    return known;
  };
  const shared = new Map<string, string>();
  /** Each name once in memory, whatever samples it came in. */
  const same = (text: string): string => {
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };

  return {
    samples: {
      request(sample: RequestSample, { drained, ofGenerator }: About): void {
        if (sample.warmup || drained || ofGenerator || !isAttempt(sample)) return;
        if (calls.length >= MOST_CALLS) return;
        const call = loggedCall(sample, same);
        calls.push(call);
        if (sample.step !== undefined) ofSteps.push({ step: sample.step, call });
      },
      step(sample: StepSample, { drained }: About): void {
        const { name, session, page, t, value, ok, warmup } = sample;
        if (!ok || warmup || drained || !isAttempt(sample) || session === undefined) return;
        if (calls.length >= MOST_CALLS) return;
        passes.push({ step: name, session, page, begun: t - value, ended: t, calls: [] });
      },
      vital({ name, nav, session, view, t, value, warmup }: VitalSample): void {
        if (name === 'TTFB' && nav === 'hard' && session !== undefined && !warmup)
          documentOf(session, view, t).ttfb = value;
      },
    },
    events: {
      'page-view'({ session, t, warmup, data: { id, nav } }: EventSample<'page-view'>): void {
        if (nav === 'hard' && session !== undefined && !warmup) documentOf(session, id, t);
      },
    },
    into(summary: Draft): void {
      calls.sort((one, other) => one.sent - other.sent);
      passes.sort((one, other) => one.ended - other.ended);
      giveCalls(passes, ofSteps);
      giveDocuments(passes, [...documents.values()]);
      summary.log = { calls, passes };
    },
  };
}

function loggedCall(sample: RequestSample, same: (text: string) => string): LoggedCall {
  const { name, method, t, value, status, via, session = '', ttfb, bytes, page, requestId } = sample;
  return {
    ...{ operation: same(name), method: same(method), sent: t - value, ended: t, served: isServed(sample) },
    ...{ status, via, session: same(session), ttfb, bytes, uncompressed: sample.uncompressed },
    ...{ page: page === undefined ? undefined : same(page), requestId, own: ownTimeOf(sample.serverTiming) },
  };
}

/** A call belongs to the first pass of its step that ended after its sending. */
function giveCalls(
  passes: readonly LoggedPass[],
  ofSteps: ReadonlyArray<{ step: string; call: LoggedCall }>,
): void {
  const byStep = Map.groupBy(passes, ({ session, step }) => `${session} ${step}`);
  for (const { step, call } of ofSteps) {
    const own = byStep.get(`${call.session} ${step}`);
    own?.find(({ ended }) => ended >= call.sent)?.calls.push(call);
  }
  for (const { calls } of passes) calls.sort((one, other) => one.sent - other.sent);
}

/** A document belongs to the step in which its page came. */
function giveDocuments(passes: readonly LoggedPass[], documents: readonly LoggedDocument[]): void {
  const bySession = Map.groupBy(passes, ({ session }) => session);
  for (const document of documents) {
    const { session, loaded } = document;
    const pass = bySession.get(session)?.find(({ begun, ended }) => begun <= loaded && loaded <= ended);
    if (pass) pass.documents = [...(pass.documents ?? []), document];
  }
}
