/** Figures that a metric of a distribution has. `errors`: share of attempts that failed, 0–1; `drift`: of a target's own figure, how much worse it becomes in an hour. */
export const FIGURES = [
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'min',
  'mean',
  'max',
  'errors',
  'n',
  'rate',
  'drift',
] as const;

export type FigureName = (typeof FIGURES)[number];
