/** Why a run ended before its plan did, in a line for people. */
import { duration, quantity } from '../../analysis/format.ts';
import { unendedText } from '../../analysis/text/gate-text.ts';
import { isAtLeast } from '../../config/threshold-metric.ts';
import type { LevelEnded, RunEndedEarly } from '../../measure/run/findings.ts';
import type { FailedLimit } from './limit-watch.ts';

export function ended(by: RunEndedEarly['by'], why: string): RunEndedEarly {
  return { by, why };
}

export function endedBy({ threshold, limit }: FailedLimit): RunEndedEarly {
  const { metric, observed, unit, n, unended } = limit;
  const side = isAtLeast(threshold.metric) ? '≥' : '≤';
  return ended(
    'threshold',
    `the run was stopped by a threshold: ${metric} was beyond its limit for ${duration(threshold.abortAfter ?? 0)}: expected ${side} ${quantity(threshold.limit, unit)}, observed ${quantity(observed, unit)} (n = ${n}${unendedText(unended)}), set in ${threshold.where}`,
  );
}

export function endedByBreaking(name: string, { limits }: Pick<LevelEnded, 'limits'>): RunEndedEarly {
  const failed = limits.filter(({ verdict }) => verdict === 'failed').map(({ metric }) => metric);
  return ended('breaking-point', `the breaking point was found in ${name}: ${failed.join(', ')}`);
}

export function endedByGenerator(name: string, generator: readonly string[]): RunEndedEarly {
  return ended(
    'generator',
    `limits failed in ${name} while the load generator was saturated (${generator.join('; ')})`,
  );
}
