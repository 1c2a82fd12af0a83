import { relative } from 'node:path';
import type { Browser } from '../config/browser.ts';
import type { Environment } from '../config/environment.ts';
import { loadSettings } from '../config/load-settings.ts';
import { loadThinkTimes } from '../config/think.ts';
import { CPU_BENCHMARK_VERSION, cpuBenchmarkMs } from '../measure/health/machine/cpu-benchmark.ts';
import { writeRunJson } from '../measure/run/directory.ts';
import { type RunJson, SCHEMA } from '../measure/run/run.ts';
import { writerProcess } from '../measure/run/writer-process.ts';
import { endpointFacts } from '../measure/target/metrics/watch.ts';
import { browserBuild } from './browser-build.ts';
import { hostFacts, suiteFacts } from './host-and-suite.ts';

/** The id of a run: its directory's name below the reports folder. */
export function runIdOf(runDir: string, environment: Environment): string {
  return relative(environment.reportsDir, runDir);
}

/**
 * Writes the `run.json` with which every run begins, whatever runs it. The target is open and has no load yet: the CPU
 * benchmark, which comes first, holds this thread up for a third of a second.
 */
export function beginRun(
  runDir: string,
  environment: Environment,
  about: Pick<RunJson, 'runner' | 'target' | 'traced'> & {
    /** Name of the profile, or of all that are run at once. */
    profile: string | readonly string[];
    /** Absent: none takes part. */
    browser?: Pick<Browser, 'kind' | 'path'>;
    dataSize?: RunJson['dataSize'];
    phases?: RunJson['plan']['phases'];
    mix?: RunJson['plan']['mix'];
  },
): void {
  const { metrics } = environment;
  const host = {
    ...hostFacts(about.browser?.kind),
    browserBuild: about.browser && browserBuild(about.browser.path),
    cpuBenchmarkMs: cpuBenchmarkMs(),
    cpuBenchmarkVersion: CPU_BENCHMARK_VERSION,
  };
  writeRunJson(runDir, {
    schema: SCHEMA,
    id: runIdOf(runDir, environment),
    profiles: [about.profile].flat(),
    runner: about.runner,
    label: environment.label,
    start: new Date().toISOString(),
    target: about.target,
    dataSize: about.dataSize,
    metrics: metrics.length > 0 ? endpointFacts(metrics, about.target.apiUrl) : undefined,
    throttle: environment.throttle,
    suite: suiteFacts(),
    host,
    settings: loadSettings(environment),
    plan: {
      phases: about.phases ?? [],
      mix: about.mix ?? [],
      seed: environment.seed,
      think: loadThinkTimes(),
    },
    process: writerProcess(),
    traced: about.traced,
  });
}
