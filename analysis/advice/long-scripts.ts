/**
 * A script that keeps a page from answering its user, on a page whose total blocking time is not good at p75.
 *
 * Reason: while a long task runs, clicks and keys wait. Source: https://web.dev/articles/optimize-long-tasks; the limit is that of a
 * page load (measure/run/vital-limits.ts). The gain is all blocking time of the page's views: users lose the part in which they act.
 */
import { printMetricKey } from '../../config/metric-key.ts';
import { VITAL_LIMITS } from '../../measure/run/vital-limits.ts';
import { milliseconds } from '../format.ts';
import { FEWEST_PASSES, type Rule } from './rule.ts';

export const longScripts: Rule = ({ longFrames, pages, metrics }) =>
  longFrames.flatMap((row) => {
    const tbt = pages.find(({ page }) => page === row.page)?.vitals.TBT;
    if (!tbt || !row.script) return [];
    // First views stand apart; where they are the most, they are what users meet.
    const isFirst = tbt.cold > tbt.n;
    const variant = isFirst ? ({ variant: 'cold' } as const) : {};
    const figures = metrics[printMetricKey({ kind: 'vital', name: 'TBT', page: row.page, ...variant })];
    const { p75, n: views, mean } = figures ?? { p75: null, n: 0, mean: null };
    if (views < FEWEST_PASSES || p75 === null || p75 <= VITAL_LIMITS.TBT[0]) return [];
    const { page, script, function: called, invoker, scriptDuration = 0 } = row;
    const by = [called && `function ${called}`, invoker && `called by ${invoker}`].filter(Boolean).join(', ');
    return [
      {
        about: page,
        finding: `${script}${by ? ` (${by})` : ''} ran for ${milliseconds(Math.round(scriptDuration))} at a stretch on ${page}, which is blocked for ${milliseconds(Math.round(p75))} or more in a quarter of its views.`,
        action: `Split the long task on ${page}, do it later, or do less: hand the thread back every 50 ms.`,
        gain: (mean ?? 0) * views,
        n: views,
        of: isFirst ? 'first views' : 'views',
        figures: [
          { name: 'TBT p75', value: p75, unit: 'ms' as const },
          { name: 'longest script', value: scriptDuration, unit: 'ms' as const },
          { name: 'longest frame', value: row.worst, unit: 'ms' as const },
        ],
        page,
      },
    ];
  });
