import type { Reason } from '../summary/reason.ts';
import type { Summary } from '../summary/summary.ts';

/**
 * What a run's browser cannot measure: a number that is missing for that reason is no fault of target or run. Soft
 * navigations came with Chromium 151 (https://developer.chrome.com/docs/web-platform/soft-navigations).
 */
export function browserLacks({ run, completeness }: Pick<Summary, 'run' | 'completeness'>): Reason[] {
  const { browserEntries: has } = run.host;
  if (!has) return [];
  const lacks: Reason[] = [];
  if (!has.softNavigation)
    lacks.push({ verdict: 'warn', code: 'no-soft-navigation', views: completeness.unmeasured });
  if (!has.longTask) lacks.push({ verdict: 'warn', code: 'no-long-task' });
  if (!has.longAnimationFrame) lacks.push({ verdict: 'warn', code: 'no-long-animation-frame' });
  return lacks;
}
