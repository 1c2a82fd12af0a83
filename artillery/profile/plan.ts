import type { PlannedPhase, PlannedScenario } from '../../measure/run/plan.ts';
import type { Phase } from './phase.ts';

/** Sessions under way when the last phase ends may take this long; then they are cut off. Longer where they wait to sign in. */
export const DRAIN_LIMIT_S = 120;

/** What a run will do: made in the main thread from the script and the environment, and handed to the worker. */
export interface Plan {
  profile: string;
  phases: PlannedPhase[];
  mix: PlannedScenario[];
  /** Phases as Artillery is to run them. */
  scaled: Phase[];
  /** Users at a time that the profile is made for, after `VUS`. */
  users: number;
  /** Seconds, all phases together. */
  duration: number;
  /** Seconds after which it is stopped, whatever it still has to do. Absent: when it is drained. */
  maxTime?: number;
  /** Seconds that sessions may take after the last phase. Absent: DRAIN_LIMIT_S. */
  drain?: number;
  /** Of arrivals that are drawn. */
  seed: number;
  /** What its steered phase searches for. */
  capacity?: CapacityPlan;
}

export interface Scale {
  /** Seconds of the whole profile; undefined: as it is written. */
  duration?: number;
  vus?: number;
  maxTime?: number;
  seed?: number;
  /** Address of the target where one is named: a profile's own `target` may be no other. */
  baseUrl?: string;
}

export interface CapacityPlan {
  /** One after the other; each has an equal share of the phase at most. */
  searches: SearchOptions[];
}

/** Search for the capacity of one scenario, or of several in a fixed mix. */
export interface SearchOptions {
  /** Also its name in the answer: of a mix, that of the mix. */
  scenario: string;
  /** Of a mix: scenario → its weight. */
  of?: Record<string, number>;
  /** Users to begin with, and the most to try. */
  from: number;
  most: number;
  /** How long a level is looked at, and how long users who have just come are left alone; ms. */
  hold: number;
  settle: number;
}
