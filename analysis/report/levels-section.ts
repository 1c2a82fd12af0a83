/** A row for each level of users: steps of a stepped run, tries of a search. */

import { duration, figure, percent, quantity, thousands } from '../format.ts';
import type { Level, Summary } from '../summary/summary.ts';
import { firstText } from '../text/answers.ts';
import { unendedText } from '../text/gate-text.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

/** Nothing where the number of users never stayed the same. */
export function levelsSection({ levels }: Summary): Part | '' {
  if (levels.length === 0) return '';
  return part(
    'levels',
    'Levels of users',
    html`<p>Figures of all requests that ended at each level, without the time in which users came and went; from raw samples. The limits were judged while the run went on.</p>
${table<Level>(
  'Levels in order of time, times in ms',
  [
    {
      heading: 'Level',
      isName: true,
      // The parts stand under the name, where they may wrap: beside the number they push all figures off a phone.
      cell: ({ name, search, byScenario }) => {
        const parts = Object.entries(byScenario).filter(([, count]) => count > 0);
        const list = parts.map(([part, count]) => `${count} ${part}`).join(', ');
        return html`${name}${search !== undefined && html` <small>search: ${search}</small>`}${parts.length > 1 && html` <small>${list}</small>`}`;
      },
    },
    { heading: 'users', numeric: true, cell: ({ users }) => thousands(users) },
    { heading: 'looked at', numeric: true, cell: ({ seconds }) => duration(seconds) },
    { heading: 'requests per s', numeric: true, cell: ({ rate }) => figure(rate) },
    { heading: 'n', numeric: true, cell: ({ n }) => thousands(n) },
    { heading: 'p50', numeric: true, cell: ({ p50 }) => figure(p50) },
    { heading: 'p95', numeric: true, cell: ({ p95 }) => figure(p95) },
    {
      heading: 'errors',
      numeric: true,
      cell: ({ errors, requests }) =>
        requests === 0 ? '–' : html`${percent(errors / requests)} <small>${thousands(errors)}</small>`,
    },
    { heading: 'limits', cell: limitsCell },
  ],
  levels,
  '',
)}`,
  );
}

function limitsCell({ ok, limits, generator, first }: Level): Html | string {
  if (generator)
    return html`<span class="message">unknown: the load generator was saturated ${generator.map((line) => html` <small>${line}</small>`)}</span>`;
  if (ok === null) return limits.length > 0 ? 'inconclusive' : 'none';
  if (ok) return '✓ passed';
  return html`<span class="message"><strong class="bad">✕ failed</strong> ${limits
    .filter(({ verdict }) => verdict === 'failed')
    .map(
      ({ metric, observed, limit, unit, unended }) =>
        html` <small>${metric} ${quantity(observed, unit)}, limit ${quantity(limit, unit)}${unendedText(unended)}</small>`,
    )}${first && html` <small>${firstText({ first }, '')}</small>`}</span>`;
}
