/** How many there were of what has an end, and what became of each: the counts of a report that must add up. */
import type { RunShare } from '../../config/run-figure.ts';
import { isAttempt } from './attempt.ts';
import type { Collector, Draft } from './collector.ts';
import type { Ended, Summary } from './summary.ts';

export function collectSums(): Collector {
  const drained = { steps: 0, requests: 0, ofApdex: 0 };
  const excused = { steps: 0 };
  return {
    samples: {
      step(sample, about) {
        if (sample.warmup || !isAttempt(sample)) return;
        if (about.excused) excused.steps += 1;
        if (!about.drained) return;
        drained.steps += 1;
        if (!about.excused) drained.ofApdex += 1;
      },
      request(sample, about) {
        if (!sample.warmup && about.drained && isAttempt(sample)) drained.requests += 1;
      },
    },
    into(summary) {
      const { sessions, journeys, steps, requests, checks } = summary.counts as Summary['counts'];
      const judged = (share: RunShare) => summary.shares[share]?.n ?? 0;
      const { n, failed, excused: excusedRequests, rateLimited, cancelled, interrupted } = requests;
      summary.sums = {
        ended: {
          sessions: ended({ ...sessions, judged: judged('sessions.failed') }),
          journeys: ended({ ...journeys, judged: judged('journeys.failed') }),
          steps: ended({
            ...steps,
            failed: steps.failed - steps.excused,
            judged: judged('steps.errorRate'),
            drain: drained.steps,
          }),
          requests: ended({
            started: n + interrupted,
            ok: n - failed - excusedRequests - rateLimited - cancelled,
            ...{ failed, excused: excusedRequests, rateLimited, cancelled, interrupted },
            judged: judged('requests.errorRate'),
            drain: drained.requests,
          }),
          checks: ended({
            started: checks.n,
            ok: checks.n - checks.failed,
            failed: checks.failed,
            judged: judged('checks.failed'),
          }),
        },
        apdex: ofApdex(summary, { excused: excused.steps, drained: drained.ofApdex }),
        views: viewsOf(summary),
      };
    },
  };
}

type Known = Pick<Ended, 'started' | 'ok' | 'failed' | 'judged'> & Partial<Ended>;

function ended(known: Known): Ended {
  const { started, ok, failed, judged } = known;
  const { interrupted = 0, excused = 0, rateLimited = 0, cancelled = 0, cutShort = 0, drain = 0 } = known;
  const warmup = started - interrupted - cancelled - judged;
  return {
    started,
    ok,
    failed,
    excused,
    rateLimited,
    cancelled,
    interrupted,
    cutShort,
    warmup,
    drain,
    judged,
  };
}

/** The drain's steps are left out, unless there are no others. */
function ofApdex(
  { shares }: Draft,
  { excused, drained }: { excused: number; drained: number },
): Summary['sums']['apdex'] {
  const n = shares.apdex?.n ?? 0;
  const all = shares['steps.errorRate']?.n ?? 0;
  return { n, excused, drained: n + excused === all ? 0 : drained };
}

function viewsOf({ completeness }: Draft): Summary['sums']['views'] {
  const { views: all = 0, measurable = 0, unmeasured = 0, cut = 0 } = completeness ?? {};
  return { all, measurable, unmeasured, withoutInput: all - measurable - unmeasured - cut, cut };
}
