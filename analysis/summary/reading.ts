/** What was read: how many samples of what sort, and what was wrong with their file. */
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import type { ReadTally } from '../read/read-samples.ts';
import type { About, Draft } from './collector.ts';

/** Kind of damage: who wrote the file counted more lines. */
const MISSING = 'missing, though they were written';

/** A run writes a sample each second until its end, and its end at once; whose end is further off lost some, or is another's. */
const END_WITHIN_MS = 15_000;

/** What has a time. */
const MEASURED: ReadonlySet<Sample['kind']> = new Set(['step', 'request', 'vital']);

/**
 * @param start of the run, ms since the epoch
 * @param tally read after the last sample: how many lines were read
 */
export function collectReading(run: Pick<RunJson, 'ended' | 'end'>, start: number, tally: ReadTally) {
  let warmup = 0;
  let drain = 0;
  let last = start;
  /** Lines that those who wrote them counted, this count among them. */
  let told = 0;

  return {
    /** Takes every sample, whatever its kind. */
    add(sample: Sample, { drained }: About): void {
      last = Math.max(last, sample.t);
      if (sample.kind === 'event' && sample.name === 'lines-written') told += sample.data.lines + 1;
      if (sample.warmup) warmup += 1;
      if (drained && MEASURED.has(sample.kind)) drain += 1;
    },
    /** Time of the last sample, ms since the epoch. */
    last: () => last,
    into(summary: Draft): void {
      const { samples, torn, unusable, damage, brokenOff } = tally;
      const missing = Math.max(0, told - samples - torn - unusable);
      Object.assign(summary.counts, {
        samples,
        warmup,
        drain,
        torn,
        unusable,
        ...(missing > 0 && { missing }),
      });
      const all = missing > 0 ? [...damage, [MISSING, missing] as const] : [...damage];
      summary.damage = all.map(([what, count]) => ({ what, count })).sort((a, b) => b.count - a.count);
      summary.brokenOff = brokenOff;
      const { ended, end } = run;
      const ms = Date.parse(end ?? '') - last;
      if (ended === 'finished' && samples > 0 && Math.abs(ms) > END_WITHIN_MS) summary.endOffBy = ms / 1000;
    },
  };
}
