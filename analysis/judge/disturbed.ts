/** The generator's clock stepped, it stood still, or samples were lost: numbers are then wrong without looking it. */

import { duration, plural } from '../format.ts';
import type { Observations } from '../summary/summarize.ts';
import type { Disturbance } from '../summary/summary.ts';
import type { Validity } from './validity.ts';

/**
 * For so long at once nothing was timed rightly, whatever a p95 of seconds says: who was there waited for the generator.
 * Below, one time of each user present is wrong by that much: told, from where the generator tells it (1 s).
 */
const STOOD_STILL_MS = 2000;
/** More than these would fill the verdict. */
const MAX_LISTED = 3;
/** Of the time that it stood still: with more CPU time than this the process itself was busy. */
const BUSY = 0.5;

export function disturbed({ disturbances, run, generator }: Observations): Validity {
  const invalid: string[] = [];
  const warn: string[] = [];
  const start = Date.parse(run.start);
  const of = (what: Disturbance['what']) => disturbances.filter((one) => one.what === what);
  const into = ({ t }: Disturbance) => `${duration(Math.max(0, t - start) / 1000)} into the run`;
  const tell = (list: string[], ones: Disturbance[], text: (one: Disturbance) => string) => {
    for (const one of ones.slice(0, MAX_LISTED)) list.push(text(one));
    const more = ones.slice(MAX_LISTED);
    if (more.length > 0) list.push(`${text(more[0] as Disturbance)}, and ${more.length - 1} times more`);
  };

  tell(
    invalid,
    of('clock-jumped'),
    (one) =>
      `the generator's clock jumped by ${signed(one.ms)} ${into(one)}: lateness, latencies from due, step times across it and the timeline are wrong by as much`,
  );
  const stood = of('stood-still');
  const standing = (one: Disturbance) =>
    `the generator stood still for ${seconds(one.ms)}, ${into(one)} (${whyStill(one)})`;
  tell(
    invalid,
    stood.filter(({ ms = 0 }) => ms >= STOOD_STILL_MS),
    standing,
  );
  tell(
    warn,
    stood.filter(({ ms = 0 }) => ms < STOOD_STILL_MS),
    standing,
  );
  // A run of an older suite tells only the longest delay of its loop.
  const { loopDelayMax } = generator;
  if (stood.length === 0 && loopDelayMax !== null && loopDelayMax >= STOOD_STILL_MS)
    invalid.push(`the generator stood still for ${seconds(loopDelayMax)} (suspended, or starved of CPU)`);
  tell(
    invalid,
    of('suspended'),
    (one) =>
      `a part of the generator was suspended for about ${seconds(one.ms)}, ${into(one)} (${one.detail ?? 'unnamed'}): who was there waited for it, not for the target`,
  );
  const lost = of('samples-lost');
  if (lost.length > 0) {
    const count = lost.reduce((sum, one) => sum + (one.count ?? 0), 0);
    invalid.push(
      `${plural(count, 'sample')} could not be written and are lost (${lost[0]?.detail ?? 'no reason told'})`,
    );
  }
  return { invalid, warn };
}

function whyStill({ ms = 0, cpuMs }: Disturbance): string {
  if (cpuMs === undefined || cpuMs < BUSY * ms) return 'suspended, or starved of CPU';
  return `busy with its own work: ${seconds(cpuMs)} of CPU`;
}

function seconds(ms = 0): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function signed(ms = 0): string {
  return `${ms < 0 ? '−' : '+'}${seconds(Math.abs(ms))}`;
}
