/** When the target took connections and answered nothing, whatever it was asked. */
import { printFindingKey } from '../../config/run-figure.ts';
import type { EventData } from '../../measure/run/events.ts';
import type { Collector } from './collector.ts';
import { failedShare } from './share.ts';
import type { Summary } from './summary.ts';

/** What is shorter is no silence: a probe waits as long for its answer (measure/target/watch.ts). */
const SILENT_FROM_MS = 5000;

interface Stretch {
  from: number;
  to: number;
}

/**
 * Of the times in which health probes had no answer those in which users had none either: a busy target may leave a new
 * connection waiting while it serves the others. Without the events, of an older suite or a killed run, nothing is known of it.
 */
export function collectTargetSilence(): Collector {
  const unanswered: Stretch[] = [];
  const answers: number[] = [];
  let watched: EventData['target-watched'] | undefined;
  return {
    samples: {
      request({ t, status }) {
        if (status !== 0) answers.push(t);
      },
    },
    events: {
      'target-unresponsive': ({ data: { since, ms } }) =>
        void unanswered.push({ from: since, to: since + ms }),
      'target-watched': ({ data }) => {
        watched = data;
      },
    },
    into(summary, { start, end }) {
      if (!watched && unanswered.length === 0) return;
      const sorted = answers.sort((a, b) => a - b);
      const waited = unanswered
        .sort((a, b) => a.from - b.from)
        .map((stretch) => ({ stretch, parts: betweenAnswers(stretch, sorted) }));
      const silences = waited.flatMap(({ parts }) => parts.filter(isSilence));
      const lengths = silences.map(({ from, to }) => to - from);
      const longest = Math.max(0, ...lengths);
      const silent = lengths.reduce((sum, ms) => sum + ms, 0);
      const share = end > start ? Math.min(1, silent / (end - start)) : 0;
      const n = watched?.probes ?? unanswered.length;
      const inRun = ({ from, to }: Stretch) => ({
        from: (from - start) / 1000,
        seconds: secondsOf([{ from, to }]),
      });
      const spans = silences.map(inRun);
      summary.unresponsive = {
        ...{ probes: n, unanswered: watched?.unanswered ?? n, longest, share, spans },
        ...(waited.length > 0 && {
          waits: waited.map(({ stretch, parts }) => ({
            ...inRun(stretch),
            answered: parts.length - 1,
            silent: secondsOf(parts.filter(isSilence)),
          })),
        }),
      };
      const put = (figure: 'longest' | 'share', value: number, unit: 'ms' | '%') => {
        summary.findings[printFindingKey({ kind: 'unresponsive', figure })] = { value, unit, n };
      };
      put('longest', longest, 'ms');
      put('share', share, '%');
      if (watched) {
        const { value, ci } = failedShare({ n, failed: watched.unanswered });
        const key = printFindingKey({ kind: 'unresponsive', figure: 'probes' });
        summary.findings[key] = { value, unit: '%', n, ci };
      }
      markSeconds(summary.timeline ?? [], spans);
    },
  };
}

function betweenAnswers({ from, to }: Stretch, answers: readonly number[]): Stretch[] {
  const cuts = [from, ...answers.filter((t) => t > from && t < to), to];
  return cuts.slice(1).map((cut, index) => ({ from: cuts[index] as number, to: cut }));
}

function isSilence({ from, to }: Stretch): boolean {
  return to - from >= SILENT_FROM_MS;
}

function secondsOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0) / 1000;
}

/** Of each second the share in which it was silent. */
function markSeconds(
  timeline: Summary['timeline'],
  spans: NonNullable<Summary['unresponsive']>['spans'],
): void {
  for (const second of timeline) {
    const silent = spans.reduce((sum, { from, seconds }) => {
      const common = Math.min(from + seconds, second.s + 1) - Math.max(from, second.s);
      return sum + Math.max(0, common);
    }, 0);
    if (silent > 0) second.unresponsive = Math.min(1, silent);
  }
}
