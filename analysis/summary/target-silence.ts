/** When the target took connections and answered nothing, whatever it was asked. */
import { printFindingKey } from '../../config/run-figure.ts';
import type { EventData } from '../../measure/run/events.ts';
import type { Collector } from './collector.ts';

/** Without the events, of an older suite or a killed run, nothing is known of it. */
export function collectTargetSilence(): Collector {
  const silences: Array<EventData['target-unresponsive']> = [];
  let watched: EventData['target-watched'] | undefined;
  return {
    events: {
      'target-unresponsive': ({ data }) => void silences.push(data),
      'target-watched': ({ data }) => {
        watched = data;
      },
    },
    into(summary, { start, end }) {
      if (!watched && silences.length === 0) return;
      const spans = silences
        .map(({ since, ms }) => ({ from: (since - start) / 1000, seconds: ms / 1000 }))
        .sort((a, b) => a.from - b.from);
      const longest = Math.max(0, ...silences.map(({ ms }) => ms));
      const silent = silences.reduce((sum, { ms }) => sum + ms, 0);
      const share = end > start ? Math.min(1, silent / (end - start)) : 0;
      const n = watched?.probes ?? silences.length;
      summary.unresponsive = { probes: n, unanswered: watched?.unanswered ?? n, longest, share, spans };
      summary.findings[printFindingKey({ kind: 'unresponsive', figure: 'longest' })] = {
        value: longest,
        unit: 'ms',
        n,
      };
      summary.findings[printFindingKey({ kind: 'unresponsive', figure: 'share' })] = {
        value: share,
        unit: '%',
        n,
      };
    },
  };
}
