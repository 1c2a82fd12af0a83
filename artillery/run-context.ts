import { signInsPerMinute } from '../config/environment.ts';
import type { OpenRun } from '../runner/open-run.ts';
import type { RunContext } from './channel.ts';

/** What a worker must know of an open run. */
export function runContext({ runDir, runId, environment, target, accounts }: OpenRun): RunContext {
  return {
    runDir,
    runId,
    baseUrl: target.url,
    apiUrl: target.apiUrl,
    accounts,
    seed: environment.seed,
    thinkFactor: environment.think,
    journeys: environment.journeys,
    mayChange: environment.mayChange,
    signInsPerMinute: signInsPerMinute(environment),
    rateLimits: environment.rateLimits,
    insecureTls: environment.insecureTls,
    artifacts: environment.artifacts,
    checkRate: environment.checkRate,
    connections: environment.connections,
    trace: environment.trace,
    targetPid: target.pid,
  };
}
