/** Elements that the largest layout shift of a view moved, by page: of views whose CLS is not good. */
import type { VitalSample } from '../../measure/run/samples.ts';
import { VITAL_LIMITS } from '../../measure/run/vital-limits.ts';
import type { ShiftSources } from './advice-evidence.ts';
import type { About, Draft } from './collector.ts';
import { UNKNOWN_PAGE } from './page-view.ts';

export function collectShiftSources() {
  /** By view: a value reported again replaces the earlier one. */
  const latest = new Map<string, VitalSample>();
  return {
    samples: {
      vital(sample: VitalSample, _: About): void {
        if (sample.name !== 'CLS' || sample.warmup) return;
        const key = `${sample.session ?? ''} ${sample.view}`;
        if (sample.t >= (latest.get(key)?.t ?? sample.t)) latest.set(key, sample);
      },
    },
    into(summary: Draft): void {
      const pages = Map.groupBy(latest.values(), ({ page = UNKNOWN_PAGE }) => page);
      summary.shiftSources = [...pages].map(([page, views]) => sourcesOf(page, views));
    },
  };
}

function sourcesOf(page: string, views: readonly VitalSample[]): ShiftSources {
  const shifted = views.filter(({ value }) => value > VITAL_LIMITS.CLS[0]);
  const named = shifted.flatMap(({ attribution = {} }) =>
    typeof attribution.element === 'string' ? [attribution.element] : [],
  );
  const [most] = [...Map.groupBy(named, (element) => element)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  return {
    ...{ page, views: views.length, shifted: shifted.length },
    ...(most && { element: most[0] }),
    times: most?.[1].length ?? 0,
  };
}
