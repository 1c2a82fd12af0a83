/** A phase of an Artillery script, as the suite reads it. Fields marked "ours" are not Artillery's. */
export interface Phase {
  name?: string;
  /** Seconds, or a text such as `5m`. */
  duration?: number | string;
  pause?: number | string;
  arrivalCount?: number;
  /** Arrivals a second. */
  arrivalRate?: number;
  /** Ours: how arrivals are spaced. Default: uniform. */
  arrivals?: 'uniform' | 'poisson';
  /**
   * Ours: concurrent users, all scenarios of the phase by weight, or of those named (the others arrive): as one's session ends,
   * the next one's begins.
   */
  users?: number | Record<string, number>;
  /** What arrivalRate, or else users, goes to in a straight line. */
  rampTo?: number | Record<string, number>;
  /** Ours: what is measured decides how many loop. */
  steered?: boolean;
  /** Ours: a rush; how long the target takes to recover from it is measured in the next phase. */
  spike?: boolean;
  /** Ours: names of the scenarios that this phase starts. Default: all. */
  scenarios?: string[];
  /** Ours: what it collects is kept and drawn, and left out of gates. */
  warmup?: boolean;
}
