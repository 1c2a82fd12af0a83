/** Figures that a target tells of itself, at Prometheus endpoints: in a run's facts and in its summary. */
import type { TargetUnit } from '../../config/target-metrics.ts';

export interface TargetFigure {
  /** Of config/target-metrics.yml, e.g. `cacheHits`. */
  key: string;
  title: string;
  unit: TargetUnit;
  moreIsBetter?: true;
}

/** One endpoint as run.json has it: what its samples mean, wherever and whenever they are read. */
export interface EndpointFacts {
  name: string;
  kind: string;
  /** Without a query, which may be long. */
  url: string;
  /** From one scrape to the next, s. */
  every: number;
  figures: TargetFigure[];
}

/** How a figure moved, by the hour; in its unit (a share: 0–1). */
export interface Drift {
  perHour: number;
  /** 95 % interval. */
  ci: [number, number];
}

export interface TargetFigureSummary extends TargetFigure {
  /** Values outside of warm-up and drain; 0: it was not there, or a counter was seen once only. */
  n: number;
  min: number | null;
  p50: number | null;
  max: number | null;
  /** null where the run was too short to tell. */
  drift: Drift | null;
  /** All values, warm-up included: seconds since the start of the run, value. */
  points: Array<[s: number, value: number]>;
}

export interface EndpointSummary extends Omit<EndpointFacts, 'figures'> {
  scrapes: number;
  failed: number;
  /** What failed, the most frequent first. */
  reasons: Array<{ reason: string; count: number }>;
  /** How often its counters began again. */
  restarts: number;
  figures: TargetFigureSummary[];
}
