/** Serial benchmarks: each round is a journey sample named after its benchmark. */

import type { RunJson } from '../../measure/run/run.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import { quantileInterval } from '../statistics/quantile-interval.ts';
import { tukeyFences } from '../statistics/tukey-fences.ts';
import type { Collector } from './collector.ts';
import type { BenchmarkFigures } from './summary.ts';

const MAX_NAMED = 3;
const CUT_OFF = 'cut off';

interface Tally {
  values: number[];
  failed: number;
  ended: string;
}

export function collectBenchmarks({ runner }: Pick<RunJson, 'runner'>): Collector {
  const all = new Map<string, Tally>();
  const tallyOf = (name: string): Tally => {
    const tally = all.get(name) ?? { values: [], failed: 0, ended: CUT_OFF };
    all.set(name, tally);
    return tally;
  };

  return {
    samples: {
      journey(sample) {
        if (runner !== 'bench' || sample.warmup || sample.interrupted) return;
        const tally = tallyOf(sample.name);
        if (sample.ok) tally.values.push(sample.value);
        else tally.failed += 1;
      },
    },
    events: {
      'benchmark-ended': ({ data }) => {
        tallyOf(data.benchmark).ended = data.why;
      },
    },
    into(summary) {
      summary.benchmarks = [...all].map(([name, tally]) => figuresOf(name, tally));
    },
  };
}

function figuresOf(name: string, { values, failed, ended }: Tally): BenchmarkFigures {
  const sorted = ascending(values);
  const median = percentile(sorted, 0.5);
  const fences = tukeyFences(sorted);
  const beyond = fences
    ? values
        .map((value, index) => ({ round: index + 1, value }))
        .filter(({ value }) => value < fences[0] || value > fences[1])
        .sort((a, b) => Math.abs(b.value - (median ?? 0)) - Math.abs(a.value - (median ?? 0)))
    : [];
  return {
    name,
    rounds: values.length,
    failed,
    min: sorted[0] ?? null,
    median,
    medianCi: quantileInterval(sorted, 0.5),
    q1: percentile(sorted, 0.25),
    q3: percentile(sorted, 0.75),
    perSecond: median ? 1000 / median : null,
    fences,
    outliers: beyond.length,
    farthest: beyond.slice(0, MAX_NAMED),
    ended,
  };
}
