import { plural } from '../format.ts';
import type { Summary } from '../summary/summary.ts';

/**
 * What a run's browser could not tell, in one line each: a number that is missing for that reason is no fault of target
 * or run. Soft navigations came with Chromium 151 (https://developer.chrome.com/docs/web-platform/soft-navigations).
 */
export function browserLacks({ run, completeness }: Pick<Summary, 'run' | 'completeness'>): string[] {
  const { browserEntries: has } = run.host;
  if (!has) return [];
  const lacks: string[] = [];
  if (!has.softNavigation) {
    const views = completeness.unmeasured;
    const are = views === 1 ? 'is' : 'are';
    lacks.push(
      `this browser has no soft-navigation entries: ${plural(views, 'soft page view')} ${are} counted, not measured; CLS and INP of the hard view before them include theirs (Chromium has them from 151 on)`,
    );
  }
  if (!has.longTask) lacks.push('this browser has no long-task entries: there is no TBT');
  if (!has.longAnimationFrame)
    lacks.push('this browser has no long-animation-frame entries: no scripts are named');
  return lacks;
}
