/** Passes of journeys. */
import { printMetricKey } from '../../config/metric-key.ts';
import type { CutShort } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import { addObservation, figuresOf, type Series, seriesIn } from './figures.ts';
import { failedShare } from './share.ts';

export function collectJourneys(): Collector {
  const journeys = new Map<string, Series>();
  const counts = { started: 0, ok: 0, failed: 0, interrupted: 0, cutShort: 0 };
  const outsideWarmup = { n: 0, failed: 0 };
  const passes = new Map<string, number>();
  const short = new Map<string, { journey: string; code: string; why: string; count: number }>();
  const addShort = (journey: string, { code, text: why }: CutShort): void => {
    counts.cutShort += 1;
    const key = [journey, code, why].join('\n');
    const row = short.get(key) ?? { journey, code, why, count: 0 };
    short.set(key, { ...row, count: row.count + 1 });
  };

  return {
    samples: {
      journey({ name, value, ok, interrupted, cutShort, warmup }) {
        counts.started += 1;
        passes.set(name, (passes.get(name) ?? 0) + 1);
        if (interrupted) {
          counts.interrupted += 1;
          return;
        }
        counts[ok ? 'ok' : 'failed'] += 1;
        if (cutShort !== undefined) addShort(name, cutShort);
        if (warmup) return;
        outsideWarmup.n += 1;
        if (!ok) outsideWarmup.failed += 1;
        if (cutShort === undefined) addObservation(seriesIn(journeys, name), { value, ok });
      },
    },
    into(summary) {
      summary.counts.journeys = counts;
      summary.shares['journeys.failed'] = failedShare(outsideWarmup);
      for (const [name, series] of journeys)
        summary.metrics[printMetricKey({ kind: 'journey', name })] = { ...figuresOf(series), unit: 'ms' };
      summary.cutShort = [...short.values()]
        .map((row) => ({ ...row, of: passes.get(row.journey) ?? row.count }))
        .sort((a, b) => b.count - a.count || a.journey.localeCompare(b.journey));
    },
  };
}
