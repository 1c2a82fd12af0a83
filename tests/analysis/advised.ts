/** Runs of known content for the rules of analysis/advice/: a healthy minute, and what a rule must find in it or not. */
import { tryLimits } from '../../analysis/conclude.ts';
import type { Advice } from '../../analysis/summary/advice.ts';
import type { RequestSample, Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

interface Run {
  /** Without the healthy minute's own requests. */
  alone?: boolean;
  seconds?: number;
  /** File of environments; its run is one of `local`. */
  environments?: string;
}

/** What this rule says of a healthy minute, or more, with these samples beside it. */
export async function advised(
  rule: Advice['rule'],
  samples: readonly Sample[],
  { alone = false, seconds = 60, environments }: Run = {},
): Promise<Advice[]> {
  const healthy = healthySamples().filter(({ kind }) => !alone || kind !== 'request');
  const watched = healthy.find(({ kind }) => kind === 'generator') as Sample;
  const longer = Array.from({ length: seconds - 60 }, (_, at) => ({
    ...watched,
    t: START + (61 + at) * 1000,
  }));
  const { plan } = runJson();
  const run = runJson({
    end: new Date(START + seconds * 1000).toISOString(),
    plan: { ...plan, phases: plan.phases.map((phase) => ({ ...phase, duration: seconds })) },
  });
  const runDir = runDirectory(run, [...healthy, ...longer, ...samples]);
  const { advice = [], verdict, reasons } = await tryLimits(runDir, { environments });
  if (verdict === 'invalid') throw new Error(`the run is invalid: ${reasons.join('; ')}`);
  return advice.filter((one) => one.rule === rule);
}

/** Those that are about this. */
export function about(name: string, all: readonly Advice[]): Advice[] {
  return all.filter((one) => one.about === name);
}

export interface CallMade extends Partial<RequestSample> {
  /** From the begin of what it belongs to, ms. */
  at?: number;
  ms?: number;
}

/** One call. @param begun ms since the run's start */
export function call(
  name: string,
  begun: number,
  { at = 0, ms = 20, ...more }: CallMade = {},
): RequestSample {
  return {
    ...{ t: START + begun + at + ms, kind: 'request', name, class: 'crud', method: 'GET', status: 200 },
    ...{ value: ms, unit: 'ms', ok: true, session: 'b0', role: 'resident', via: 'browser', page: '/reports' },
    ...{ phase: 'steady', ttfb: ms, requestId: `${name}-${begun + at}`, ...more },
  };
}

/** One pass of a step with the calls that it sends. @param begun ms since the run's start */
export function pass(
  step: string,
  begun: number,
  ms: number,
  calls: ReadonlyArray<readonly [name: string, made: CallMade]> = [],
): Sample[] {
  const page = '/reports';
  return [
    ...calls.map(([name, made]) => call(name, begun, { step, ...made })),
    {
      ...{ t: START + begun + ms, kind: 'step', name: step, value: ms, unit: 'ms', ok: true, clock: 'page' },
      ...{ session: 'b0', role: 'resident', via: 'browser', page, phase: 'steady' },
    },
  ];
}

/** Passes, one after the other. */
export function passes(count: number, of: (begun: number, index: number) => Sample[]): Sample[] {
  return Array.from({ length: count }, (_, index) => of(1000 + index * 2000, index)).flat();
}
