/** One benchmark from its preparation to its end, each round written down as a journey sample. */

import type { Benchmark, BenchmarkWork } from '../api/benchmark.ts';
import type { ApiClient } from '../api/client/api-client.ts';
import type { ClientContext } from '../api/client/context.ts';
import { ApiFailure } from '../api/client/failure.ts';
import { TOO_MANY_REQUESTS } from '../config/http-status.ts';
import type { TestData } from '../fixtures/data/generate.ts';
import { firstLine } from '../measure/errors/foreign-texts.ts';
import type { RequestSample, Sample } from '../measure/run/samples.ts';
import { Changes } from '../measure/session/changes.ts';
import { isInterruption } from '../measure/steps/failure.ts';
import { type Ended, reasonToStop, type StopRules } from './stop-rules.ts';

/** This many failed rounds in a row end a benchmark: the next would fail as well. */
const MOST_FAILED = 3;

export interface Bench {
  api: ApiClient;
  data: TestData;
  write(sample: Sample): void;
  /** Requests since this was last asked. */
  takeRequests(): RequestSample[];
  /** The name of the known defect that excuses it. */
  defectOf(sample: RequestSample): string | undefined;
}

/**
 * Does a benchmark and takes back what it changed. Gives why it ended.
 * @throws Interruption when the run is being stopped
 */
export async function doBenchmark(benchmark: Benchmark, bench: Bench, rules: StopRules): Promise<Ended> {
  const { api, data, write } = bench;
  const { context } = api;
  const about = () => ({ ...context, via: 'http' as const });
  const changes = new Changes((sample) => write({ ...about(), ...sample } as Sample));
  context.journey = benchmark.name;
  let ended: Ended = { reason: 'interrupted', why: 'interrupted' };
  try {
    // What is not timed is kept out of the figures.
    context.warmup = true;
    const work = await benchmark.prepare({ api, data, change: changes.note });
    ended =
      typeof work === 'string'
        ? notDone(work)
        : await allRounds(benchmark.name, work, bench, {
            ...rules,
            most: Math.min(rules.most, work.most ?? rules.most),
          });
  } catch (error) {
    if (isInterruption(error)) throw error;
    if (!(error instanceof ApiFailure)) throw error;
    ended = failed(benchmark.name, bench, error, bench.takeRequests());
  } finally {
    context.warmup = true;
    await changes.undoAll();
    write({
      ...about(),
      t: Date.now(),
      kind: 'event',
      name: 'benchmark-ended',
      data: { benchmark: benchmark.name, ...ended },
    });
    context.journey = undefined;
    context.warmup = undefined;
  }
  return ended;
}

async function allRounds(name: string, work: BenchmarkWork, bench: Bench, rules: StopRules): Promise<Ended> {
  const { api, write, takeRequests } = bench;
  const { context } = api;
  const begun = performance.now();
  const times: number[] = [];
  let failures = 0;
  for (let round = 0; ; round += 1) {
    const isWarmup = round < rules.warmup;
    const enough = reasonToStop(times, (performance.now() - begun) / 1000, rules);
    if (enough) return enough;
    context.warmup = true;
    await work.before?.(round);
    takeRequests();
    context.warmup = isWarmup || undefined;
    const error = await work.run(round).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    const requests = takeRequests();
    const value = requests.reduce((sum, request) => sum + request.value, 0);
    if (error !== undefined) {
      if (!(error instanceof ApiFailure)) throw error;
      failures += 1;
      const ended = failed(name, bench, error, requests);
      context.warmup = true;
      await work.after?.();
      if (failures >= MOST_FAILED || ended.reason !== 'failed') return ended;
      continue;
    }
    failures = 0;
    write(roundSample(context, name, value, true));
    if (!isWarmup) times.push(value);
    context.warmup = true;
    await work.after?.();
  }
}

/** Writes the failure down, unless it is excused or a limit of the target's; gives it in words. */
function failed(
  name: string,
  { api, write, defectOf }: Bench,
  error: ApiFailure,
  requests: readonly RequestSample[],
): Ended {
  const last = requests.at(-1);
  const value = requests.reduce((sum, request) => sum + request.value, 0);
  if (error.status === TOO_MANY_REQUESTS)
    return { reason: 'rate-limited', why: 'stopped: the target limits how often (429)' };
  const defect = last && defectOf(last);
  if (defect) return { reason: 'known-defect', why: `stopped: known defect "${defect}"` };
  const { warmup: _warmup, ...context } = api.context;
  write(roundSample(context, name, value, false));
  return { reason: 'failed', why: `failed: ${firstLine(error)}` };
}

export function notDone(why: string): Ended {
  return { reason: 'not-done', why: `not done: ${why}` };
}

/** A round is a journey: what later runs are compared by. */
function roundSample(context: ClientContext, name: string, ms: number, ok: boolean): Sample {
  // To a microsecond: what follows is noise and makes the file longer.
  const value = Math.round(ms * 1000) / 1000;
  return { ...context, via: 'http', t: Date.now(), kind: 'journey', name, value, unit: 'ms', ok };
}
