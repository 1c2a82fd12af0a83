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
    html`<p>Slope by the hour, and over all of it, with the 95 % interval (wider where neighbouring parts are alike), without warm-up and drain, of ${duration(MIN_DRIFT_SECONDS)} or more. Latency and memory: Theil–Sen, of latency through figures of equal parts of the run. Errors: least squares through all outcomes, in points of a hundred. ↗ ↘ where the interval leaves out 0.</p>
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
