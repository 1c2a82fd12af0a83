/** Audits by Lighthouse: each measure of each page and step, and what the representative repeat found. */
import { type AuditMeasure, isScore, unitOfMeasure } from '../../config/audit-measures.ts';
import { printMetricKey } from '../../config/metric-key.ts';
import type { AuditConcluded } from '../../measure/run/audits.ts';
import type { AuditSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import { figuresOf, newSeries } from './figures.ts';
import { failedShare } from './share.ts';
import type { AuditSummary, Figures } from './summary.ts';

interface Tally {
  about: Pick<AuditSummary, 'name' | 'mode' | 'role' | 'journey'>;
  samples: AuditSample[];
  failures: Map<string, number>;
  concluded?: AuditConcluded;
}

export function collectAudits(): Collector {
  const all = new Map<string, Tally>();
  const share = { n: 0, failed: 0 };
  return {
    samples: {
      audit(sample) {
        const { name, mode, role, journey, ok, error = 'no reason given' } = sample;
        const tally: Tally = all.get(name) ?? {
          about: { name, mode, role, journey },
          samples: [],
          failures: new Map(),
        };
        all.set(name, tally);
        share.n += 1;
        if (ok) tally.samples.push(sample);
        else {
          share.failed += 1;
          tally.failures.set(error, (tally.failures.get(error) ?? 0) + 1);
        }
      },
    },
    events: {
      'audit-concluded': ({ data }) => {
        const tally = all.get(data.audit);
        if (tally) tally.concluded = data;
      },
    },
    into(summary) {
      if (share.n === 0) return;
      summary.shares['audits.failed'] = failedShare(share);
      summary.audits = [...all.values()].map(summaryOf);
      for (const { about, samples } of all.values())
        for (const [measure, values] of valuesOf(samples))
          summary.metrics[printMetricKey({ kind: 'audit', name: `${about.name}.${measure}` })] = {
            ...withoutMeanOfScores(measure, values),
            unit: unitOfMeasure(measure),
          };
    },
  };
}

function summaryOf({ about, samples, failures, concluded }: Tally): AuditSummary {
  const chosen = samples.find(({ repeat }) => repeat === concluded?.representative) ?? samples[0];
  const measures = [...valuesOf(samples)].map(([measure, values]) => ({
    measure,
    unit: unitOfMeasure(measure),
    value: chosen?.figures?.[measure] ?? null,
    values,
  }));
  return {
    ...about,
    repeats: samples.length,
    failures: [...failures].map(([error, count]) => ({ error, count })),
    measures,
    concluded,
  };
}

/** In the order of the repeats. */
function valuesOf(samples: readonly AuditSample[]): Map<AuditMeasure, number[]> {
  const all = new Map<AuditMeasure, number[]>();
  for (const { figures = {} } of samples)
    for (const [measure, value] of Object.entries(figures) as Array<[AuditMeasure, number]>)
      if (Number.isFinite(value)) all.set(measure, [...(all.get(measure) ?? []), value]);
  return all;
}

/** A score is a place on a curve: the mean of two is the score of nothing. */
function withoutMeanOfScores(measure: AuditMeasure, values: number[]): Figures {
  const figures = figuresOf({ ...newSeries(), values, attempts: values.length });
  return isScore(measure) ? { ...figures, mean: null } : figures;
}
