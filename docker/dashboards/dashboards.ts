/** All dashboards, as Grafana reads them. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { baseline } from './baseline.ts';
import { health } from './health.ts';
import { liveRun } from './live-run.ts';
import { trends } from './trends.ts';
import { webVitals } from './web-vitals.ts';

export const DASHBOARDS: readonly Dashboard[] = [liveRun, webVitals, baseline, trends, health].map((make) =>
  make().build(),
);

export function textOf(dashboard: Dashboard): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
