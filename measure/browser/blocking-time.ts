import type { LongFrame, LongTask } from './main-thread.ts';
import { invokerName, sourcePath } from './source-name.ts';

/** A task blocks from here on, ms: https://web.dev/articles/tbt */
const LONG_MS = 50;

/** ms since the epoch; `until` may be infinite. */
export interface Window {
  from: number;
  until: number;
}

/**
 * Total blocking time in a window, ms: of each long task what is above 50 ms of its part inside. Cut first, then
 * counted, as Lighthouse does: https://web.dev/articles/tbt,
 * https://github.com/GoogleChrome/lighthouse/blob/main/core/computed/metrics/total-blocking-time.js
 */
export function blockingTime(tasks: readonly LongTask[], { from, until }: Window): number {
  let total = 0;
  for (const { start, duration } of tasks) {
    const inside = Math.min(start + duration, until) - Math.max(start, from);
    total += Math.max(0, inside - LONG_MS);
  }
  return total;
}

/** Those that began in the window. */
export function framesOf(frames: readonly LongFrame[], { from, until }: Window): LongFrame[] {
  return frames.filter(({ start }) => start >= from && start < until);
}

/**
 * What a sample says of a view's long animation frames: how many, the worst (ms, and how much of it blocked), and the
 * longest script in any of them. Scripts are named by their path: an address may hold what is nobody's business.
 */
export function frameAttribution(frames: readonly LongFrame[]): Record<string, unknown> {
  const worst = longest(frames);
  if (!worst) return { frames: 0 };
  const script = longest(frames.flatMap((frame) => frame.script ?? []));
  return {
    frames: frames.length,
    worstFrame: worst.duration,
    blocking: worst.blocking,
    ...(script && {
      script: sourcePath(script.url),
      scriptDuration: script.duration,
      function: script.function || undefined,
      invoker: invokerName(script.invoker),
    }),
  };
}

function longest<T extends { duration: number }>(all: readonly T[]): T | undefined {
  return all.reduce<T | undefined>(
    (most, one) => (most && most.duration >= one.duration ? most : one),
    undefined,
  );
}
