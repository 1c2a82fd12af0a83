/**
 * A stretch of time in all charts of the page, dragged over one of them or by a button. What is drawn is stretched, and the marks
 * and words of the time are written again; values keep their axis. The functions run in the page (added-by-script.ts).
 */
import { made, say } from './added-by-script.ts';
import { type Charts, momentText, type Plot, secondAt, setCursor, svgPart } from './chart-cursor.ts';
import { phaseClass, ticks } from './time-axis.ts';

/** Buttons above the first chart of each part that has some. */
export function addZoom(charts: Charts, figures: readonly HTMLElement[]): void {
  const redraws: Array<() => void> = [];
  const zoom = (from: number, to: number) => {
    setRange(charts, from, to);
    for (const redraw of redraws) redraw();
    setCursor(charts, charts.at);
    say(rangeText(charts));
  };
  for (const plot of charts.plots) addDrag(charts, plot, zoom);
  for (const part of new Set(figures.map((figure) => figure.parentElement))) {
    const first = part?.querySelector('figure[data-seconds]');
    const before = first?.previousElementSibling;
    const tools = made('div', { className: 'tools' });
    redraws.push(addButtons(charts, tools, zoom));
    // The names of phases stay on the first chart.
    (before?.matches('.time') ? before : first)?.before(tools);
  }
  for (const time of document.querySelectorAll<SVGSVGElement>('.time > svg'))
    redraws.push(time.querySelector('svg') ? phases(charts, time) : axis(charts, time));
  for (const plot of charts.plots) redraws.push(drawing(charts, plot));
}

export function addButtons(charts: Charts, tools: HTMLElement, zoom: (from: number, to: number) => void) {
  const nearer = made('button', { type: 'button' }, 'Zoom in');
  const reset = made('button', { type: 'button', disabled: true }, 'Reset');
  const range = made('span', {}, 'Drag across a chart to zoom; arrow keys move its cursor.');
  nearer.addEventListener('click', () => {
    const { from, to, at = (from + to) / 2 } = charts;
    const half = (to - from) / 4;
    zoom(at - half, at + half);
  });
  reset.addEventListener('click', () => {
    zoom(0, charts.seconds);
    nearer.focus();
  });
  tools.append(nearer, reset, range);
  return () => {
    reset.disabled = charts.to - charts.from === charts.seconds;
    range.textContent = rangeText(charts);
  };
}

export function rangeText({ seconds, from, to }: Charts): string {
  if (to - from === seconds) return `All ${momentText(seconds)} are shown.`;
  return `${momentText(from)} to ${momentText(to)} of ${momentText(seconds)} are shown.`;
}

/** Whole points within the run, five at least. */
export function setRange(charts: Charts, wantedFrom: number, wantedTo: number): void {
  const { seconds, every } = charts;
  const long = Math.min(seconds, Math.max(5 * every, Math.ceil(wantedTo) - Math.floor(wantedFrom)));
  const from = Math.min(seconds - long, Math.max(0, Math.floor(wantedFrom)));
  charts.from = Math.floor(from / every) * every;
  charts.to = charts.from + long;
}

export function addDrag(charts: Charts, { svg }: Plot, zoom: (from: number, to: number) => void): void {
  let begin: { x: number; second: number } | undefined;
  const fewest = 6;
  const show = (to: number) => {
    const [low = 0, high = 0] = [begin?.second ?? to, to].sort((a, b) => a - b);
    for (const { picked, width } of charts.plots) {
      const scale = width / (charts.to - charts.from);
      picked.setAttribute('x', `${(low - charts.from) * scale}`);
      picked.setAttribute('width', `${(high - low) * scale}`);
    }
  };
  const end = (event: PointerEvent) => {
    const second = secondAt(charts, svg, event.clientX);
    const from = begin;
    begin = undefined;
    show(second);
    if (!from || event.type === 'pointercancel' || Math.abs(event.clientX - from.x) < fewest) return;
    zoom(Math.min(from.second, second), Math.max(from.second, second));
  };
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    begin = { x: event.clientX, second: secondAt(charts, svg, event.clientX) };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => begin && show(secondAt(charts, svg, event.clientX)));
  svg.addEventListener('pointerup', end);
  svg.addEventListener('pointercancel', end);
}

/** Redraws one chart: what is in it is stretched, and its upright marks are those of the time below it. */
export function drawing(charts: Charts, { svg, drawing: all, width, height }: Plot): () => void {
  const grid = all.querySelector('.grid');
  const whole = grid?.getAttribute('d') ?? '';
  const level = whole.replace(/M[\d.]+ 0V[\d.]+/g, '');
  return () => {
    const { seconds, from, to } = charts;
    const scale = seconds / (to - from);
    const isWhole = scale === 1;
    svg.classList.toggle('zoomed', !isWhole);
    const shift = -(from / seconds) * width * scale;
    all.setAttribute('transform', isWhole ? '' : `matrix(${scale} 0 0 1 ${shift} 0)`);
    const marks = ticks(to - from, from, mostTicks(svg)).map((s) => `M${(s / seconds) * width} 0V${height}`);
    grid?.setAttribute('d', isWhole ? whole : level + marks.join(''));
  };
}

/** As many words as have room. */
export function mostTicks(svg: SVGSVGElement): number {
  return Math.max(3, Math.min(6, Math.floor(svg.getBoundingClientRect().width / 75)));
}

/** Redraws the words of the time. */
export function axis(charts: Charts, svg: SVGSVGElement): () => void {
  const whole = [...svg.childNodes];
  return () => {
    const { seconds, from, to } = charts;
    if (to - from === seconds) return svg.replaceChildren(...whole);
    const texts = ticks(to - from, from, mostTicks(svg)).map((s) => {
      const at = ((s - from) / (to - from)) * 100;
      const anchor = at < 6 ? 'start' : at > 94 ? 'end' : 'middle';
      const text = svgPart('text', { x: `${at}%`, y: '12', 'text-anchor': anchor });
      text.textContent = momentText(s);
      return text;
    });
    svg.replaceChildren(...texts);
  };
}

/** Redraws the names of the phases; those that are not shown go. */
export function phases(charts: Charts, svg: SVGSVGElement): () => void {
  const share = (one: Element, name: string) => Number.parseFloat(one.getAttribute(name) ?? '0') / 100;
  const all = [...svg.querySelectorAll('svg')].map((one) => {
    const begin = share(one, 'x');
    return { one, begin, end: begin + share(one, 'width') };
  });
  return () => {
    const { seconds, from, to } = charts;
    const place = (part: number) => Math.min(1, Math.max(0, (part * seconds - from) / (to - from)));
    for (const { one, begin, end } of all) {
      one.setAttribute('x', `${place(begin) * 100}%`);
      one.setAttribute('width', `${(place(end) - place(begin)) * 100}%`);
      one.setAttribute('class', phaseClass(place(end) - place(begin)));
    }
  };
}
