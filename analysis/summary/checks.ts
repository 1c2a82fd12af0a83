/** Checks of what answers and pages hold. */
import type { Collector } from './collector.ts';
import { failedShare } from './share.ts';

export function collectChecks(): Collector {
  const all = { n: 0, failed: 0 };
  const outsideWarmup = { n: 0, failed: 0 };
  const inBrowsers = { n: 0, failed: 0 };
  return {
    samples: {
      check({ ok, warmup, via }) {
        const judged = via === 'browser' ? [outsideWarmup, inBrowsers] : [outsideWarmup];
        for (const tally of warmup ? [all] : [all, ...judged]) {
          tally.n += 1;
          if (!ok) tally.failed += 1;
        }
      },
    },
    into(summary) {
      summary.counts.checks = all;
      summary.shares['checks.failed'] = failedShare(outsideWarmup);
      if (inBrowsers.n > 0) summary.shares['browserChecks.failed'] = failedShare(inBrowsers);
    },
  };
}
