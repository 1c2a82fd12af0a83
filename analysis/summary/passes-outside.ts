/** Of what users do outside of journeys, signing in and out, the slowest pass that failed and the slowest that worked. */
import type { RequestSample, StepSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import { MOST_CALLS, passOf, slowestOf } from './slowest-passes.ts';

interface Outside {
  /** Before the session's first journey, and after it. */
  before: StepSample[];
  after: StepSample[];
  calls: RequestSample[];
  isInJourneys: boolean;
}

/** Comes after the collector of journeys' passes, and adds to its list. */
export function collectPassesOutside(): Collector {
  const going = new Map<string, Outside>();
  const slowest = slowestOf();
  const of = (session: string): Outside => {
    const kept = going.get(session) ?? { before: [], after: [], calls: [], isInJourneys: false };
    going.set(session, kept);
    return kept;
  };

  return {
    samples: {
      step(sample) {
        const { session, journey, via, warmup } = sample;
        if (!session || via === 'http' || warmup) return;
        const kept = of(session);
        if (journey) kept.isInJourneys = true;
        else (kept.isInJourneys ? kept.after : kept.before).push(sample);
      },
      request(sample) {
        const { session, journey, via, warmup } = sample;
        if (!session || journey || via !== 'browser' || warmup) return;
        const { calls } = of(session);
        if (calls.length < MOST_CALLS) calls.push(sample);
      },
      session({ session }) {
        const kept = session === undefined ? undefined : going.get(session);
        if (session !== undefined) going.delete(session);
        for (const steps of kept ? [kept.before, kept.after] : []) add(steps, kept?.calls ?? []);
      },
    },
    into(summary) {
      const passes = slowest.passes(Date.parse(summary.run.start));
      if (passes.length > 0) summary.slowestPasses = [...(summary.slowestPasses ?? []), ...passes];
    },
  };

  /** Named after what it led to: “open sign-in” and “sign in” are one “sign in”. */
  function add(steps: readonly StepSample[], all: readonly RequestSample[]): void {
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last || steps.some(({ interrupted }) => interrupted)) return;
    const [from, to] = [first.t - first.value, last.t];
    const calls = all.filter(({ t, value }) => t - value >= from && t - value <= to);
    const ok = steps.every((step) => step.ok);
    const pass = passOf({ journey: last.name, role: last.role, ms: to - from, ok }, from, steps, calls);
    slowest.add({ ...pass, isOutside: true }, from);
  }
}
