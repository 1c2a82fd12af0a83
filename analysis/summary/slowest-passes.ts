/** Of each journey in browsers its slowest pass that failed and its slowest that worked: its steps in order, with the calls that each made. */
import type { RequestSample, StepSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import type { JourneyPass } from './summary.ts';

/** A journey in a browser makes a few dozen; what polls without end would only make the report larger. */
export const MOST_CALLS = 100;
/** What failed in a shorter time was given up between two steps, or was recorded by a suite that did not time failures. ms */
const LEAST_TRIED = 1;

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
  const slowest = slowestOf();
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
        const from = t - value;
        const steps = kept.steps.filter(({ journey }) => journey === name);
        const calls = kept.calls.filter(({ journey }) => journey === name);
        if (steps.length === 0) return;
        slowest.add(passOf({ journey: name, role, ms: value, ok }, from, steps, calls), from);
      },
    },
    into(summary) {
      const passes = slowest.passes(Date.parse(summary.run.start));
      if (passes.length > 0) summary.slowestPasses = passes;
    },
  };
}

type Pass = Omit<JourneyPass, 'at'>;

/** Keeps the slowest of each name: one that failed shows how far it came; one that worked says where its time goes. */
export function slowestOf() {
  type Found = { pass: Pass; from: number };
  const slowest = { failed: new Map<string, Found>(), worked: new Map<string, Found>() };
  return {
    /** @param from when it began, ms since the epoch */
    add(pass: Pass, from: number): void {
      const alike = slowest[pass.ok ? 'worked' : 'failed'];
      if ((alike.get(pass.journey)?.pass.ms ?? -1) < pass.ms) alike.set(pass.journey, { from, pass });
    },
    /** Those that failed first. @param start of the run, ms since the epoch */
    passes(start: number): JourneyPass[] {
      return Object.values(slowest).flatMap((alike) =>
        [...alike.values()]
          .map(({ pass, from }) => ({ ...pass, at: (from - start) / 1000 }))
          .sort((a, b) => b.ms - a.ms || a.journey.localeCompare(b.journey)),
      );
    },
  };
}

/** @param from when it began, ms since the epoch */
export function passOf(
  about: Pick<Pass, 'journey' | 'role' | 'ms' | 'ok'>,
  from: number,
  steps: readonly StepSample[],
  made: readonly RequestSample[],
): Pass {
  const calls = made.map((call) => callOf(call, from));
  const drawn = withCalls(
    steps.map((step) => stepOf(step, from)),
    calls,
  ).map(withTimeTried);
  return { ...about, steps: drawn, calls };
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

/** Of a failed step that was not timed no more is known than that it was tried after the one before it. */
function withTimeTried(
  step: JourneyPass['steps'][number],
  index: number,
  steps: JourneyPass['steps'],
): JourneyPass['steps'][number] {
  if (step.ok || step.ms >= LEAST_TRIED) return step;
  const at = steps.slice(0, index).reduce((end, before) => Math.max(end, before.at + before.ms), 0);
  const ms = step.at + step.ms - at;
  return ms < LEAST_TRIED ? step : { ...step, at, ms, isAtMost: true };
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
