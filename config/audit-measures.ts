/** What an audit measures of a page or of a step (docs/audits.md): names of figures, with their units. */

/** Lighthouse's categories. A score is a share, 0–1; more is better. */
export const SCORES = ['performance', 'accessibility', 'best-practices', 'seo', 'agentic-browsing'] as const;

/** Names are those of Web Vitals, and of sizes and counts of page views (config/view-figures.ts). */
const MEASURED = {
  FCP: 'ms',
  LCP: 'ms',
  SI: 'ms',
  TBT: 'ms',
  TTI: 'ms',
  TTFB: 'ms',
  INP: 'ms',
  CLS: '1',
  'transfer size': 'B',
  'script size': 'B',
  requests: '1',
  'third-party requests': '1',
  'DOM elements': '1',
  'long tasks': '1',
} as const;

export type Score = (typeof SCORES)[number];
export type Measured = keyof typeof MEASURED;
export type AuditMeasure = Score | Measured;

export const AUDIT_MEASURES: readonly AuditMeasure[] = [...SCORES, ...(Object.keys(MEASURED) as Measured[])];

export function isScore(measure: string): measure is Score {
  return (SCORES as readonly string[]).includes(measure);
}

export function isAuditMeasure(text: string): text is AuditMeasure {
  return isScore(text) || Object.hasOwn(MEASURED, text);
}

export function unitOfMeasure(measure: AuditMeasure): 'ms' | '1' | 'B' | '%' {
  return isScore(measure) ? '%' : MEASURED[measure];
}

/** The measure of a metric's name, `<page, or journey: step>.<measure>`; undefined: it has none. */
export function measureOfName(name: string): AuditMeasure | undefined {
  const measure = name.slice(name.lastIndexOf('.') + 1);
  return name.includes('.') && isAuditMeasure(measure) ? measure : undefined;
}
