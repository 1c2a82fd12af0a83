/** Flow functions of the browser scenarios: one a role (`flowFunction: resident`). */
import type { Page } from '@playwright/test';
import { nameRequest } from '../api/operations/name-request.ts';
import { readEnvironment, secretsOf } from '../config/environment.ts';
import { loadThinkTimes } from '../config/think.ts';
import { journeysOf } from '../flows/registry.ts';
import { runBrowserSession } from '../flows/session.ts';
import { isElsewhere } from '../measure/browser/hidden-answers.ts';
import type { Role } from '../measure/run/samples.ts';
import type { ScenarioEvents } from './artillery.ts';
import type { ScenarioContext } from './engine/index.ts';
import { refuseAtBegin } from './engine/without-plan.ts';
import { openWorkerRun } from './engine/worker-run.ts';

refuseAtBegin();

const thinkTimes = loadThinkTimes();
const environment = readEnvironment();
const secrets = secretsOf(environment);

function flowOf(role: Role) {
  return async (page: Page, { vars }: ScenarioContext, events: ScenarioEvents): Promise<void> => {
    const { arrival } = vars;
    if (!arrival)
      throw new Error('add the plugin `suite` and the engine `api` to the script: they plan the run');
    const run = await openWorkerRun();
    const { context } = run;
    const outcome = await run.session(arrival, role, 'browser', (account, id) =>
      runBrowserSession({
        page,
        account,
        plan: {
          id,
          name: arrival.scenario,
          role,
          via: 'browser',
          phase: arrival.phase,
          warmup: arrival.warmup,
          due: arrival.due,
          place: arrival.place?.number,
          until: arrival.phaseEnds,
          journeys: context.journeys,
          seed: context.seed,
        },
        journeys: journeysOf(role, context.mayChange, arrival.journeys),
        recorder: run.recorder,
        secrets,
        runDir: context.runDir,
        runId: context.runId,
        nameRequest,
        thinkTimes,
        thinkFactor: context.thinkFactor,
        throttle: environment.throttle,
        isApiElsewhere: isElsewhere({ url: context.baseUrl, apiUrl: context.apiUrl }),
        keep: context.artifacts,
        traced: run.isTraced(arrival.scenario),
        signal: run.signal,
        pace: run.pace,
        onStep: (name, ms, ok) => {
          if (ok) events.emit('histogram', `browser.step.${name}`, ms);
          else events.emit('counter', `browser.step_failed.${name}`, 1);
        },
      }),
    );
    if (!outcome.ok) throw failure(outcome.error ?? 'session failed');
  };
}

/** Artillery prints what is thrown, whole: the line is enough, the samples hold the rest. */
function failure(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}

export const admin = flowOf('admin');
export const coordinator = flowOf('coordinator');
export const faculty = flowOf('faculty');
export const resident = flowOf('resident');
export const visitor = flowOf('visitor');
