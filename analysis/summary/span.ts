/** When what counts happened: the run without its warm-up and its drain. */
import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, Sample, SessionSample } from '../../measure/run/samples.ts';
import { MAX_RUN_MS } from '../read/usable-sample.ts';
import type { Collector, Span } from './collector.ts';
import { findDrain } from './drain.ts';
import { warmupSeconds } from './planned-time.ts';

/** Follows a run's phases. */
export function collectSpan(run: RunJson) {
  const start = Date.parse(run.start);
  const drain = findDrain(run);
  const phasesStarted: Array<{ phase: string; t: number }> = [];
  /** Of sessions, from the first one's start to the last one's end. */
  const present = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  /** From when to when there was load: by the phases where it was planned in some, else by the sessions. */
  const loaded = (end: number): { from: number; to: number } => {
    const { from, to } = present;
    const [begin, last] = run.plan.phases.length > 0 ? [firstOf(phasesStarted), drain.begins()] : [from, to];
    const known = (t: number | undefined, otherwise: number) =>
      t !== undefined && Number.isFinite(t) ? Math.min(Math.max(t, start), end) : otherwise;
    return { from: known(begin, start), to: known(last, end) };
  };

  return {
    samples: {
      session({ started, t }: SessionSample) {
        present.from = Math.min(present.from, started);
        present.to = Math.max(present.to, t);
      },
    },
    events: {
      'session-started': ({ t }: EventSample<'session-started'>) => {
        present.from = Math.min(present.from, t);
      },
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
      const load = loaded(end);
      const { phases } = run.plan;
      const warm = phases.filter(({ warmup }) => warmup).map(({ name }) => name);
      return {
        start,
        end,
        phasesStarted,
        measuredFrom: phasesStarted.find(({ phase }) => !warm.includes(phase))?.t ?? start,
        drainFrom,
        measuredSeconds: Math.max(1, (load.to - load.from) / 1000 - warmupSeconds(phases)),
      };
    },
  } satisfies Collector & Record<string, unknown>;
}

function firstOf(started: ReadonlyArray<{ t: number }>): number {
  return Math.min(...started.map(({ t }) => t));
}

/** The clock may have stepped: an end before the start, or years after it, is that of the last sample. ms since the epoch. */
function endOf(run: RunJson, start: number, last: number): number {
  const told = Date.parse(run.end ?? '');
  return told >= start && told <= start + MAX_RUN_MS ? told : last;
}
