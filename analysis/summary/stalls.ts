/** Seconds in which the generator could do next to nothing: what was under way then waited for it, not for the target. */
import type { GeneratorSample, StepSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import type { RequestTimes } from './request-times.ts';

/** A loop that is blocked for so long was so for half of the second. */
const BLOCKED_MS = 500;
/** What such a block makes as the mean wait of a second, ms (measure/health/loop-delay.ts): several short ones make as much. */
const WAIT_MS = BLOCKED_MS ** 2 / 2 / 1000;
/** No core was left; processes' times are counted in hundredths of a second. */
const NO_CORE_LEFT = 0.98;
const SECOND_MS = 1000;

export function isStalled({ loopDelay, loopWait = 0, cpu = 0 }: GeneratorSample): boolean {
  return loopDelay >= BLOCKED_MS || loopWait >= WAIT_MS || cpu >= NO_CORE_LEFT;
}

export function collectStalls(requests: Pick<RequestTimes, 'underWayIn'>): Collector {
  const stalled: GeneratorSample[] = [];
  const steps: Array<Pick<StepSample, 't' | 'value'>> = [];
  return {
    samples: {
      generator(sample) {
        if (isStalled(sample)) stalled.push(sample);
      },
      step: ({ t, value }) => void steps.push({ t, value }),
    },
    into(summary, { start }) {
      if (stalled.length === 0) return;
      // A look comes late after a block of more than a second.
      const spans = stalled.map(({ t, loopDelay }) => ({ from: t - Math.max(SECOND_MS, loopDelay), to: t }));
      const isInOne = ({ t, value }: Pick<StepSample, 't' | 'value'>) =>
        spans.some(({ from, to }) => t >= from && t - value <= to);
      summary.stalls = {
        seconds: spans.map(({ from }) => (from - start) / 1000),
        worstMs: Math.max(...stalled.map(({ loopDelay }) => loopDelay)),
        requests: requests.underWayIn(spans),
        steps: steps.filter(isInOne).length,
      };
    },
  };
}
