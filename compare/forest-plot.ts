/** Changes with their intervals under each other on one axis, the practical limit shaded: static SVG, legible at 390 px. */
import { number, quantity } from '../analysis/format.ts';
import { badge } from '../analysis/report/badge.ts';
import { type Html, html, trusted } from '../analysis/report/html.ts';
import type { ComparedMetric } from './comparison.ts';
import { changeText, intervalText, verdictText } from './comparison-words.ts';

const HEIGHT = 26;
const MIDDLE = HEIGHT / 2;
/** Half the width of the axis. */
const HALF = 500;
/** Ends of the axis, in practical limits: what lies beyond is drawn up to the edge, and written beside it. */
const ENDS = [2, 3, 4, 5, 6, 8, 10];
const GREY = '#8a94a0';
/** For a server whose policy drops the style sheet, which overrules them. */
const COLOURS: Readonly<Record<ComparedMetric['verdict'], string>> = {
  worse: '#a8201a',
  missing: '#a8201a',
  better: '#0f6b3a',
  unclear: '#7a4b00',
  same: '#55606e',
};
const STEADY = 'vector-effect="non-scaling-stroke"';

/** @param threshold the practical limit, as a share */
export function forestPlot(metrics: readonly ComparedMetric[], threshold: number): Html {
  const end = endOf(metrics);
  const edge = `${number(Math.round(end * threshold * 1000) / 10)} %`;
  const hasOther = metrics.some(({ scale }) => scale === 'difference');
  return html`<ul class="forest">
${metrics.map((metric) => row(metric, end))}
<li aria-hidden="true"><span></span><span class="scale"><span>−${edge}</span> <span>0</span> <span>+${edge}</span></span><span></span></li>
</ul>
<p class="note">A dot is the change, a line its 95 % interval, the shaded band the threshold, ±${number(threshold * 100)} %.${hasOther && ' A figure that starts at 0 has a threshold in its own unit, and is drawn on that scale.'}</p>
`;
}

function row(metric: ComparedMetric, end: number): Html {
  const { verdict, unit, baseline, current } = metric;
  const figures = `${quantity(baseline, unit)} → ${quantity(current, unit)}`;
  const words = `${changeText(metric)} (${intervalText(metric)})`;
  return html`<li class="${verdict}"><span class="name">${verdictBadge(metric)} ${metric.metric}</span>
${plot(metric, end, `${verdictText(metric)}: ${words}`)}
<span class="figures">${figures}<br>${words}</span></li>
`;
}

function plot({ verdict, change, interval, limit }: ComparedMetric, end: number, words: string): Html {
  const at = (value: number) =>
    Math.round(((Math.max(-end, Math.min(end, value / limit)) + end) / end) * HALF * 10) / 10;
  const [low, high] = interval;
  const band = [at(-limit), at(limit)] as const;
  const colour = COLOURS[verdict];
  const isKnown = low !== null || high !== null;
  const range = `M${low === null ? 0 : at(low)} ${MIDDLE}H${high === null ? 2 * HALF : at(high)}`;
  const drawn = [
    `<rect class="limit" x="${band[0]}" y="0" width="${band[1] - band[0]}" height="${HEIGHT}" fill="${GREY}" opacity="0.2"/>`,
    `<path class="zero" d="M${HALF} 0V${HEIGHT}" fill="none" stroke="${GREY}" ${STEADY}/>`,
    change !== null && isKnown
      ? `<path class="range" d="${range}" fill="none" stroke="${colour}" stroke-width="2" ${STEADY}/>`
      : '',
    change === null
      ? ''
      : `<path class="change" d="M${at(change)} ${MIDDLE}h0" fill="none" stroke="${colour}" stroke-width="10" stroke-linecap="round" ${STEADY}/>`,
  ];
  return html`<svg width="100%" height="${HEIGHT}" viewBox="0 0 ${2 * HALF} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${words}">${trusted(drawn.join(''))}</svg>`;
}

function verdictBadge(metric: ComparedMetric): Html {
  const words = verdictText(metric);
  if (metric.excusedBy || metric.verdict === 'unclear') return badge('warn', words);
  return badge(metric.verdict === 'worse' || metric.verdict === 'missing' ? 'fail' : 'pass', words);
}

function endOf(metrics: readonly ComparedMetric[]): number {
  const sizes = metrics.flatMap(({ change, interval, limit }) =>
    [change, ...interval].map((value) => Math.abs(value ?? 0) / limit),
  );
  const most = Math.max(0, ...sizes);
  return ENDS.find((one) => one >= most) ?? (ENDS.at(-1) as number);
}
