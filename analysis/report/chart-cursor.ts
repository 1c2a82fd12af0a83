/**
 * A cursor in all charts over time shows each one's values at that moment, by pointer or arrow keys. The functions run in the
 * page (added-by-script.ts).
 */
import { duration } from '../format.ts';
import { made } from './added-by-script.ts';

export interface Plot {
  box: HTMLElement;
  svg: SVGSVGElement;
  /** Of the view box; what is drawn is in `drawing`, and stretched there when zoomed. */
  width: number;
  height: number;
  drawing: SVGElement;
  cursor: SVGElement;
  picked: SVGElement;
  /** After the title and the names of the lines. */
  moment: HTMLElement;
  lines: Array<{ name: string; values: string[]; now: HTMLElement }>;
}

/** All charts of the page. Seconds since the start of the run; `from` to `to` is shown. */
export interface Charts {
  seconds: number;
  /** A value for each second, or for every such second of a long run. */
  every: number;
  from: number;
  to: number;
  at?: number;
  plots: Plot[];
}

export function svgPart(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

export function plotOf(figure: HTMLElement): Plot {
  const box = figure.querySelector<HTMLElement>('.plot') as HTMLElement;
  const svg = box.querySelector('svg') as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  const drawing = svgPart('g', {});
  drawing.append(...svg.childNodes);
  const shape = {
    class: 'cursor',
    fill: 'none',
    stroke: 'currentColor',
    'vector-effect': 'non-scaling-stroke',
  };
  const cursor = svgPart('path', shape);
  const picked = svgPart('rect', {
    class: 'picked',
    fill: 'currentColor',
    opacity: '0.15',
    height: `${height}`,
  });
  svg.append(drawing, picked, cursor);
  const lines = [...figure.querySelectorAll<HTMLElement>('[data-values]')].map((key) => {
    const now = made('b', { className: 'now' });
    const name = key.textContent?.trim() ?? '';
    key.append(' ', now);
    return { name, values: key.dataset.values?.split('|') ?? [], now };
  });
  const moment = made('span', { className: 'moment' });
  figure.querySelector('figcaption')?.append(' ', moment);
  return { box, svg, width, height, drawing, cursor, picked, moment, lines };
}

/** A plot is a slider: the moment is its value. */
export function addCursor(charts: Charts, { box, svg }: Plot): void {
  box.tabIndex = 0;
  box.setAttribute('role', 'slider');
  box.setAttribute('aria-label', svg.getAttribute('aria-label') ?? '');
  svg.addEventListener('pointermove', (event) => setCursor(charts, secondAt(charts, svg, event.clientX)));
  svg.addEventListener('click', (event) => setCursor(charts, secondAt(charts, svg, event.clientX)));
  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { every, from, to, at } = charts;
    const now = at ?? from;
    const places: Record<string, number | undefined> = {
      ...{ ArrowLeft: now - every, ArrowDown: now - every, ArrowRight: now + every, ArrowUp: now + every },
      ...{ PageDown: now - 10 * every, PageUp: now + 10 * every, Home: from, End: to - 1, Escape: undefined },
    };
    if (!(event.key in places)) return;
    event.preventDefault();
    setCursor(charts, at === undefined && event.key.startsWith('Arrow') ? from : places[event.key]);
  });
  setCursor(charts, undefined);
}

/** @returns the second under a place of the window */
export function secondAt({ from, to }: Charts, svg: SVGSVGElement, clientX: number): number {
  const { left, width } = svg.getBoundingClientRect();
  return from + ((clientX - left) / width) * (to - from);
}

/** Within what is shown, at a moment that has a value. Undefined takes it away. */
export function setCursor(charts: Charts, wanted: number | undefined): void {
  const { every, from, to } = charts;
  const within = wanted === undefined ? undefined : Math.min(to - 1, Math.max(from, wanted));
  charts.at = within === undefined ? undefined : Math.floor(within / every) * every;
  const { at } = charts;
  for (const { box, cursor, width, height, moment, lines } of charts.plots) {
    const x = at === undefined ? 0 : ((at + every / 2 - from) / (to - from)) * width;
    cursor.setAttribute('d', at === undefined ? '' : `M${x} 0V${height}`);
    const said = at === undefined ? '' : momentText(at);
    moment.textContent = said === '' ? '' : `at ${said}`;
    const texts = lines.map(({ name, values, now }) => {
      now.textContent = at === undefined ? '' : values[at / every] || '–';
      return `${name} ${now.textContent}`;
    });
    const attributes = { valuemin: from, valuemax: to - 1, valuenow: at ?? from };
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(`aria-${name}`, `${value}`);
    const text = at === undefined ? 'no moment chosen' : [said, ...texts].join(', ');
    box.setAttribute('aria-valuetext', text);
  }
}

/** As `duration`, to the second however long the run is. */
export function momentText(seconds: number): string {
  const text = duration(seconds);
  return / h /.test(text) && seconds % 60 > 0 ? `${text} ${seconds % 60} s` : text;
}
