/** How near HTTP clients came to the target's rate limits, by what its headers said. */

import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import type { Collector } from './collector.ts';
import type { Summary } from './summary.ts';

export function collectQuotas(): Collector {
  const quotas = new Map<string, Summary['quotas'][number]>();
  return {
    samples: {
      request({ name, status, quota, quotaLeft, warmup }) {
        if (quotaLeft === undefined || warmup) return;
        const row = quotas.get(name) ?? { operation: name, told: 0, limit: null, least: quotaLeft, hits: 0 };
        row.told += 1;
        row.limit = quota ?? row.limit;
        row.least = Math.min(row.least, quotaLeft);
        if (status === TOO_MANY_REQUESTS) row.hits += 1;
        quotas.set(name, row);
      },
    },
    into(summary) {
      summary.quotas = [...quotas.values()].sort((a, b) => a.operation.localeCompare(b.operation));
    },
  };
}
