/** Health of the machine that made the load: a starved generator measures itself. */
import { HOST_FIGURES, type HostFigure } from '../../measure/run/machine.ts';
import type { GeneratorSample } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import type { Draft } from './collector.ts';
import { collectTree } from './process-tree.ts';
import { isStalled } from './stalls.ts';
import type { Summary } from './summary.ts';

export function collectGenerator() {
  const tree = collectTree();
  const loopDelay: number[] = [];
  const loopWait: number[] = [];
  const loopUse: number[] = [];
  let stalled = 0;
  const host = new Map<HostFigure, number[]>(HOST_FIGURES.map((name) => [name, []]));

  const add = (sample: GeneratorSample): void => {
    tree.add(sample);
    if (isStalled(sample)) stalled += 1;
    loopDelay.push(sample.loopDelay);
    if (sample.loopWait !== undefined) loopWait.push(sample.loopWait);
    if (sample.loopUse !== undefined) loopUse.push(sample.loopUse);
    for (const [name, values] of host) {
      const value = sample[name];
      if (value !== undefined) values.push(value);
    }
  };
  const health = (): Summary['generator'] => {
    const delays = ascending(loopDelay);
    return {
      ...tree.figures(),
      seconds: loopDelay.length,
      loopDelayP95: percentile(delays, 0.95),
      loopDelayMax: delays[delays.length - 1] ?? null,
      loopWaitP95: percentile(ascending(loopWait), 0.95),
      loopUseP95: percentile(ascending(loopUse), 0.95),
      ...(stalled > 0 && { stalled }),
      host: Object.fromEntries(
        [...host]
          .map(([name, values]) => [name, ascending(values)] as const)
          .filter(([, values]) => values.length > 0)
          .map(([name, values]) => [name, { p95: percentile(values, 0.95), max: values.at(-1) }]),
      ),
    };
  };

  return {
    samples: { generator: add },
    add,
    health,
    into(summary: Draft): void {
      summary.generator = health();
    },
  };
}
