/** When what counts happened: the run without its warm-up and its drain. */
import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, Sample } from '../../measure/run/samples.ts';
import { MAX_RUN_MS } from '../read/usable-sample.ts';
import type { Collector, Span } from './collector.ts';
import { findDrain } from './drain.ts';
import { warmupSeconds } from './planned-time.ts';

/** Follows a run's phases. */
export function collectSpan(run: RunJson) {
  const start = Date.parse(run.start);
  const drain = findDrain(run);
  const phasesStarted: Array<{ phase: string; t: number }> = [];

  return {
    events: {
      'phase-started': (event: EventSample<'phase-started'>) => {
        drain.phaseStarted(event);
        phasesStarted.push({ phase: event.phase ?? '', t: event.t });
      },
    },
    start,
    /** Whether it was begun in the drain, as far as that is known by now. */
    isDrained: (sample: Sample): boolean => !sample.warmup && drain.holds(sample),
    /** @param last time of the last sample */
    upTo(last: number): Span {
      const end = endOf(run, start, last);
      const drainFrom = drain.begins();
      const loadedSeconds = (Math.min(drainFrom ?? end, end) - start) / 1000;
      const { phases } = run.plan;
      const warm = phases.filter(({ warmup }) => warmup).map(({ name }) => name);
      return {
        start,
        end,
        phasesStarted,
        measuredFrom: phasesStarted.find(({ phase }) => !warm.includes(phase))?.t ?? start,
        drainFrom,
        measuredSeconds: Math.max(1, loadedSeconds - warmupSeconds(phases)),
      };
    },
  } satisfies Collector & Record<string, unknown>;
}

/** The clock may have stepped: an end before the start, or years after it, is that of the last sample. ms since the epoch. */
function endOf(run: RunJson, start: number, last: number): number {
  const told = Date.parse(run.end ?? '');
  return told >= start && told <= start + MAX_RUN_MS ? told : last;
}
