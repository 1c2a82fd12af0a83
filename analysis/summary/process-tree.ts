import { ascending, percentile } from '../statistics/percentile.ts';

/** CPU and memory of a process tree. */
export function collectTree() {
  const cpu: number[] = [];
  let memoryMaxMiB: number | null = null;

  return {
    add(sample: { cpu?: number; memoryMiB?: number }): void {
      if (sample.cpu !== undefined) cpu.push(sample.cpu);
      if (sample.memoryMiB !== undefined) memoryMaxMiB = Math.max(memoryMaxMiB ?? 0, sample.memoryMiB);
    },
    figures() {
      const sorted = ascending(cpu);
      return {
        seconds: cpu.length,
        cpuP95: percentile(sorted, 0.95),
        cpuMax: sorted[sorted.length - 1] ?? null,
        memoryMaxMiB,
      };
    },
  };
}
