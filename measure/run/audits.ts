/** What audits leave in a run directory beside their figures. */

export const AUDIT_MODES = ['navigation', 'timespan', 'snapshot'] as const;
/** As Lighthouse calls them: a page's load, a time in which somebody used it, the page at one moment. */
export type AuditMode = (typeof AUDIT_MODES)[number];

/** What would save time. `ms`: the most that a metric gains; `bytes`: not sent. Both as Lighthouse estimates them. */
export interface Opportunity {
  id: string;
  title: string;
  ms: number;
  bytes: number;
}

/** A rule of accessibility that a page breaks, the number of elements that do, and one of them (a CSS selector). */
export interface AccessibilityFinding {
  id: string;
  title: string;
  elements: number;
  example?: string;
}

/** All repeats of one audit are over. Its findings are those of the representative repeat. */
export interface AuditConcluded {
  /** The `name` of its samples. */
  audit: string;
  mode: AuditMode;
  /** Number of the repeat nearest to the median, from 1. */
  representative: number;
  /** Lighthouse's own report and its data, relative to the run directory. */
  file: string;
  json: string;
  formFactor: string;
  /** What slowed the page down in fact, in words. */
  throttling: string;
  /** The page had loaded and went on asking; Lighthouse stopped waiting after 45 s, so sizes and requests are those of 45 s. */
  isCutOff?: true;
  opportunities: Opportunity[];
  accessibility: AccessibilityFinding[];
  /** Pictures of the load. `ms`: since its begin; `file`: relative to the run directory. */
  film: Array<{ ms: number; file: string }>;
}
