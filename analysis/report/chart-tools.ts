/** Charts over time by script: one cursor and one zoom for all of them. Runs in the page (added-by-script.ts). */
import { addCursor, type Charts, plotOf } from './chart-cursor.ts';
import { addZoom } from './chart-zoom.ts';

export function startCharts(): void {
  const figures = [...document.querySelectorAll<HTMLElement>('figure[data-seconds]')];
  const seconds = Number(figures[0]?.dataset.seconds ?? 0);
  if (seconds === 0) return;
  const every = Number(figures.find(({ dataset }) => dataset.every)?.dataset.every ?? 1);
  const charts: Charts = { seconds, every, from: 0, to: seconds, plots: figures.map(plotOf) };
  for (const plot of charts.plots) addCursor(charts, plot);
  const fewest = 5 * every;
  if (seconds > fewest) addZoom(charts, figures);
}
