/** Advice in words, the same in report, terminal and Markdown. */
import { duration, figure, interval, percent, quantity, thousands } from '../format.ts';
import type { Advice } from '../summary/advice.ts';

const MINUTE_S = 60;

/** "up to 4.2 s", '' where it gives no time back. */
export function gainText({ gain }: Advice): string {
  if (gain === null) return '';
  const seconds = gain / 1000;
  return `up to ${seconds < MINUTE_S ? `${figure(seconds)} s` : duration(seconds)}`;
}

/** What of the run speaks for it: "24 passes · p75 1 500 ms · share of step time 42 %". */
export function evidenceText({ n, of, figures, page }: Advice): string {
  const values = figures.map(({ name, value, unit, ci }) => {
    const shown = unit === 'ms' && value >= 1 ? Math.round(value) : value;
    const text = unit === '%' ? percent(Math.round(value * 1000) / 1000) : quantity(shortened(shown), unit);
    const range = ci ? ` (${interval(ci, unit)})` : '';
    return `${name} ${text}${range}`;
  });
  return [`${thousands(n)} ${of}`, ...values, page].filter(Boolean).join(' · ');
}

function shortened(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** Ids of requests that show it; '' where the run has none. */
export function requestsText({ requestIds = [] }: Advice): string {
  return requestIds.length > 0 ? `Requests ${requestIds.join(', ')}` : '';
}

/** Why there is none. */
export const NO_ADVICE = 'No rule found enough evidence in this run.';
export const NO_ADVICE_INVALID = 'The run is invalid: its times say nothing about the target.';
