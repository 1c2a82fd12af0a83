import { cpuBenchmarkMs } from '../measure/health/machine/cpu-benchmark.ts';
import { amendRunJson, readRunJson } from '../measure/run/directory.ts';
import type { RunJson } from '../measure/run/run.ts';

/** Writes how a run ended, and the CPU benchmark once more: its sessions have ended, so nothing is disturbed. */
export function endRun(runDir: string, ended: RunJson['ended'], interruptedBy?: string): void {
  const end = new Date().toISOString();
  const { host } = readRunJson(runDir);
  amendRunJson(runDir, { end, ended, interruptedBy, host: { ...host, cpuBenchmarkEndMs: cpuBenchmarkMs() } });
}
