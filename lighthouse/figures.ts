/** Figures and findings of one of Lighthouse's results. */
import type { Result } from 'lighthouse';
import { type AuditMeasure, type Measured, SCORES } from '../config/audit-measures.ts';
import type { AccessibilityFinding, Opportunity } from '../measure/run/audits.ts';

const NUMERIC = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  SI: 'speed-index',
  TBT: 'total-blocking-time',
  TTI: 'interactive',
  TTFB: 'server-response-time',
  INP: 'interaction-to-next-paint',
  CLS: 'cumulative-layout-shift',
} as const satisfies Partial<Record<Measured, string>>;

type Item = Readonly<Record<string, unknown>>;

/**
 * Scores are those of a page's load alone: of a timespan and a snapshot Lighthouse shows no score but how many audits passed
 * (shouldDisplayAsFraction, report/renderer/report-utils.js).
 */
export function figuresOf(lhr: Result): Partial<Record<AuditMeasure, number>> {
  const figures: Partial<Record<AuditMeasure, number>> = {};
  const add = (measure: AuditMeasure, value: unknown) => {
    if (typeof value === 'number' && Number.isFinite(value)) figures[measure] = value;
  };
  if (lhr.gatherMode === 'navigation') for (const score of SCORES) add(score, lhr.categories[score]?.score);
  for (const [measure, id] of Object.entries(NUMERIC)) add(measure as Measured, lhr.audits[id]?.numericValue);
  const sizes = new Map(itemsOf(lhr, 'resource-summary').map((item) => [item.resourceType, item]));
  add('transfer size', sizes.get('total')?.transferSize);
  add('script size', sizes.get('script')?.transferSize);
  add('requests', sizes.get('total')?.requestCount);
  add('third-party requests', sizes.get('third-party')?.requestCount);
  if (lhr.audits['long-tasks']) add('long tasks', itemsOf(lhr, 'long-tasks').length);
  // Its rows have an element each, but for the first: all of them.
  const elements = itemsOf(lhr, 'dom-size-insight').find((item) => item.node === undefined)?.value;
  add('DOM elements', (elements as { value?: number } | undefined)?.value);
  return figures;
}

interface Savings {
  overallSavingsMs?: number;
  overallSavingsBytes?: number;
  debugData?: { wastedBytes?: number };
}

/** The most time first. Diagnoses that passed save nothing. */
export function opportunitiesOf(lhr: Result): Opportunity[] {
  return Object.values(lhr.audits)
    .flatMap(({ id, title, score, metricSavings = {}, details }): Opportunity[] => {
      if (score === null || score === 1) return [];
      const { CLS: _shift, ...times } = metricSavings;
      const saved = details as Savings | undefined;
      const ms = Math.max(0, saved?.overallSavingsMs ?? 0, ...Object.values(times).map((time) => time ?? 0));
      // An insight has its bytes among the data for debugging (core/audits/insights/insight-audit.js).
      const bytes = Math.max(0, saved?.overallSavingsBytes ?? 0, saved?.debugData?.wastedBytes ?? 0);
      return ms + bytes > 0 ? [{ id, title, ms: Math.round(ms), bytes: Math.round(bytes) }] : [];
    })
    .sort((a, b) => b.ms - a.ms || b.bytes - a.bytes);
}

export function accessibilityOf(lhr: Result): AccessibilityFinding[] {
  return (lhr.categories.accessibility?.auditRefs ?? []).flatMap(({ id }) => {
    const audit = lhr.audits[id];
    if (audit?.score !== 0) return [];
    const items = itemsOf(lhr, id);
    const { selector } = (items[0]?.node ?? {}) as { selector?: string };
    return [{ id, title: audit.title, elements: items.length, ...(selector && { example: selector }) }];
  });
}

/** How many pictures of a load are kept. */
const PICTURES = 4;

/** Pictures of the load, spread over it, the last one among them, and none twice in a row. `data`: a JPEG. */
export function filmOf(lhr: Result): Array<{ ms: number; data: Buffer }> {
  const all = itemsOf(lhr, 'screenshot-thumbnails') as Array<{ timing: number; data: string }>;
  const step = Math.max(1, all.length / PICTURES);
  return all
    .filter((_, at) => Math.floor((at + 1) / step) > Math.floor(at / step))
    .filter(({ data }, at, some) => data !== some[at - 1]?.data)
    .map(({ timing, data }) => ({
      ms: timing,
      data: Buffer.from(data.replace(/^data:[^,]*,/, ''), 'base64'),
    }));
}

function itemsOf(lhr: Result, id: string): Item[] {
  const details = lhr.audits[id]?.details as { items?: Item[] } | undefined;
  return details?.items ?? [];
}
