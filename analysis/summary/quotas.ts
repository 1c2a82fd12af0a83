/** How near HTTP clients came to the target's rate limits, by what its headers said. */

import type { RequestSample } from '../../measure/run/samples.ts';
import type { Summary } from './summary.ts';

export function collectQuotas() {
  const quotas = new Map<string, Summary['quotas'][number]>();
  return {
    add({ name, status, quota, quotaLeft, warmup }: RequestSample): void {
      if (quotaLeft === undefined || warmup) return;
      const row = quotas.get(name) ?? { operation: name, told: 0, limit: null, least: quotaLeft, hits: 0 };
      row.told += 1;
      row.limit = quota ?? row.limit;
      row.least = Math.min(row.least, quotaLeft);
      if (status === 429) row.hits += 1;
      quotas.set(name, row);
    },

    rows: (): Summary['quotas'] =>
      [...quotas.values()].sort((a, b) => a.operation.localeCompare(b.operation)),
  };
}
