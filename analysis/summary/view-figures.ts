/** What each page view loaded, of how many elements its page was, and its long tasks. */
import { type MetricKey, printMetricKey } from '../../config/metric-key.ts';
import { VIEW_FIGURES, type ViewFigure } from '../../config/view-figures.ts';
import type { PageView } from '../../measure/run/events.ts';
import type { Collector } from './collector.ts';
import { addObservation, coldFiguresOf, figuresOf, newSeries, type Series } from './figures.ts';
import { UNKNOWN_PAGE } from './page-view.ts';

interface Counted {
  page: string;
  drained: boolean;
  data: PageView;
}

export function collectViewFigures(): Collector {
  /** By view: of two of one view the later counts. */
  const views = new Map<string, Counted>();
  return {
    events: {
      'page-view': ({ session = '', page = UNKNOWN_PAGE, warmup, data }, { drained }) => {
        if (!warmup && data.painted !== false) views.set(`${session} ${data.id}`, { page, drained, data });
      },
    },
    into({ metrics }) {
      const all = new Map<string, { key: MetricKey; unit: 'B' | '1' | 'ms'; series: Series }>();
      for (const { page, drained, data } of views.values())
        for (const [name, value] of Object.entries(figuresOfView(data)))
          for (const key of [
            { kind: 'view', name },
            { kind: 'view', name, page },
          ] satisfies MetricKey[]) {
            const text = printMetricKey(key);
            const entry = all.get(text) ?? {
              key,
              unit: VIEW_FIGURES[name as ViewFigure],
              series: newSeries(),
            };
            all.set(text, entry);
            addObservation(entry.series, { value, ok: true, cold: data.cold, drained });
          }
      for (const [text, { key, unit, series }] of all) {
        metrics[text] = { ...figuresOf(series), unit };
        if (series.cold.length > 0)
          metrics[printMetricKey({ ...key, variant: 'cold' })] = { ...coldFiguresOf(series), unit };
      }
    },
  };
}

/** A size of which a part is hidden is not known: it has no value. */
function figuresOfView({ loads, longTasks }: PageView): Partial<Record<ViewFigure, number>> {
  return {
    ...(loads && {
      ...(loads.hidden === 0 && { 'transfer size': loads.size }),
      ...(loads.hiddenScripts === 0 && { 'script size': loads.scriptSize }),
      requests: loads.requests,
      'cached requests': loads.cached,
      'third-party requests': loads.thirdParty,
      'hidden sizes': loads.hidden,
      ...(loads.elements !== undefined && { 'DOM elements': loads.elements }),
    }),
    ...(longTasks && { 'long tasks': longTasks.count, 'long-task time': longTasks.ms }),
  };
}
