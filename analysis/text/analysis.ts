/** What `npx loadtest analyze` shows of a run, as data: the parts of its summary that a reader asks for first. */
import { printMetricKey } from '../../config/metric-key.ts';
import { VITAL_NAMES } from '../../config/vitals.ts';
import type { VitalName } from '../../measure/run/samples.ts';
import { type Rating, rateVital } from '../../measure/run/vital-limits.ts';
import type { Advice } from '../summary/advice.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { ErrorGroup, Figures, NeverWorked, Share, Summary } from '../summary/summary.ts';

/** A list that says nothing after its first few. */
const MOST_ROWS = 5;
const MOST_GATES = 10;
/** As gates on p95 and on p75 need. */
const FEWEST = 20;
const FEWEST_VIEWS = 4;

/** Times in ms, shares 0–1. */
export interface Analysis {
  run: string;
  summary: {
    verdict: Summary['verdict'];
    headline: Summary['headline'];
    target: string;
    environment: string;
    profiles: string[];
    start: string;
    durationSeconds: number;
    counts: Record<'sessions' | 'journeys' | 'steps' | 'requests' | 'mostUsers', number>;
    reasons: string[];
    answers: string[];
  };
  performance: {
    apdex: Summary['apdex'];
    /** Those with the highest p95 of those that have enough values for one. */
    steps: Timed[];
    operations: Timed[];
    /** Web Vitals that are not good at p75; of first views where they are the most. */
    vitals: Array<{ page: string; vital: VitalName; p75: number; n: number; rating: Rating }>;
  };
  reliability: {
    availability: Summary['counts']['availability'];
    shares: Record<'requests' | 'steps' | 'checks' | 'sessions', Pick<Share, 'value' | 'n'>>;
    rateLimited: number;
    /** Absent: nobody watched. Longest in ms. */
    unresponsive?: { longest: number; share: number };
    doesNotWork: NeverWorked[];
    errors: ErrorGroup[];
  };
  thresholds: {
    counts: Record<GateResult['outcome'], number>;
    /** Failed ones first. */
    notPassed: GateResult[];
  };
  recommendations: Advice[];
}

type Timed = { name: string } & Pick<Figures, 'n' | 'p50' | 'p95' | 'max' | 'errors'>;

export function analysisOf(summary: Summary): Analysis {
  return {
    run: summary.id,
    summary: overview(summary),
    performance: performance(summary),
    reliability: reliability(summary),
    thresholds: thresholds(summary),
    recommendations: summary.advice ?? [],
  };
}

function overview({
  verdict,
  headline,
  run,
  durationSeconds,
  counts,
  reasons,
  answers,
}: Summary): Analysis['summary'] {
  const { sessions, journeys, steps, requests, peakUsers } = counts;
  return {
    ...{ verdict, headline, target: run.target.url, environment: run.target.environment },
    ...{ profiles: run.profiles, start: run.start, durationSeconds, reasons, answers },
    counts: {
      ...{ sessions: sessions.started, journeys: journeys.started, steps: steps.started },
      ...{ requests: requests.n, mostUsers: peakUsers },
    },
  };
}

function performance({ apdex, steps, operations, pages, metrics }: Summary): Analysis['performance'] {
  // Of a page that each session opens once all views are first views.
  const ofSteps = steps.map(({ name, ...warm }): Timed => {
    const cold = metrics[printMetricKey({ kind: 'step', name, variant: 'cold' })];
    return cold && cold.n > warm.n ? { ...cold, name, errors: warm.errors } : { ...warm, name };
  });
  const vitals = pages.flatMap(({ page, vitals: own }) =>
    VITAL_NAMES.flatMap((vital) => {
      const { p75 = null, coldP75 = null, n: warm = 0, cold = 0 } = own[vital] ?? {};
      const isFirst = cold > warm;
      const [value, n] = isFirst ? [coldP75, cold] : [p75, warm];
      const rating = rateVital(vital, value);
      if (value === null || rating === null || rating === 'good' || n < FEWEST_VIEWS) return [];
      return [{ page, vital, p75: value, n, rating }];
    }),
  );
  return { apdex, steps: slowest(ofSteps), operations: slowest(operations), vitals };
}

function slowest(all: readonly Timed[]): Timed[] {
  return all
    .filter(({ n }) => n >= FEWEST)
    .sort((one, other) => (other.p95 ?? 0) - (one.p95 ?? 0))
    .slice(0, MOST_ROWS)
    .map(({ name, n, p50, p95, max, errors }) => ({ name, n, p50, p95, max, errors }));
}

function reliability({
  counts,
  shares,
  operations,
  unresponsive,
  doesNotWork,
  errors,
}: Summary): Analysis['reliability'] {
  const { sessions, checks } = counts;
  const of = ({ value, n }: Share = { value: null, n: 0 }) => ({ value, n });
  const shareOf = (failed: number, n: number) => ({ value: n > 0 ? failed / n : null, n });
  return {
    availability: counts.availability,
    shares: {
      requests: of(shares['requests.errorRate']),
      steps: of(shares['steps.errorRate']),
      checks: shareOf(checks.failed, checks.n),
      sessions: shareOf(sessions.failed, sessions.started - sessions.interrupted),
    },
    rateLimited: operations.reduce((sum, { rateLimited = 0 }) => sum + rateLimited, 0),
    ...(unresponsive && { unresponsive: { longest: unresponsive.longest, share: unresponsive.share } }),
    doesNotWork: doesNotWork.slice(0, MOST_ROWS),
    errors: errors.slice(0, MOST_ROWS),
  };
}

function thresholds({ gates }: Summary): Analysis['thresholds'] {
  const count = (outcome: GateResult['outcome']) => gates.filter((gate) => gate.outcome === outcome).length;
  const [failed, inconclusive] = (['failed', 'inconclusive'] as const).map((outcome) =>
    gates.filter((gate) => gate.outcome === outcome),
  );
  return {
    counts: { failed: count('failed'), inconclusive: count('inconclusive'), passed: count('passed') },
    notPassed: [...(failed ?? []), ...(inconclusive ?? [])].slice(0, MOST_GATES),
  };
}
