/** The one client of a run of benchmarks: signs in once, does one benchmark after the other, signs out. */

import { defectBook } from '../analysis/known-defects.ts';
import type { Benchmark } from '../api/benchmark.ts';
import { ApiClient } from '../api/client/api-client.ts';
import { CheckRate } from '../api/client/check-rate.ts';
import { connectionsTo } from '../api/client/connections.ts';
import { ApiFailure } from '../api/client/failure.ts';
import { isAllowed } from '../config/changes.ts';
import type { Environment } from '../config/environment.ts';
import type { Account } from '../fixtures/accounts.ts';
import { testData } from '../fixtures/data/generate.ts';
import { factsOf } from '../measure/errors/classified-error.ts';
import type { AccountRole, RequestSample, Sample } from '../measure/run/samples.ts';
import { isInterruption } from '../measure/steps/failure.ts';
import { noteSignIn } from '../measure/target/unpaced-sign-ins.ts';
import type { OpenRun } from '../runner/open-run.ts';
import { type Bench, doBenchmark, notDone } from './rounds.ts';
import type { Ended, StopRules } from './stop-rules.ts';

/** Also the name of session and scenario. */
export const PROFILE = 'bench';

export interface BenchWork {
  account: Account;
  chosen: readonly Benchmark[];
  rules: StopRules;
  /** Ends it in order: what was changed is taken back. */
  signal: AbortSignal;
}

/** Its samples say how it went; throws for nothing that the target did. */
export async function benchSession(
  run: OpenRun,
  { account, chosen, rules, signal }: BenchWork,
): Promise<void> {
  const { runId, environment, target, recorder } = run;
  const { role, username, password } = account;
  const about = { session: PROFILE, role, via: 'http' as const };
  const started = Date.now();
  const begun = performance.now();
  recorder.write({
    ...about,
    t: started,
    kind: 'event',
    name: 'session-started',
    data: { scenario: PROFILE, account: username },
  });
  let requests: RequestSample[] = [];
  const api = new ApiClient({
    apiUrl: target.apiUrl,
    recorder,
    context: { session: PROFILE, role },
    dispatcher: connectionsTo(target.apiUrl, environment.insecureTls),
    checkRate: new CheckRate(environment.checkRate),
    signal,
    onRequest: (sample) => requests.push(sample),
  });
  const bench: Bench = {
    api,
    data: testData({ runId: runId, session: PROFILE, seed: environment.seed }),
    write: (sample: Sample) => recorder.write(sample),
    takeRequests: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    defectOf: (sample) => {
      const book = defectBook(run.defects, { start: new Date().toISOString(), target: target.facts });
      const match = book.match(sample);
      return match?.excused ? match.name : undefined;
    },
  };
  let failed: Error | undefined;
  let interrupted = false;
  try {
    noteSignIn(target.apiUrl, environment.cacheDir);
    await api.signIn(username, password);
    for (const benchmark of chosen) {
      const why = whyNot(benchmark, role, environment);
      if (why) bench.write(skipped(benchmark, why));
      const ended = why ?? (await doBenchmark(benchmark, bench, rules));
      console.log(`${benchmark.name}: ${ended.why}`);
    }
    await api.signOut();
  } catch (failure) {
    interrupted = isInterruption(failure);
    if (!interrupted && !(failure instanceof ApiFailure)) throw failure;
    failed = failure as Error;
  } finally {
    await api.close();
    const value = Math.round(performance.now() - begun);
    const end = {
      ...about,
      t: Date.now(),
      kind: 'session' as const,
      name: PROFILE,
      value,
      unit: 'ms' as const,
    };
    recorder.write({
      ...end,
      ok: failed === undefined,
      started,
      interrupted: interrupted || undefined,
      error: failed?.message,
      ...(failed && factsOf(failed)),
    });
  }
}

function whyNot(
  { roles, changes }: Benchmark,
  role: AccountRole,
  { mayChange }: Environment,
): Ended | undefined {
  if (!roles.includes(role)) return notDone(`needs an account of role ${roles.join(' or ')}`);
  if (isAllowed(changes, mayChange)) return undefined;
  return notDone(`${changes.join(', ')} may not be changed there (mayChange in config/environments.yml)`);
}

function skipped({ name: benchmark }: Benchmark, ended: Ended): Sample {
  return { t: Date.now(), kind: 'event', name: 'benchmark-ended', data: { benchmark, ...ended } };
}
