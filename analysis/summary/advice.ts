/** What could be done for users, and what of a run speaks for it: made in analysis/advice/, a rule each. */
import type { Interval, Unit } from '../../measure/run/units.ts';

export const ADVICE_RULES = [
  'costly-step',
  'slow-calls',
  'time-shares',
  'serial-calls',
  'repeated-calls',
  'many-calls',
  'uncached-answers',
  'large-answers',
  'uncompressed-answers',
  'layout-shifts',
  'long-scripts',
  'blocked-event-loop',
  'saturated-pool',
  'rate-limit',
  'throughput-knee',
] as const;

export interface Advice {
  /** Its file in analysis/advice/. */
  rule: (typeof ADVICE_RULES)[number];
  /** The step, operation or page that it is about; `the target` for all of it. */
  about: string;
  /** What was seen, and what to do: a sentence each. */
  finding: string;
  action: string;
  /** What users waited in this run and would get back, at most, ms; null: it costs them something else than waiting. */
  gain: number | null;
  /** Observations behind it, and what they are. */
  n: number;
  of: string;
  figures: Array<{ name: string; value: number; unit: Unit; ci?: Interval }>;
  /** Of up to three of the requests that show it. */
  requestIds?: string[];
  page?: string;
}
