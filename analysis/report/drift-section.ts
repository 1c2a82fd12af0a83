/** How what clients saw, and memory, changed in the course of a long run. */

import { parseFindingKey } from '../../config/run-figure.ts';
import { duration } from '../format.ts';
import { MIN_DRIFT_SECONDS, totalDrift } from '../summary/drift.ts';
import type { Finding, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { slope } from './slope.ts';
import { table } from './table.ts';

/** Nothing in a run that was too short for it. */
export function driftSection({ findings }: Summary): Part | '' {
  const drifts = Object.entries(findings).flatMap(([text, finding]): Array<[string, Finding]> => {
    const key = parseFindingKey(text);
    return key?.kind === 'drift' && finding.value !== null ? [[`${key.of}.${key.figure}`, finding]] : [];
  });
  if (drifts.length === 0) return '';
  return part(
    'drift',
    'Drift',
    html`<p>How much a figure changed in an hour, and over the run, with its 95 % interval. The run is cut into parts of equal length; each has a figure of its own, and the line through them has this slope (latency and memory: Theil–Sen; errors: least squares through all outcomes, in percentage points). Warm-up and drain do not count; what is left must be ${duration(MIN_DRIFT_SECONDS)} or longer. ↗ and ↘: the interval leaves out 0. The interval is wider where neighbouring parts are alike.</p>
${table<[string, Finding]>(
  'Change in an hour',
  [
    { heading: 'Figure', isName: true, cell: ([figure]) => figure },
    { heading: 'an hour', numeric: true, cell: ([, finding]) => driftCell(finding) },
    {
      heading: 'over the run',
      numeric: true,
      cell: ([, finding]) => driftCell(totalDrift(finding)),
    },
    { heading: 'parts or points', numeric: true, cell: ([, { n }]) => n },
  ],
  drifts,
  '',
)}`,
  );
}

function driftCell({ value, unit, ci }: Finding): Html {
  const interval = [ci?.[0] ?? 0, ci?.[1] ?? 0] as const;
  return slope(value ?? 0, interval, unit, unit === '%' ? '' : ` ${unit}`);
}
