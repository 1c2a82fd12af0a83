import type { VitalSample } from '../../measure/run/samples.ts';
import type { LongFrames } from './summary.ts';

/** Adds up what the TBT samples say of long animation frames. Samples of a browser that has none say nothing. */
export function longFrames(samples: readonly VitalSample[]): LongFrames[] {
  const pages = new Map<string, LongFrames>();
  for (const { name, page = 'unknown page', attribution = {} } of samples) {
    if (name !== 'TBT' || typeof attribution.frames !== 'number') continue;
    const row = pages.get(page) ?? { page, views: 0, withFrames: 0, frames: 0, worst: 0, blocking: 0 };
    pages.set(page, row);
    row.views += 1;
    if (attribution.frames > 0) row.withFrames += 1;
    row.frames += attribution.frames;
    const worst = Number(attribution.worstFrame ?? 0);
    if (worst > row.worst) Object.assign(row, { worst, blocking: Number(attribution.blocking ?? 0) });
    const { scriptDuration, script, invoker } = attribution;
    if (typeof scriptDuration === 'number' && scriptDuration > (row.scriptDuration ?? 0)) {
      const called = text(attribution.function);
      Object.assign(row, { scriptDuration, script: text(script), function: called, invoker: text(invoker) });
    }
  }
  return [...pages.values()].filter(({ frames }) => frames > 0).sort((a, b) => b.worst - a.worst);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
