import type { RunJson } from '../../measure/run/run.ts';
import type { DefectBook } from '../known-defects.ts';
import { collectArrivals } from './arrivals.ts';
import { collectAudits } from './audits.ts';
import { collectBenchmarks } from './benchmarks.ts';
import { collectCallLog } from './call-log.ts';
import { collectCallsPerPass } from './calls-per-pass.ts';
import { collectChanges } from './changes.ts';
import { collectChecks } from './checks.ts';
import type { Collector } from './collector.ts';
import { collectHeld } from './concurrent-users.ts';
import { collectCounters } from './counters.ts';
import { collectDisturbances } from './disturbances.ts';
import { collectDrifts } from './drifts.ts';
import { collectErrors } from './errors.ts';
import { collectCalls } from './first-broken.ts';
import { collectGenerator } from './generator.ts';
import { collectJourneys } from './journeys.ts';
import { collectJourneysByRole } from './journeys-by-role.ts';
import { collectKnownDefects } from './known-defects.ts';
import { collectLatencyMap } from './latency-map.ts';
import { collectLevels } from './levels.ts';
import { collectLostPages } from './lost-pages.ts';
import { collectNeverWorked } from './never-worked.ts';
import { collectPacing } from './pacing.ts';
import { collectPageErrors } from './page-errors.ts';
import { collectPassesOutside } from './passes-outside.ts';
import { collectPhases } from './phases.ts';
import { collectQuotas } from './quotas.ts';
import { collectRecoveries } from './recovery.ts';
import { collectRequestTimes } from './request-times.ts';
import { collectRequests } from './requests.ts';
import { collectRetries } from './retries.ts';
import { collectServerTiming } from './server-timing.ts';
import { collectSessions } from './sessions.ts';
import { collectShiftSources } from './shift-sources.ts';
import { collectSkipped } from './skipped.ts';
import { collectSlowestPasses } from './slowest-passes.ts';
import { collectStalls } from './stalls.ts';
import { collectSteps } from './steps.ts';
import { collectSums } from './sums.ts';
import { collectTargetDeath } from './target-death.ts';
import { collectTargetMetrics } from './target-metrics.ts';
import { collectTargetProcess } from './target-process.ts';
import { collectTargetSilence } from './target-silence.ts';
import { collectTimeParts } from './time-parts.ts';
import { collectTimeline } from './timeline.ts';
import { collectViewFigures } from './view-figures.ts';
import { collectVitals } from './vitals.ts';
import { collectWorkerLoss } from './worker-loss.ts';

/**
 * Whatever makes figures of a run's samples, in the order in which metrics and gates on them are listed.
 * A new figure is a file beside this one and a line here.
 */
export function collectors(run: RunJson, defects: DefectBook): Collector[] {
  const start = Date.parse(run.start);
  const sessions = collectSessions();
  const times = collectRequestTimes();
  const calls = collectCalls(run);
  return [
    collectSteps(),
    collectRequests(),
    collectServerTiming(),
    collectJourneys(run, sessions),
    collectJourneysByRole(run),
    collectSlowestPasses(),
    collectPassesOutside(),
    collectVitals(sessions.wasCut),
    collectViewFigures(),
    collectCallsPerPass(),
    sessions,
    collectTargetMetrics(run, start),
    collectLostPages(sessions),
    collectChecks(),
    collectPageErrors(),
    collectCounters(),
    collectQuotas(),
    collectChanges(),
    collectErrors(),
    collectKnownDefects(defects),
    collectNeverWorked(),
    collectBenchmarks(run),
    collectAudits(),
    collectPacing(),
    collectRetries(),
    collectSkipped(run),
    collectDisturbances(),
    times,
    calls,
    collectLevels(start, times, calls),
    collectArrivals(run.plan, sessions),
    collectRecoveries(run.plan.phases, times),
    collectDrifts(run.plan.phases, start),
    collectGenerator(),
    collectStalls(times),
    collectHeld(),
    collectTargetProcess(),
    collectTargetDeath(run),
    collectWorkerLoss(start),
    collectTimeline(start, sessions.presence),
    collectTargetSilence(),
    collectPhases(run),
    collectLatencyMap(start),
    collectSums(),
    collectCallLog(),
    collectTimeParts(),
    collectShiftSources(),
  ];
}
