/** What disturbed the generator while it ran: its own samples cannot show that they are wrong for it. */

import type { EventSample } from '../../measure/run/samples.ts';
import type { Disturbance } from './summary.ts';

const NAMES: ReadonlySet<string> = new Set<Disturbance['what']>([
  'clock jumped',
  'stood still',
  'suspended',
  'samples lost',
]);

export function collectDisturbances() {
  const seen: Disturbance[] = [];
  return {
    /** Takes an event; those that tell of no disturbance are let pass. True when it was one. */
    add({ name, t, data }: EventSample): boolean {
      if (!NAMES.has(name)) return false;
      seen.push({
        what: name as Disturbance['what'],
        t,
        ms: numberOf(data?.ms),
        cpuMs: numberOf(data?.cpuMs),
        detail: textOf(data?.programs ?? data?.why),
        count: numberOf(data?.count),
      });
      return true;
    },
    list: () => seen.sort((a, b) => a.t - b.t),
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 100) : undefined;
}
