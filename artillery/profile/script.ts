import type { Role, Via } from '../../measure/run/samples.ts';
import type { Phase } from './phase.ts';
import type { Plan } from './plan.ts';

/** The parts of an Artillery script that the suite reads or sets. Fields marked "ours" are not Artillery's. */
export interface Script {
  config: {
    target?: string;
    plugins?: { suite?: SuiteOptions };
    phases?: Phase[];
    variables?: Record<string, unknown>;
    engines?: {
      playwright?: {
        launchOptions?: { args?: string[]; [key: string]: unknown };
        contextOptions?: object;
        [key: string]: unknown;
      };
      api?: object;
    };
    [key: string]: unknown;
  };
  scenarios?: Scenario[];
}

/** Options of the plugin `suite`. */
export interface SuiteOptions {
  /** Name of the profile: in the run directory's name and for its thresholds. */
  profile?: string;
  /** Concurrent users that the profile is made for; `VUS` scales arrivals and concurrent users by its ratio to this. */
  users?: number;
  /** Seconds or a text such as `20m`: the run is stopped then, whatever it still has to do. `MAX_TIME` goes before it. */
  maxTime?: number | string;
  /** A search for capacity, which its phase marked `steered` is for: artillery/profile/capacity-plan.ts. */
  capacity?: unknown;
  /** The main thread's plan, for the worker; no profile says it. */
  plan?: Plan;
}

export interface Scenario {
  name?: string;
  engine?: string;
  weight?: number;
  /** Browser: the processor's function. HTTP: the role. */
  flowFunction?: string;
  /** Ours: names of the journeys to draw from. Default: all of the role. */
  journeys?: string[];
  /** Ours, over HTTP: journeys that a session makes, instead of `JOURNEYS`; many, where signing in is not to be measured. */
  perSession?: number;
}

const ROLE_OF: Record<string, Role> = {
  admin: 'admin',
  coordinator: 'coordinator',
  faculty: 'faculty',
  resident: 'resident',
  visitor: 'visitor',
};

export function roleOf(scenario: Scenario): Role | undefined {
  return ROLE_OF[scenario.flowFunction ?? ''];
}

export function viaOf(scenario: Scenario): Via {
  return scenario.engine === 'playwright' ? 'browser' : 'http';
}
