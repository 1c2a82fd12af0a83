/**
 * When nobody looked at the generator while it measured: it may have been starved then, and its figures do not know. A look
 * is at the second before it; one that comes late says by how much its loop was delayed.
 */
import type { GeneratorSample, RequestSample, StepSample } from '../../measure/run/samples.ts';
import type { Draft, Span } from './collector.ts';

/** Looks come by the second, and each of them some tenths late. */
const LOOK_MS = 1000;
const LATE_MS = 1000;

interface Gap {
  from: number;
  to: number;
}

export function collectUnwatched() {
  /** Of each process that makes load. */
  const looks = new Map<string, Array<Pick<GeneratorSample, 't' | 'loopDelay'>>>();
  const measured = new Set<number>();
  let withoutCpu = 0;
  let n = 0;
  const measure = ({ t }: RequestSample | StepSample): void => {
    measured.add(Math.floor(t / LOOK_MS));
  };

  return {
    /** Takes every look, of each process. */
    look({ t, loopDelay, cpu, profile = '' }: GeneratorSample): void {
      const own = looks.get(profile) ?? [];
      looks.set(profile, own);
      own.push({ t, loopDelay });
      n += 1;
      if (cpu === undefined) withoutCpu += 1;
    },
    samples: { request: measure, step: measure },
    into(summary: Draft, { start }: Span): void {
      if (withoutCpu > 0) summary.withoutCpu = { seconds: withoutCpu, of: n };
      const seconds = [...measured].sort((a, b) => a - b);
      const [first, last] = [seconds[0], seconds.at(-1)];
      if (first === undefined || last === undefined) return;
      const gaps = gapsOf([...looks.values()], { from: first * LOOK_MS, to: last * LOOK_MS })
        .filter(({ from, to }) => seconds.some((s) => s * LOOK_MS >= from && (s + 1) * LOOK_MS <= to))
        .sort((a, b) => a.from - b.from);
      if (gaps.length === 0) return;
      summary.unwatched = {
        seconds: gaps.reduce((sum, { from, to }) => sum + (to - from) / LOOK_MS, 0),
        of: last - first + 1,
        at: gaps.map(({ from }) => Math.max(0, from - start) / LOOK_MS),
      };
    },
  };
}

/** A process may begin later than the others, and end before them; between its looks it was there. */
function gapsOf(
  processes: ReadonlyArray<ReadonlyArray<Pick<GeneratorSample, 't' | 'loopDelay'>>>,
  whole: Gap,
): Gap[] {
  const times = processes.flat().map(({ t }) => t);
  if (times.length === 0) return [whole];
  const [earliest, latest] = [Math.min, Math.max].map((of) => times.reduce((a, b) => of(a, b))) as [
    number,
    number,
  ];
  const between = processes.flatMap((looks) => {
    const inOrder = [...looks].sort((a, b) => a.t - b.t);
    return inOrder.slice(1).map(({ t, loopDelay }, index) => ({
      from: inOrder[index]?.t ?? t,
      to: t - LOOK_MS - loopDelay,
    }));
  });
  return [{ from: whole.from, to: earliest - LOOK_MS }, ...between, { from: latest, to: whole.to }].filter(
    ({ from, to }) => to - from > LATE_MS,
  );
}
