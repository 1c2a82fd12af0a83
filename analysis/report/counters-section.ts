/** What journeys counted, the target's own times, and its rate limits: each only where there is any. */
import { parseMetricKey } from '../../config/metric-key.ts';
import { figure, thousands } from '../format.ts';
import type { Figures, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { withInterval } from './steps-section.ts';
import { table } from './table.ts';

type Counter = Summary['counters'][number];
type Quota = Summary['quotas'][number];
type Timing = Figures & { name: string };

export function countersSection({ counters, quotas, metrics }: Summary): Part | '' {
  const timings = Object.entries(metrics).flatMap(([text, figures]): Timing[] => {
    const { kind, name } = parseMetricKey(text) ?? {};
    return kind === 'server' && name !== undefined ? [{ ...figures, name }] : [];
  });
  if (counters.length + quotas.length + timings.length === 0) return '';
  return part(
    'counted',
    'Counters, server timing and rate limits',
    html`${counters.length > 0 && countersTable(counters)}
${timings.length > 0 && timingsTable(timings)}
${quotas.length > 0 && quotasTable(quotas)}`,
  );
}

function countersTable(counters: readonly Counter[]): Html {
  return table<Counter>(
    'What the journeys over HTTP counted, without warm-up',
    [
      { heading: 'What', isName: true, cell: (row) => row.name },
      { heading: 'n', numeric: true, cell: (row) => thousands(row.n) },
      { heading: 'per s', numeric: true, cell: (row) => figure(row.rate) },
      {
        heading: 'looked',
        numeric: true,
        title: 'How often it was counted',
        cell: (row) => thousands(row.times),
      },
    ],
    counters,
    '',
  );
}

function timingsTable(timings: readonly Timing[]): Html {
  return table<Timing>(
    'The target’s own time for a request (Server-Timing), ms',
    [
      { heading: 'Part', isName: true, cell: (row) => row.name },
      { heading: 'n', numeric: true, cell: (row) => thousands(row.n) },
      { heading: 'p50', numeric: true, cell: (row) => withInterval(row.p50, row.p50ci) },
      { heading: 'p95', numeric: true, cell: (row) => withInterval(row.p95, row.p95ci) },
      { heading: 'max', numeric: true, cell: (row) => figure(row.max) },
    ],
    timings,
    '',
  );
}

function quotasTable(quotas: readonly Quota[]): Html {
  return table<Quota>(
    'The target’s rate limits (X-RateLimit headers)',
    [
      { heading: 'Operation', isName: true, cell: (row) => row.operation },
      {
        heading: 'answers',
        numeric: true,
        title: 'Answers that said what is left',
        cell: (row) => thousands(row.told),
      },
      { heading: 'limit', numeric: true, cell: (row) => (row.limit === null ? '–' : thousands(row.limit)) },
      { heading: 'least left', numeric: true, cell: (row) => thousands(row.least) },
      { heading: '429', numeric: true, cell: (row) => thousands(row.hits) },
    ],
    quotas,
    '',
  );
}
