/** Lengths of planned phases: those of one profile follow one another, those of several profiles lie side by side. */
import type { PlannedPhase } from '../../measure/run/plan.ts';

/** Phases of each profile, in order. */
export function phasesByProfile(phases: readonly PlannedPhase[]): PlannedPhase[][] {
  return [...Map.groupBy(phases, ({ profile }) => profile).values()];
}

/** Seconds from the first phase's begin to the last one's end. */
export function plannedSeconds(phases: readonly PlannedPhase[]): number {
  return Math.max(
    0,
    ...phasesByProfile(phases).map((own) => own.reduce((sum, one) => sum + one.duration, 0)),
  );
}

/** Seconds in which every profile that is under way is in a warm-up. */
export function warmupSeconds(phases: readonly PlannedPhase[]): number {
  const spans = phasesByProfile(phases).flatMap((own) => {
    let from = 0;
    return own.map(({ duration, warmup }) => {
      const span = { from, to: from + duration, warmup: warmup === true };
      from = span.to;
      return span;
    });
  });
  const moments = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return moments.reduce((sum, from, index) => {
    const to = moments[index + 1] ?? from;
    const underWay = spans.filter((span) => span.from <= from && span.to >= to);
    return underWay.length > 0 && underWay.every(({ warmup }) => warmup) ? sum + to - from : sum;
  }, 0);
}
