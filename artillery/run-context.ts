import { type Environment, signInsPerMinute } from '../config/environment.ts';
import type { Account } from '../fixtures/accounts.ts';
import type { Target } from '../measure/target/target.ts';
import { runIdOf } from '../runner/begin-run.ts';
import type { RunContext } from './channel.ts';

/** What a worker is to know of an open run. */
export function runContext(
  environment: Environment,
  { runDir, target, accounts }: { runDir: string; target: Target; accounts: Account[] },
): RunContext {
  return {
    runDir,
    runId: runIdOf(runDir, environment),
    baseUrl: target.url,
    apiUrl: target.apiUrl,
    accounts,
    seed: environment.seed,
    thinkFactor: environment.think,
    journeys: environment.journeys,
    mayChange: environment.mayChange,
    signInsPerMinute: signInsPerMinute(environment),
    limits: environment.rateLimits,
    insecureTls: environment.insecureTls,
    artifacts: environment.artifacts,
    checkRate: environment.checkRate,
    connections: environment.connections,
    trace: environment.trace,
    targetPid: target.pid,
  };
}
