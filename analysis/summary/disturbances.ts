/** What disturbed the generator while it ran: its own samples cannot show that they are wrong for it. */

import type { EventSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import type { Disturbance } from './summary.ts';

export function collectDisturbances(): Collector {
  const seen: Disturbance[] = [];
  const add = (event: EventSample<Disturbance['what']>): void => {
    seen.push(disturbanceOf(event));
  };
  return {
    events: {
      'clock-jumped': add,
      'stood-still': add,
      suspended: add,
      'samples-lost': add,
      'temporary-folder-full': add,
    },
    into(summary) {
      summary.disturbances = seen.sort((a, b) => a.t - b.t);
    },
  };
}

function disturbanceOf(event: EventSample<Disturbance['what']>): Disturbance {
  const { name: what, t } = event;
  switch (event.name) {
    case 'clock-jumped':
      return { what, t, ms: event.data.ms };
    case 'stood-still':
      return { what, t, ms: event.data.ms, cpuMs: event.data.cpuMs };
    case 'suspended':
      return { what, t, ms: event.data.ms, detail: shortened(event.data.programs) };
    case 'temporary-folder-full':
      return { what, t, detail: shortened(event.data.why) };
    case 'samples-lost':
      return { what, t, count: event.data.count, detail: shortened(event.data.why) };
  }
}

function shortened(text: string): string {
  return text.slice(0, 100);
}
