/** Health of the machine that made the load: a starved generator measures itself. */
import type { Summary } from '../../measure/run/run-json.ts';
import type { GeneratorSample } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';

export function collectGenerator() {
  const cpu: number[] = [];
  const loopDelay: number[] = [];
  let memoryMaxMiB: number | null = null;

  return {
    add(sample: GeneratorSample): void {
      cpu.push(sample.cpu);
      loopDelay.push(sample.loopDelay);
      memoryMaxMiB = Math.max(memoryMaxMiB ?? 0, sample.memoryMiB);
    },
    health(): Summary['generator'] {
      const delays = ascending(loopDelay);
      return {
        seconds: cpu.length,
        cpuP95: percentile(ascending(cpu), 0.95),
        loopDelayP95: percentile(delays, 0.95),
        loopDelayMax: delays[delays.length - 1] ?? null,
        memoryMaxMiB,
      };
    },
  };
}
