/** Why a run ended before its plan did, in a line for people. */
import { duration, quantity } from '../../analysis/format.ts';
import { isAtLeast } from '../../config/metric-expression.ts';
import type { LevelEnded, RunEndedEarly } from '../../measure/run/findings.ts';
import type { Broken } from './limit-watch.ts';

export function ended(by: RunEndedEarly['by'], why: string): RunEndedEarly {
  return { by, why };
}

export function endedBy({ threshold, limit }: Broken): RunEndedEarly {
  const { metric, observed, unit, n } = limit;
  const side = isAtLeast(threshold.metric) ? '≥' : '≤';
  return ended(
    'threshold',
    `the run was stopped by a threshold: ${metric} was beyond its limit for ${duration(threshold.abortAfter ?? 0)}: expected ${side} ${quantity(threshold.limit, unit)}, observed ${quantity(observed, unit)} (n = ${n}), set in ${threshold.where}`,
  );
}

export function endedByBreaking(name: string, { limits }: Pick<LevelEnded, 'limits'>): RunEndedEarly {
  const broken = limits.filter(({ verdict }) => verdict === 'broken').map(({ metric }) => metric);
  return ended('breaking-point', `the breaking point was found in ${name}: ${broken.join(', ')}`);
}

export function endedByGenerator(name: string, generator: readonly string[]): RunEndedEarly {
  return ended(
    'generator',
    `limits broke in ${name} while the generator was at its own end (${generator.join('; ')})`,
  );
}
