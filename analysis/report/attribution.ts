/** What slow views are put down to: by the browser itself, or by web-vitals from the browser's entries. */

import { figure, milliseconds, plural, thousands } from '../format.ts';
import type { LongFrames, Summary, WorstView } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { rated } from './rating.ts';
import { table } from './table.ts';

/** Parts of a vital by their names in its sample, in the order in which they pass. */
const PARTS: Record<string, Array<[field: string, words: string]>> = {
  LCP: [
    ['timeToFirstByte', 'first byte'],
    ['resourceLoadDelay', 'until its file was asked for'],
    ['resourceLoadDuration', 'loading its file'],
    ['elementRenderDelay', 'until it was painted'],
  ],
  INP: [
    ['inputDelay', 'until handlers ran'],
    ['processingDuration', 'in handlers'],
    ['presentationDelay', 'until it was painted'],
  ],
};

const INPUTS: Record<string, string> = { pointer: 'click', keyboard: 'key press' };

export function worstViewsTable({ worstViews }: Summary): Html {
  if (worstViews.length === 0) return html``;
  return html`<h3 id="worst-views">The worst views and why</h3>
<p>The highest values of LCP, INP and CLS, one a page, first views included; parts add up to the value.</p>
${table<WorstView>(
  'The worst views of each Web Vital and what they are put down to',
  [
    {
      heading: 'Page',
      isName: true,
      cell: ({ page, nav, cold }) => html`${page} <small>${nav}${cold ? ', cold' : ''}</small>`,
    },
    { heading: 'Vital', cell: ({ vital }) => vital },
    {
      heading: 'value',
      numeric: true,
      cell: ({ value, rating }) => rated(value, rating),
    },
    {
      heading: 'Why',
      cell: (view) => html`<span class="message">${element(view)}${why(view)}</span>`,
    },
  ],
  worstViews,
  '',
)}`;
}

function element({ attribution }: WorstView): Html | '' {
  return typeof attribution.element === 'string' ? html`<code>${attribution.element}</code> ` : '';
}

function why({ vital, attribution, value }: WorstView): string {
  if (vital === 'CLS') {
    const shift = Number(attribution.shift);
    return Number.isFinite(shift) ? `moved, the largest shift: ${figure(shift)} of ${figure(value)}` : '';
  }
  const parts = (PARTS[vital] ?? [])
    .map(([field, words]) => ({ words, ms: Math.round(Number(attribution[field])) }))
    .filter(({ ms }) => ms >= 1)
    .map(({ words, ms }) => `${words} ${milliseconds(ms)}`)
    .join(', ');
  const input = INPUTS[String(attribution.type)] ?? '';
  const passed = [input, parts].filter(Boolean).join(': ');
  return [passed, script(attribution)].filter(Boolean).join('; ');
}

/** Of an INP; the browser tells of scripts only in frames of more than 50 ms. */
function script({ script: path, function: called, scriptDuration }: WorstView['attribution']): string {
  if (typeof path !== 'string' || typeof scriptDuration !== 'number') return '';
  const name = typeof called === 'string' ? `, ${called}()` : '';
  return `longest script ${milliseconds(Math.round(scriptDuration))} (${path}${name})`;
}

export function longFramesTable({ longFrames, pages, run }: Summary): Html {
  if (run.host.browserEntries?.longAnimationFrame !== true || pages.length === 0) return html``;
  return html`<h3 id="long-frames">Long animation frames</h3>
<p>Frames of more than 50 ms, in which the page did not answer its user, in views outside of warm-up that the browser could watch. “Blocking”: the part in which input had to wait.</p>
${table<LongFrames>(
  'Long animation frames of each page',
  [
    {
      heading: 'Page',
      isName: true,
      cell: ({ page, withFrames, views }) =>
        html`${page} <small>in ${thousands(withFrames)} of ${plural(views, 'view')}</small>`,
    },
    { heading: 'frames', numeric: true, cell: ({ frames }) => thousands(frames) },
    {
      heading: 'worst',
      numeric: true,
      cell: ({ worst, blocking }) => html`${figure(worst)} <small>blocking ${figure(blocking)}</small>`,
    },
    { heading: 'Longest script', cell: (row) => html`<span class="message">${longest(row)}</span>` },
  ],
  longFrames,
  'No frame was longer than 50 ms.',
)}`;
}

function longest({ script: path, scriptDuration, function: called, invoker }: LongFrames): Html | string {
  if (scriptDuration === undefined) return 'none: style, layout or the browser’s own work';
  const by = [called && `${called}()`, invoker !== path && invoker].filter(Boolean).join(', ');
  return html`<code>${path ?? 'script without an address'}</code> ${milliseconds(Math.round(scriptDuration))}${by ? html` <small>${by}</small>` : ''}`;
}
