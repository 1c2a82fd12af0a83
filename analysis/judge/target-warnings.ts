/** Endpoints of the target that did not give the metrics they were asked for: reported, and never a reason to fail a run. */
import type { EndpointSummary } from '../../measure/run/target-figures.ts';
import type { Reason } from '../summary/reason.ts';

export function targetWarnings(endpoints: readonly EndpointSummary[]): Reason[] {
  return endpoints.flatMap(warningsOf);
}

function warningsOf(asked: EndpointSummary): Reason[] {
  const { name: endpoint, kind, url, scrapes, failed, restarts, figures, reasons } = asked;
  const about = { verdict: 'warn', endpoint, url } as const;
  if (scrapes === 0) return [{ ...about, code: 'metrics-not-read' }];
  if (failed === scrapes) return [{ ...about, code: 'metrics-never-answered', scrapes, failed, reasons }];
  const warnings: Reason[] = [];
  if (failed > 0) warnings.push({ ...about, code: 'metrics-scrapes-failed', scrapes, failed, reasons });
  if (figures.every(({ points }) => points.length === 0))
    warnings.push({ ...about, code: 'metrics-empty', kind });
  if (restarts > 0) warnings.push({ ...about, code: 'metrics-reset', times: restarts });
  return warnings;
}
