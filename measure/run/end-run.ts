import { cpuBenchmarkMs } from '../health/machine/cpu-benchmark.ts';
import { amendRunJson, readRunJson } from './directory.ts';
import type { RunJson } from './run-json.ts';

/** Writes how a run ended, and the CPU benchmark once more: its sessions have ended, so nothing is disturbed. */
export function endRun(runDir: string, ended: RunJson['ended'], interruptedBy?: string): void {
  const end = new Date().toISOString();
  const { host } = readRunJson(runDir);
  amendRunJson(runDir, { end, ended, interruptedBy, host: { ...host, cpuBenchmarkEndMs: cpuBenchmarkMs() } });
}
