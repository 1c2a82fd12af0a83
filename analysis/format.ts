/** Numbers and times as a reader sees them, the same in terminal, HTML, Markdown and JUnit. */
import type { Interval, Unit } from '../measure/run/units.ts';

export const NONE = '–';

/** A measured figure, with as many digits as its neighbours in a column: 3.42, 41.0, 412, 1 234. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return thousands(Math.round(value));
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** A limit, a count or a mark of an axis: whole numbers stay whole. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  return Number.isInteger(value) ? thousands(value) : figure(value).replace(/\.0+$|(\.\d*[1-9])0+$/, '$1');
}

/** Groups of three by a narrow no-break space (ISO 80000-1). */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** Of what is shown with two digits. */
const SMALLEST_PERCENT = 0.01;

/** @param share 0–1 */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return NONE;
  const value = share * 100;
  if (Number.isInteger(value)) return `${value} %`;
  // Few are not none.
  if (value > 0 && value < SMALLEST_PERCENT) return `< ${SMALLEST_PERCENT} %`;
  // Nearly all is not all: rounded down, so that a failure among many is not lost.
  if (value > 99 && value < 100) return `${(Math.floor(value * 100) / 100).toFixed(2)} %`;
  return `${value.toFixed(Math.abs(value) >= 10 ? 1 : 2)} %`;
}

export function milliseconds(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : `${number(value)} ms`;
}

/** In thousands and millions, as limits are written: 812 B, 45.2 kB, 1.4 MB. */
export function bytes(value: number): string {
  if (value < 1000) return `${number(value)} B`;
  const [size, unit] = value < 1e6 ? [value / 1000, 'kB'] : [value / 1e6, 'MB'];
  return `${number(Number(size.toPrecision(3)))} ${unit}`;
}

export function quantity(value: number | null | undefined, unit: Unit): string {
  if (unit === '%') return percent(value);
  if (value === null || value === undefined) return NONE;
  if (unit === 'ms') return milliseconds(value);
  if (unit === 'B') return bytes(value);
  if (unit === 'MiB' || unit === 'cores') return `${number(value)} ${unit}`;
  return unit === '/s' ? `${number(value)} per s` : number(value);
}

/** A change, with its sign; of a share in points of a hundred, since "2 %" of 90 % could be two things. */
export function change(value: number, unit: Unit): string {
  const text = unit === '%' ? `${figure(value * 100)} points` : figure(value);
  return value > 0 ? `+${text}` : text;
}

/** "≤ 500 ms"; of a drift with its time: "≤ 50 ms an hour". */
export function limitText(
  side: 'at most' | 'at least',
  limit: number,
  unit: Unit,
  drift?: 'an hour' | 'over the run',
): string {
  const sign = side === 'at least' ? '≥' : '≤';
  if (!drift) return `${sign} ${unit === '%' ? exactPercent(limit) : quantity(limit, unit)}`;
  // A change of a share is read in points of a hundred.
  return `${sign} ${unit === '%' ? change(limit, unit) : quantity(limit, unit)} ${drift}`;
}

/** A limit is what it is, also where a figure would be rounded: 99.995 %, 0.001 %. */
function exactPercent(share: number): string {
  const value = Number((share * 100).toPrecision(12));
  const text = percent(share);
  return Number.parseFloat(text) === value ? text : `${value} %`;
}

/** "38 to 44", "38 or more" when the upper end is open, "" when nothing is known. */
export function interval(ci: Readonly<Interval> | undefined, unit: Unit): string {
  if (!ci) return '';
  const [low, high] = ci;
  const text = (value: number) =>
    unit === '%'
      ? percent(value)
      : unit === 'B'
        ? bytes(value)
        : unit === '1'
          ? number(value)
          : figure(value);
  if (low === null && high === null) return '';
  if (low === null) return `up to ${text(high as number)}`;
  return high === null ? `${text(low)} or more` : `${text(low)} to ${text(high)}`;
}

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 90) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 90) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment of the run, named as the timeline names it: second 27 lasts from 27 s to 28 s. Rounded, 27.9 s would be second 28. */
export function intoRun(seconds: number): string {
  return duration(Math.floor(seconds));
}

/** ISO 8601 → "2026-11-23 15:04:05 UTC". */
export function moment(iso: string | undefined): string {
  if (!iso) return NONE;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

/** One word of a shell, whatever is in it. */
export function inQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ');
}

const MAX_NAMED = 5;

/** The first of a list, and how many more there are. */
export function some(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  return `${names.slice(0, MAX_NAMED).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** With a capital letter at its begin. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
