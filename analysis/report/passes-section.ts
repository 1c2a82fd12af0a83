/** The slowest passes of each journey in browsers, those that failed first: their steps in order, and under each the calls that it made. */
import { figure, intoRun, milliseconds, plural } from '../format.ts';
import type { JourneyPass, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { legend } from './legend.ts';
import { type Part, part } from './part.ts';

const WIDTH = 1000;
/** Of those that failed: more open at once would be in the way of what comes after them. */
const MOST_OPEN = 5;

type Timed = JourneyPass['calls'][number] | JourneyPass['steps'][number];

export function passesSection({ slowestPasses = [] }: Summary): Part | '' {
  if (slowestPasses.length === 0) return '';
  // Older suites sorted them by their time alone.
  const passes = [...slowestPasses].sort((a, b) => Number(a.ok) - Number(b.ok));
  const open = Math.max(1, Math.min(MOST_OPEN, passes.filter(({ ok }) => !ok).length));
  return part(
    'passes',
    'Journeys step by step',
    html`<p>Of each journey the slowest pass that failed and the slowest that worked; those that failed come first.${passes.some(({ isOutside }) => isOutside) && ' Signing in and out, which belong to no journey, come after the journeys, those that failed with the failed ones.'} Calls stand under the step that sent them; time in which nothing ran, as while the user thinks, is left out.</p>
${legend('', [
  { style: 'bar step', colour: '#0b66c3', text: 'step' },
  { style: 'bar call', colour: '#0d7d74', text: 'call' },
  { style: 'bar bad', colour: '#a8201a', text: 'failed' },
])}
${passes.map((pass, at) => html`<details class="pass"${at < open && html` open`}><summary>${pass.journey} ${!pass.ok && html`<strong class="bad">failed</strong> `}<span class="count">${heading(pass)}</span></summary>${waterfall(pass)}</details>\n`)}`,
  );
}

function heading({ role, ms, at, steps, calls, isOutside }: JourneyPass): string {
  const by = `${isOutside ? 'outside of journeys · ' : ''}${role === undefined ? '' : `${role} · `}`;
  return `${by}${figure(ms / 1000)} s with thinking, ${plural(steps.length, 'step')}, ${plural(calls.length, 'call')}, begun ${intoRun(at)} into the run`;
}

function waterfall({ steps, calls }: JourneyPass): Html {
  const { place, total } = withoutIdle([...steps, ...calls]);
  const names = new Set(steps.map(({ name }) => name));
  const between = calls.filter(({ step }) => step === undefined || !names.has(step));
  // A step that is taken twice has the calls of the time it took them in.
  const callsOf = (at: number) => {
    const { name, at: from } = steps[at] as Timed;
    const next = steps.findIndex((one, other) => other > at && one.name === name);
    const until = next < 0 ? Number.POSITIVE_INFINITY : (steps[next] as Timed).at;
    const isFirst = steps.findIndex((one) => one.name === name) === at;
    return calls.filter((call) => call.step === name && call.at < until && (isFirst || call.at >= from));
  };
  return html`<ol class="fall">${steps.map((step, at) => html`${row(step, 'step', place)}${callsOf(at).map((call) => row(call, 'call', place))}`)}${between.length > 0 && html`<li class="step">between steps</li>${between.map((call) => row(call, 'call', place))}`}</ol>
<div class="fall scale" aria-hidden="true"><span>time in which something ran</span><span class="ends"><span>0</span> <span>${time(total)}</span></span></div>`;
}

/** A share of the time in which something ran, 0–1, for a moment of it, ms. */
type Place = (ms: number) => number;

/** `total`: ms. Time between two things is left out, so that what took a second is seen beside minutes of thinking. */
function withoutIdle(all: readonly Timed[]): { place: Place; total: number } {
  const busy: Array<{ from: number; to: number; before: number }> = [];
  for (const { at, ms } of [...all].sort((a, b) => a.at - b.at)) {
    const last = busy.at(-1);
    if (last && at <= last.to) last.to = Math.max(last.to, at + ms);
    else busy.push({ from: at, to: at + ms, before: last ? last.before + last.to - last.from : 0 });
  }
  const end = busy.at(-1);
  const total = end ? end.before + end.to - end.from : 0;
  const place: Place = (ms) => {
    const span = busy.findLast(({ from }) => from <= ms);
    return span && total > 0 ? (span.before + Math.min(ms, span.to) - span.from) / total : 0;
  };
  return { place, total };
}

function row(one: Timed, kind: 'step' | 'call', place: Place): Html {
  const x = Math.round(place(one.at) * WIDTH);
  const width = Math.max(4, Math.round(place(one.at + one.ms) * WIDTH) - x);
  const [bar, colour] = one.ok ? [kind, kind === 'step' ? '#0b66c3' : '#0d7d74'] : ['bad', '#a8201a'];
  return html`<li class="${kind}"><span class="name">${one.name}${!one.ok && html`<strong class="bad"> ${howFailed(one)}</strong>`}</span>
<svg width="100%" height="10" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar ${bar}" fill="${colour}" x="${x}" width="${width}" height="10"/></svg>
<span class="value">${'isAtMost' in one && '≤ '}${time(one.ms)}</span></li>\n`;
}

function howFailed(one: Timed): string {
  if ('status' in one) return one.status > 0 ? `failed, ${one.status}` : 'failed, no answer';
  if (one.isAtMost) return `failed at most ${time(one.ms)} after the step before it, thinking included`;
  return `failed after ${time(one.ms)}`;
}

/** What took less than it is shown by did not take nothing. */
function time(ms: number): string {
  return ms > 0 && ms < 0.5 ? '< 1 ms' : milliseconds(Math.round(ms));
}
