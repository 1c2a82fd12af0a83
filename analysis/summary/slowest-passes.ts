/** Of each journey in browsers its slowest pass: its steps in order, with the calls that each made. */
import type { RequestSample, StepSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import type { JourneyPass } from './summary.ts';

/** A journey in a browser makes a few dozen; what polls without end would only make the report larger. */
const MOST_CALLS = 100;

interface Kept {
  steps: StepSample[];
  calls: RequestSample[];
}

/**
 * A sample of a request comes after it ended, and may come after the step that waited for it. A session's samples are taken
 * as its process wrote them: in another order its passes cannot be drawn.
 */
export function collectSlowestPasses(): Collector {
  const going = new Map<string, Kept>();
  const slowest = new Map<string, { pass: Omit<JourneyPass, 'at'>; from: number }>();
  const of = (session: string): Kept => {
    const kept = going.get(session) ?? { steps: [], calls: [] };
    going.set(session, kept);
    return kept;
  };

  return {
    samples: {
      step(sample) {
        if (sample.session && sample.journey && sample.via !== 'http') of(sample.session).steps.push(sample);
      },
      request(sample) {
        if (!sample.session || !sample.journey || sample.via !== 'browser') return;
        const { calls } = of(sample.session);
        if (calls.length < MOST_CALLS) calls.push(sample);
      },
      journey({ name, session, role, value, ok, interrupted, cutShort, warmup, t }) {
        const kept = session === undefined ? undefined : going.get(session);
        if (session !== undefined) going.delete(session);
        if (!kept || kept.steps.length === 0 || warmup || interrupted || cutShort) return;
        const before = slowest.get(name)?.pass;
        // One that failed shows how far it came; one that worked says more.
        if (before && (before.ok !== ok ? before.ok : before.ms >= value)) return;
        const from = t - value;
        const steps = kept.steps.filter(({ journey }) => journey === name).map((step) => stepOf(step, from));
        const calls = kept.calls.filter(({ journey }) => journey === name).map((call) => callOf(call, from));
        if (steps.length === 0) return;
        slowest.set(name, {
          from,
          pass: { journey: name, role, ms: value, ok, steps: withCalls(steps, calls), calls },
        });
      },
    },
    into(summary) {
      const passes = [...slowest].map(([, { pass, from }]) => ({
        ...pass,
        at: (from - Date.parse(summary.run.start)) / 1000,
      }));
      if (passes.length > 0)
        summary.slowestPasses = passes.sort((a, b) => b.ms - a.ms || a.journey.localeCompare(b.journey));
    },
  };
}

/** That a step ended is noticed a little late: it began with its first call at the latest. */
function withCalls(steps: JourneyPass['steps'], calls: JourneyPass['calls']): JourneyPass['steps'] {
  return steps.map((step, at) => {
    const before = steps.slice(0, at).findLast(({ name }) => name === step.name);
    const from = before ? before.at + before.ms : 0;
    const own = calls.filter((call) => call.step === step.name && call.at >= from);
    return { ...step, at: own.reduce((first, call) => Math.min(first, call.at), step.at) };
  });
}

function stepOf({ name, t, value, ok, page }: StepSample, from: number): JourneyPass['steps'][number] {
  return { name, at: Math.max(0, t - value - from), ms: value, ok, ...(page !== undefined && { page }) };
}

function callOf(
  { name, t, value, ok, status, step }: RequestSample,
  from: number,
): JourneyPass['calls'][number] {
  const at = Math.max(0, t - value - from);
  return { name, at, ms: value, ok, status, ...(step !== undefined && { step }) };
}
