/** The time under charts that stand below each other: its marks, and the phases of the plan. */
import { duration } from '../format.ts';
import type { RunPhase, Summary } from '../summary/summary.ts';
import { type Html, html, trusted } from './html.ts';

/** What all charts of a run share. Seconds since its start. */
export interface RunTime {
  seconds: number;
  phases: readonly RunPhase[];
  /** In which the target answered nothing. */
  silences: ReadonlyArray<{ from: number; seconds: number }>;
}

export function timeOf({ timeline, phases = [], unresponsive }: Summary): RunTime {
  return { seconds: timeline.length, phases, silences: unresponsive?.spans ?? [] };
}

const [MINUTE, HOUR] = [60, 3600];

/** Round moments of a stretch of time, one more than `most` at most. Runs in the report's script too: it uses nothing else. */
export function ticks(seconds: number, from = 0, most = 6): number[] {
  const [minute, hour] = [60, 3600];
  const steps = [1, 2, 5, 10, 15, 30, ...[1, 2, 5, 10, 15, 30].map((n) => n * minute)];
  const longSteps = [1, 2, 3, 6, 12, 24].map((n) => n * hour);
  const step = [...steps, ...longSteps].find((one) => seconds / one <= most) ?? 24 * hour;
  const first = Math.ceil(from / step);
  const count = Math.min(most + 1, Math.floor((from + seconds) / step) - first + 1);
  return Array.from({ length: count }, (_, at) => (first + at) * step);
}

/** In the unit of the step between them: 60 s beside 2 min would be read twice. */
function tickText(s: number, step: number): string {
  if (s === 0) return '0';
  if (step >= HOUR) return `${s / HOUR} h`;
  if (step < MINUTE && s < HOUR) return `${s} s`;
  return s < HOUR ? `${s / MINUTE} min` : duration(s);
}

/** What the grounds behind lines mean; '' where there are none. */
export function groundsText({ phases, silences }: RunTime): string {
  const parts = [
    phases.length > 0 &&
      'Shaded: the planned phases of the load. Users who came in one phase may still be there in the next.',
    silences.length > 0 && 'Red: the target answered nothing.',
  ];
  return parts.filter(Boolean).join(' ');
}

/** Places are shares of the width, so that letters keep their size and shape however wide the page is. */
export function timeAxis({ seconds }: RunTime): Html {
  const marks = ticks(seconds);
  const texts = marks.map((s) => {
    const at = share(s, seconds);
    const anchor = at === 0 ? 'start' : at > 94 ? 'end' : 'middle';
    return html`<text x="${at}%" y="12" text-anchor="${anchor}">${tickText(s, marks[1] ?? 1)}</text>`;
  });
  return html`<div class="time"><svg aria-hidden="true" width="100%" height="16">${texts}</svg><span class="unit">time since the start of the run</span></div>`;
}

/** A name needs some room: of many phases, and on a phone, a letter of each is read as nothing. Runs in the report's script too. */
export function phaseClass(part: number): string {
  const [tiny, slim] = [0.035, 0.13];
  return part < tiny ? 'tiny' : part < slim ? 'slim' : '';
}

/** The names of phases above the first chart; a name that is too long for its phase is cut. */
export function phaseNames({ seconds, phases }: RunTime): Html | '' {
  if (phases.length === 0) return '';
  return html`<div class="time"><svg aria-hidden="true" width="100%" height="16">${phases.map(
    (one) =>
      html`<svg aria-hidden="true" class="${phaseClass(one.seconds / seconds)}" x="${share(one.from, seconds)}%" width="${share(one.seconds, seconds)}%" height="16"><title>${one.name}</title><text x="3" y="12">${one.name}</text></svg>`,
  )}</svg></div>`;
}

const GROUNDS = { even: '#8a94a0', odd: '#8a94a0', bad: '#a8201a' } as const;

/** Grounds of phases, of every other one a darker one, and of silences of the target; behind the lines of a chart. */
export function bands({ seconds, phases, silences }: RunTime, width: number, height: number): Html {
  const band = (kind: keyof typeof GROUNDS, { from, seconds: long }: { from: number; seconds: number }) =>
    `<rect class="band ${kind}" x="${round((from / seconds) * width)}" width="${round((long / seconds) * width)}" height="${height}" fill="${GROUNDS[kind]}" opacity="${kind === 'even' ? 0.04 : 0.13}"/>`;
  return trusted(
    [
      ...phases.map((phase, at) => band(at % 2 === 0 ? 'even' : 'odd', phase)),
      ...silences.map((one) => band('bad', one)),
    ].join(''),
  );
}

function share(s: number, seconds: number): number {
  return Math.min(100, Math.max(0, round((s / seconds) * 100)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
