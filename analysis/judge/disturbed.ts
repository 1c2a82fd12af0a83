/** The generator's clock stepped, it stood still, or samples were lost: numbers are then wrong and look right. */

import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import type { Disturbance } from '../summary/summary.ts';

/**
 * Nothing is timed rightly across a longer stop, whatever a p95 of seconds says: everyone there waited for the generator.
 * Below, one time of each user present is wrong by that much; the generator reports it from 1 s on.
 */
const MAX_STOP_MS = 2000;
/** More than these would fill the verdict. */
const MAX_LISTED = 3;

export function disturbed({ disturbances, run, generator }: Observations): Reason[] {
  const start = Date.parse(run.start);
  const of = (what: Disturbance['what']) => disturbances.filter((one) => one.what === what);
  const happened = ({ t, ms = 0 }: Disturbance) => ({ ms, at: Math.max(0, t - start) / 1000 });
  const stops = of('stood-still');
  const stop = (verdict: Reason['verdict']) => (one: Disturbance) =>
    ({ verdict, code: 'stood-still', ...happened(one), cpuMs: one.cpuMs }) as const;
  return [
    ...listed(of('clock-jumped'), (one) => ({ verdict: 'invalid', code: 'clock-jumped', ...happened(one) })),
    ...listed(
      stops.filter(({ ms = 0 }) => ms >= MAX_STOP_MS),
      stop('invalid'),
    ),
    ...listed(
      stops.filter(({ ms = 0 }) => ms < MAX_STOP_MS),
      stop('warn'),
    ),
    ...longestDelay(stops.length, generator.loopDelayMax),
    ...listed(of('suspended'), (one) => ({
      verdict: 'invalid',
      code: 'suspended',
      ...happened(one),
      programs: one.detail,
    })),
    ...of('temporary-folder-full')
      .slice(0, 1)
      .map(
        (one) =>
          ({
            verdict: 'invalid',
            code: 'temporary-folder-full',
            at: happened(one).at,
            why: one.detail,
          }) as const,
      ),
    ...lost(of('samples-lost')),
  ];
}

/** The first ones; the last of them stands for the rest. */
function listed(
  ones: readonly Disturbance[],
  reasonOf: (one: Disturbance) => Reason<'clock-jumped' | 'stood-still' | 'suspended'>,
): Reason[] {
  const rest = ones.length - MAX_LISTED;
  return ones
    .slice(0, MAX_LISTED + 1)
    .map((one, index) => ({ ...reasonOf(one), ...(index === MAX_LISTED && { more: rest - 1 }) }));
}

/** A run of an older suite has only the longest delay of its loop. */
function longestDelay(stops: number, ms: number | null): Reason[] {
  if (stops > 0 || ms === null || ms < MAX_STOP_MS) return [];
  return [{ verdict: 'invalid', code: 'stood-still', ms }];
}

function lost(ones: readonly Disturbance[]): Reason[] {
  if (ones.length === 0) return [];
  const count = ones.reduce((sum, one) => sum + (one.count ?? 0), 0);
  return [{ verdict: 'invalid', code: 'samples-lost', count, detail: ones[0]?.detail }];
}
