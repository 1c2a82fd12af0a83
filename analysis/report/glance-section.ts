/** The whole run in one picture: users, throughput, latency and errors under the same time. */
import type { Summary } from '../summary/summary.ts';
import { chart } from './chart.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { groundsText, phaseNames, timeAxis, timeOf } from './time-axis.ts';
import { errorsChart, latencyChart, requestsChart, usersChart } from './timeline-section.ts';

export function glanceSection(summary: Summary): Part | '' {
  const { timeline, counts } = summary;
  const hasRequests = timeline.some(({ requests }) => requests > 0);
  // Users alone, as those of audits, are not what a run is about.
  if (!hasRequests && counts.steps.started === 0) return '';
  const time = timeOf(summary);
  const ofRequests = hasRequests ? [requestsChart, latencyChart] : [];
  const charts = [usersChart, ...ofRequests, errorsChart].map((draw) => draw(timeline));
  return part(
    'glance',
    'The run at a glance',
    html`${phaseNames(time)}
${charts.map((one) => chart({ ...one, id: `glance-${one.id}`, isLow: true }, time))}
${timeAxis(time)}
<p class="note">${groundsText(time)} <a href="#timeline">Every second, larger</a></p>`,
  );
}
