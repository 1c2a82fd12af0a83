/** One pass over the samples of a run: everything in a summary that needs no limits to be known. */
import { COLD, FROM_DUE } from '../../config/metric-expression.ts';
import type { RunEndedEarly, SearchEnded } from '../../measure/run/findings.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, GeneratorSample, Sample } from '../../measure/run/samples.ts';
import type { DefectBook } from '../known-defects.ts';
import type { ReadTally } from '../read/read-samples.ts';
import { LONGEST_RUN_MS } from '../read/usable-sample.ts';
import { collectBenchmarks } from './benchmarks.ts';
import { collectChanges } from './changes.ts';
import { collectCounters } from './counters.ts';
import { collectDisturbances } from './disturbances.ts';
import { findDrain } from './drain.ts';
import { collectDrifts } from './drifts.ts';
import { collectErrors } from './errors.ts';
import { collectGenerator, collectTargetProcess } from './generator.ts';
import { collectHeld } from './held.ts';
import { capacityFindings, collectLevels } from './levels.ts';
import { collectPacing } from './pacing.ts';
import { phasesByProfile, warmupSeconds } from './planned-time.ts';
import { collectProcesses } from './processes.ts';
import { collectQuotas } from './quotas.ts';
import { recoveries } from './recovery.ts';
import { collectRequestTimes } from './request-times.ts';
import { collectRequests, isRequestError } from './requests.ts';
import { collectServerTiming } from './server-timing.ts';
import { collectJourneys, collectSessions, peaks } from './sessions.ts';
import { collectSteps } from './steps.ts';
import type { Summary } from './summary.ts';
import { collectTargetMetrics } from './target-metrics.ts';
import { collectTimeline } from './timeline.ts';
import { collectVitals } from './vitals.ts';

/** What was seen, before it is judged. */
export type Observations = Omit<
  Summary,
  'verdict' | 'reasons' | 'headline' | 'exitCode' | 'gates' | 'primary' | 'answers'
> & {
  /** What searches found, and why the run ended before its plan did. */
  searches: SearchEnded[];
  endedEarly?: RunEndedEarly;
  /** Failed and ended outside of warm-up: what gates on shares see. */
  gated: Record<'sessions' | 'journeys' | 'steps' | 'requests' | 'checks', { n: number; failed: number }> & {
    rateLimited: number;
    availability: Summary['counts']['availability'];
  };
  targetDied: boolean;
  /** It has not ended, and somebody is still writing it. */
  goingOn: boolean;
};

/** What has a time. */
const MEASURED: ReadonlySet<Sample['kind']> = new Set(['step', 'request', 'vital']);

export async function observe(
  run: RunJson,
  samples: AsyncIterable<Sample>,
  defects: DefectBook,
  /** Read after the last sample: how many lines were read. */
  tally: ReadTally,
): Promise<Observations> {
  const start = Date.parse(run.start);
  const steps = collectSteps();
  const requests = collectRequests();
  const vitals = collectVitals();
  const sessions = collectSessions();
  const journeys = collectJourneys();
  const benchmarks = collectBenchmarks(run);
  const generator = collectGenerator();
  const processes = collectProcesses(start);
  const held = collectHeld();
  const targetProcess = collectTargetProcess();
  const errors = collectErrors();
  const changes = collectChanges();
  const pacing = collectPacing();
  const disturbances = collectDisturbances();
  const targetMetrics = collectTargetMetrics(run, start);
  const counters = collectCounters();
  const serverTiming = collectServerTiming();
  const quotas = collectQuotas();
  const timeline = collectTimeline(start);
  const levels = collectLevels(start);
  const times = collectRequestTimes();
  const drifts = collectDrifts(run.plan.phases, start);
  const phasesStarted: Array<{ phase: string; t: number }> = [];
  const checks = { n: 0, failed: 0 };
  const gatedChecks = { n: 0, failed: 0 };
  const drain = findDrain(run);
  let warmup = 0;
  let drained = 0;
  let last = start;
  let targetDied = run.ended === 'target-died';

  const addGenerator = (sample: GeneratorSample) => {
    generator.add(sample);
    held.add(sample);
    drifts.addMemory('generator', sample.t, sample.memoryMiB);
    timeline.addGenerator(sample);
  };

  const addEvent = (event: EventSample) => {
    switch (event.name) {
      case 'page-view':
        return vitals.addView(event);
      case 'browser-entries':
        return vitals.addEntries(event);
      case 'request-interrupted':
        return requests.addInterrupted();
      case 'session-started':
        return sessions.addStart(event);
      case 'phase-started':
        drain.phaseStarted(event);
        targetMetrics.addPhase(event);
        phasesStarted.push({ phase: event.phase ?? '', t: event.t });
        return;
      case 'target-died':
        targetDied = true;
        return;
      case 'sign-in-paced':
        return pacing.add(event);
      case 'benchmark-ended':
        return benchmarks.addEnd(event);
      case 'trace-kept':
        return errors.addTrace(event);
      case 'level-ended':
      case 'search-ended':
      case 'run-ended-early':
        return levels.add(event);
      case 'clock-jumped':
      case 'stood-still':
      case 'suspended':
      case 'samples-lost':
        return disturbances.add(event);
      case 'change-planned':
      case 'change-made':
      case 'change-undone':
      case 'change-not-undone':
        return changes.add(event);
      case 'known-defect':
        return defects.note(event);
    }
  };

  for await (const sample of samples) {
    last = Math.max(last, sample.t);
    const isDrained = !sample.warmup && drain.holds(sample);
    if (sample.warmup) warmup += 1;
    if (isDrained && MEASURED.has(sample.kind)) drained += 1;
    switch (sample.kind) {
      case 'step': {
        const failed = !sample.ok && !sample.interrupted;
        const excused = failed && defects.excuses(sample);
        steps.add(sample, excused, isDrained);
        if (failed && !excused) {
          errors.add(sample);
          timeline.addError(sample.t);
        }
        if (!sample.interrupted && !sample.cold)
          drifts.add(['steps', `step.${sample.name}`], sample.t, sample.value, sample.ok, failed && !excused);
        break;
      }
      case 'request': {
        const excused = !sample.ok && defects.excuses(sample);
        const isError = isRequestError(sample, excused);
        requests.add(sample, excused, isDrained);
        serverTiming.add(sample, isDrained);
        quotas.add(sample);
        timeline.addRequest(sample.t, sample.value, sample.ok, isError);
        times.add(sample.t, sample.value, sample.ok, isError);
        drifts.add(['requests', `class.${sample.class}`], sample.t, sample.value, sample.ok, isError);
        if (isError) errors.add(sample);
        break;
      }
      case 'vital':
        vitals.addVital(sample, isDrained);
        break;
      case 'session':
        sessions.add(sample);
        if (!sample.ok && !sample.interrupted) errors.add(sample);
        break;
      case 'journey':
        journeys.add(sample);
        benchmarks.add(sample);
        break;
      case 'check':
        checks.n += 1;
        if (!sample.warmup) gatedChecks.n += 1;
        if (sample.ok) break;
        checks.failed += 1;
        if (!sample.warmup) gatedChecks.failed += 1;
        errors.add(sample);
        break;
      case 'count':
        counters.add(sample, isDrained);
        break;
      case 'error':
        if (!defects.excuses(sample)) errors.add(sample);
        break;
      case 'generator':
        if (sample.profile === undefined) addGenerator(sample);
        else processes.add(sample);
        break;
      case 'target':
        targetProcess.add(sample);
        drifts.addMemory('targetProcess', sample.t, sample.memoryMiB);
        timeline.addTarget(sample);
        break;
      case 'scrape':
        targetMetrics.add(sample);
        break;
      case 'event':
        addEvent(sample);
        break;
    }
  }

  for (const second of processes.seconds()) addGenerator(second);

  const end = endOf(run, start, last);
  const durationSeconds = (end - start) / 1000;
  const presence = sessions.changes(end);
  const peak = peaks(presence);
  const loaded = (Math.min(drain.begins() ?? end, end) - start) / 1000;
  const measured = secondsOutsideWarmup(run, loaded);
  const operations = requests.rows(measured);
  const stepRows = steps.rows();

  const metrics: Summary['metrics'] = {};
  for (const { name, ...step } of stepRows) metrics[`step.${name}`] = { ...figuresOnly(step), unit: 'ms' };
  for (const [name, figures] of steps.coldFigures())
    metrics[`step.${name}${COLD}`] = { ...figures, unit: 'ms' };
  for (const operation of operations) {
    metrics[`request.${operation.name}`] = { ...figuresOnly(operation), unit: 'ms', rate: operation.rate };
  }
  for (const { name, rate, ...figures } of requests.classes(measured)) {
    metrics[`class.${name}`] = { ...figures, unit: 'ms', rate };
  }
  for (const [key, figures] of requests.fromDue()) metrics[`${key}${FROM_DUE}`] = { ...figures, unit: 'ms' };
  for (const [name, figures] of serverTiming.figures())
    metrics[`server.${name}`] = { ...figures, unit: 'ms' };
  for (const [name, figures] of journeys.figures()) metrics[`journey.${name}`] = { ...figures, unit: 'ms' };
  for (const [key, figures, unit] of vitals.metrics()) metrics[key] = { ...figures, unit };
  metrics.session = { ...sessions.figures(), unit: 'ms' };
  const told = targetMetrics.summaries(drain.begins());
  for (const [key, figures] of told.metrics) metrics[key] = figures;

  const { phases } = run.plan;
  const warm = phases.filter(({ warmup }) => warmup).map(({ name }) => name);
  const measuredFrom = phasesStarted.find(({ phase }) => !warm.includes(phase))?.t ?? start;
  const seenLevels = levels.seen(times);
  const findings = Object.fromEntries([
    ...capacityFindings(seenLevels),
    ...phasesByProfile(phases).flatMap((own) => {
      const begun = phasesStarted.filter(({ phase }) => own.some(({ name }) => name === phase));
      return recoveries(own, begun, drain.begins() ?? end, times);
    }),
    ...drifts.findings({ from: measuredFrom, to: drain.begins() ?? end }),
  ]);

  const { schema, id, verdict: _verdict, reasons: _reasons, ...facts } = run;
  const { rateLimited, availability, ...gatedRequests } = requests.gated();
  return {
    schema,
    id,
    goingOn: false,
    run: {
      ...facts,
      end: run.end ?? new Date(end).toISOString(),
      target: withoutCredentials(run.target),
      host: { ...facts.host, browserEntries: vitals.entries() },
    },
    durationSeconds,
    counts: {
      sessions: sessions.counts(),
      journeys: journeys.counts(),
      steps: steps.counts(),
      requests: requests.counts(),
      availability: requests.availability(),
      checks,
      shapes: requests.shapes(),
      changes: changes.counts(),
      samples: tally.samples,
      warmup,
      drain: drained,
      torn: tally.torn,
      unusable: tally.unusable,
      peakUsers: peak.all,
      peakBrowserUsers: peak.browser,
      peakApiUsers: peak.api,
    },
    gated: {
      sessions: sessions.gated(),
      journeys: journeys.gated(),
      steps: steps.gated(),
      requests: gatedRequests,
      checks: gatedChecks,
      rateLimited,
      availability,
    },
    damage: [...tally.damage].map(([what, count]) => ({ what, count })).sort((a, b) => b.count - a.count),
    brokenOff: tally.brokenOff,
    disturbances: disturbances.list(),
    cutShort: journeys.cutShort(),
    pacing: pacing.figures(),
    leftovers: changes.leftovers(),
    targetDied,
    metrics,
    steps: stepRows,
    apdex: steps.apdex(),
    operations,
    counters: counters.rows(measured),
    quotas: quotas.rows(),
    pages: vitals.pages(),
    worstViews: vitals.worstViews(),
    longFrames: vitals.longFrames(),
    completeness: vitals.completeness(sessions.wasCut),
    ...seenLevels,
    findings,
    errors: errors.groups(),
    benchmarks: benchmarks.figures(),
    knownDefects: defects.seen(),
    generator: generator.health(),
    targetProcess: targetProcess.health(),
    targetMetrics: told.endpoints,
    arrivals: sessions.arrivals(run.plan),
    held: held.figures(),
    lateness: sessions.lateness(),
    timeline: timeline.rows(end, presence),
  };
}

/** The clock may have stepped: an end before the start, or years after it, is that of the last sample. ms since the epoch. */
function endOf(run: RunJson, start: number, last: number): number {
  const told = Date.parse(run.end ?? '');
  return told >= start && told <= start + LONGEST_RUN_MS ? told : last;
}

/** Rates are of what gates see: phases of warm-up do not count. At least one second, so that no rate is infinite. */
function secondsOutsideWarmup(run: RunJson, duration: number): number {
  return Math.max(1, duration - warmupSeconds(run.plan.phases));
}

function figuresOnly<T extends Summary['steps'][number] | Summary['operations'][number]>(
  row: Omit<T, 'name'>,
) {
  const { n, attempts, errors, excused, min, mean, p50, p75, p90, p95, p99, max } = row as T;
  const { p50ci, p75ci, p90ci, p95ci, p99ci } = row as T;
  const intervals = { p50ci, p75ci, p90ci, p95ci, p99ci };
  return { n, attempts, errors, excused, min, mean, p50, p75, p90, p95, p99, max, ...intervals };
}

function withoutCredentials(target: RunJson['target']): RunJson['target'] {
  const strip = (url: string) => url.replace(/\/\/[^/@]*@/, '//');
  return { ...target, url: strip(target.url), apiUrl: strip(target.apiUrl ?? target.url) };
}
