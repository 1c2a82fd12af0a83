/** Metrics of the target itself, from its Prometheus endpoints. */

import { printMetricKey } from '../../config/metric-key.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type {
  EndpointFacts,
  EndpointSummary,
  TargetFigureSummary,
} from '../../measure/run/target-figures.ts';
import type { Collector } from './collector.ts';
import { driftOf, type Point } from './drift.ts';
import { figuresOf, newSeries } from './figures.ts';
import type { Figures, Summary } from './summary.ts';

type Metric = Summary['metrics'][string];

interface Endpoint {
  facts: EndpointFacts;
  scrapes: number;
  restarts: number;
  reasons: Map<string, number>;
  points: Map<string, Point[]>;
}

export function collectTargetMetrics(run: RunJson, start: number): Collector {
  const endpoints = new Map<string, Endpoint>(
    (run.metrics ?? []).map((facts) => [
      facts.name,
      {
        facts,
        scrapes: 0,
        restarts: 0,
        reasons: new Map(),
        points: new Map(facts.figures.map(({ key }) => [key, []])),
      },
    ]),
  );
  /** When the first phase began that is no warm-up, ms since the epoch; undefined: none did, or there are none. */
  let measuredFrom: number | undefined;

  return {
    samples: {
      scrape({ name, t, figures, restarted, error }) {
        const endpoint = endpoints.get(name);
        if (!endpoint) return;
        endpoint.scrapes += 1;
        if (restarted) endpoint.restarts += 1;
        if (error !== undefined) endpoint.reasons.set(error, (endpoint.reasons.get(error) ?? 0) + 1);
        for (const [key, value] of Object.entries(figures ?? {}).filter(([, one]) => Number.isFinite(one)))
          endpoint.points.get(key)?.push([Math.round((t - start) / 100) / 10, value]);
      },
    },
    events: {
      'phase-started': ({ t, phase }) => {
        const planned = run.plan.phases.find(({ name }) => name === phase);
        if (planned && !planned.warmup) measuredFrom = Math.min(measuredFrom ?? t, t);
      },
    },
    into(summary, { drainFrom = Number.POSITIVE_INFINITY }) {
      const seconds = (t: number) => (t - start) / 1000;
      const measured = { from: seconds(measuredFrom ?? start), to: seconds(drainFrom) };
      const found = [...endpoints.values()].map((endpoint) => summaryOf(endpoint, measured));
      summary.targetMetrics = found.map((one) => one.summary);
      for (const { metrics } of found) Object.assign(summary.metrics, Object.fromEntries(metrics));
    },
  };
}

function summaryOf(
  { facts, scrapes, restarts, reasons, points }: Endpoint,
  span: { from: number; to: number },
) {
  const metrics: Array<[key: string, Metric]> = [];
  const figures = facts.figures.map((figure): TargetFigureSummary => {
    const all = points.get(figure.key) ?? [];
    const counted = all.filter(([s]) => s >= span.from && s <= span.to);
    const values = counted.map(([, value]) => value);
    const found = withoutIntervals(figuresOf({ ...newSeries(), values, attempts: values.length }));
    const drift = driftOf(counted);
    const { n, min, p50, max } = found;
    if (n > 0)
      metrics.push([
        printMetricKey({ kind: 'target', name: `${facts.name}.${figure.key}` }),
        { ...found, unit: figure.unit, ...(drift && { drift }) },
      ]);
    return { ...figure, n, min, p50, max, drift, points: all };
  });
  const { name, kind, url, every } = facts;
  const failed = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const summary: EndpointSummary = {
    name,
    kind,
    url,
    every,
    scrapes,
    failed,
    reasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    restarts,
    figures,
  };
  return { summary, metrics };
}

/** Neighbouring values are not independent of each other: intervals that take them for it would be too narrow. */
function withoutIntervals(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).filter(([key]) => !key.endsWith('ci')),
  ) as unknown as Figures;
}
