/** Artillery engine `api`: HTTP sessions of one role, run in a thread of their own (api/worker/thread.ts). */
import type { Account } from '../../fixtures/accounts.ts';
import type { Role } from '../../measure/run/samples.ts';
import type { ScenarioEvents } from '../artillery.ts';
import { roleOf, type Scenario, type Script } from '../profile/script.ts';
import type { Arrival } from './arrival.ts';
import { plannedArrivals } from './arrivals.ts';
import { reportRequests } from './report-requests.ts';
import { refuseWithoutPlan } from './without-plan.ts';
import { openWorkerRun, type WorkerRun } from './worker-run.ts';

interface Emitter {
  on(name: 'phaseStarted', listener: (phase: { index: number; startTime: number }) => void): unknown;
}

export interface ScenarioContext {
  vars: { arrival?: Arrival; [name: string]: unknown };
}

export default class HttpEngine {
  readonly #script: Script;
  #run: WorkerRun | undefined;
  #events: ScenarioEvents | undefined;

  constructor(script: Script, events: Emitter) {
    this.#script = script;
    refuseWithoutPlan();
    const arrivals = plannedArrivals();
    events.on('phaseStarted', ({ index, startTime }) => {
      arrivals.phaseStarted(index, startTime);
      this.#run?.steering?.phaseStarted(index, startTime);
    });
    // Artillery copies config.variables into each user's context right after it has drawn the scenario.
    Object.defineProperty(script.config.variables, 'arrival', {
      enumerable: true,
      get: () => arrivals.current,
    });
  }

  /** Artillery waits for it before the first phase: the target is open when it ends. */
  async init(): Promise<void> {
    this.#run = await openWorkerRun();
    const { contextOptions } = this.#script.config.engines?.playwright ?? {};
    if (contextOptions) Object.assign(contextOptions, { baseURL: this.#run.context.baseUrl });
    this.#run.http.onRequests((requests) => {
      if (this.#events) reportRequests(this.#events, requests);
    });
  }

  createScenario(scenario: Scenario, events: ScenarioEvents) {
    this.#events = events;
    const role = roleOf(scenario) as Role;
    return (
      context: ScenarioContext,
      done: (error: Error | null, context: ScenarioContext) => void,
    ): void => {
      events.emit('started');
      this.#session(scenario, role, context.vars.arrival as Arrival).then(
        ({ ok, error }) => {
          if (!ok) events.emit('error', error ?? 'session failed');
          done(ok ? null : new Error(error), context);
        },
        (error: Error) => {
          events.emit('error', error.message);
          done(error, context);
        },
      );
    };
  }

  #session(scenario: Scenario, role: Role, arrival: Arrival) {
    const run = this.#run as WorkerRun;
    return run.session(arrival, role, 'http', (account, id) =>
      run.http.run(
        {
          id,
          name: scenario.name as string,
          role,
          via: 'http',
          phase: arrival.phase,
          warmup: arrival.warmup,
          due: arrival.due,
          place: arrival.place?.number,
          until: arrival.phaseEnds,
          ends: arrival.ends,
          journeys: scenario.perSession ?? run.context.journeys,
          only: scenario.journeys,
          seed: run.context.seed,
        },
        account as Account,
      ),
    );
  }
}
