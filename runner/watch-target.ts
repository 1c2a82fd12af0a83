/** What becomes of a target that stops answering while a run goes on. */
import type { Recorder } from '../measure/run/recorder.ts';
import type { Target } from '../measure/target/target.ts';
import type { Silence } from '../measure/target/watch.ts';
import type { RunEnding } from './run-ending.ts';

interface TargetWatching {
  recorder: Pick<Recorder, 'write'>;
  ending: Pick<RunEnding, 'targetDied' | 'targetUnresponsive'>;
  /** s */
  maxUnresponsive: number;
}

/**
 * A dead target ends the run. One that takes connections and answers nothing does not: an application whose only event loop
 * works is silent for as long. Each silence is written down when it is over; the run is ended after `maxUnresponsive`.
 */
export function watchTarget(
  target: Pick<Target, 'watch'>,
  { recorder, ending, maxUnresponsive }: TargetWatching,
): { end(): void } {
  let isReported = false;
  const silent = ({ since, ms, isOver }: Silence) => {
    const seconds = Math.round(ms / 1000);
    if (isOver) {
      recorder.write({ t: Date.now(), kind: 'event', name: 'target-unresponsive', data: { since, ms } });
      if (isReported) console.log(`the target was unresponsive for ${seconds} s`);
    } else if (!isReported) {
      console.log(
        `the target takes connections and has answered no health probe for ${seconds} s: the run goes on, for at most ${maxUnresponsive} s of it`,
      );
    }
    isReported = !isOver;
    if (!isOver && ms >= maxUnresponsive * 1000) ending.targetUnresponsive(seconds);
  };
  const stop = target.watch({ died: (how) => ending.targetDied(how), silent });
  return {
    end: () => {
      const data = { ...stop() };
      recorder.write({ t: Date.now(), kind: 'event', name: 'target-watched', data });
    },
  };
}
