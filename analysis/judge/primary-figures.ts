/** The figures that decide *better* or *worse*, each with what became of its limit. */
import { parseMetric } from '../../config/threshold-metric.ts';
import type { ProfileThresholds } from '../../config/thresholds.ts';
import type { JudgedGate, PrimaryFigure } from '../summary/gate-result.ts';
import type { Observations } from '../summary/observations.ts';
import { readMetric } from './metric-value.ts';

export function primaryFigures(
  profile: ProfileThresholds,
  seen: Observations,
  gates: readonly JudgedGate[],
): PrimaryFigure[] {
  return profile.primary.map((expression) => {
    const parsed = parseMetric(expression);
    const value = typeof parsed === 'string' ? undefined : readMetric(parsed, seen)[0];
    // Where there is no value the gate is named as the limit is.
    const gate = gates.find(({ metric }) => metric === (value?.name ?? expression));
    return {
      metric: expression,
      value: value?.value ?? null,
      unit: value?.unit ?? '1',
      n: value?.n ?? 0,
      ci: value?.ci,
      outcome: gate?.outcome,
      verdict: gate?.verdict,
      expected: gate?.expected,
    };
  });
}
