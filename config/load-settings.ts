/** The settings that shape a run's load or what each user costs, as a run keeps them: two runs that differ in one differ in their load. */
import type { CheckRateSetting } from './check-rate.ts';
import { type Environment, signInsPerMinute } from './environment.ts';
import type { Variables } from './variables.ts';

export interface LoadSettings {
  /** Users of the whole profile. Absent: as the profile says. */
  VUS?: number;
  /** Seconds. Absent: as the profile says. */
  DURATION?: number;
  /** Seconds. Absent: no limit. */
  MAX_TIME?: number;
  /** Journeys of a session. */
  JOURNEYS: number;
  /** Factor on think times. */
  THINK: number;
  /** How often each perf test runs. */
  REPEAT: number;
  /** Perf tests at once. Absent: one after the other. */
  WORKERS?: number;
  CONNECTIONS: Variables['CONNECTIONS'];
  /** Sign-ins a minute. Absent: they were not paced. */
  PACE_SIGN_INS?: number;
  HEADED: boolean;
  /** Absent: as the profile says. */
  BROWSER_PER_USER?: boolean;
  /** Failures of each distinct error that are kept with evidence. */
  ARTIFACTS: number;
  /** Share of the answers over HTTP that are compared with their schema. */
  CHECK_RATE: CheckRateSetting;
}

/** Named as the variables that set them. */
export function loadSettings(environment: Environment): LoadSettings {
  return {
    VUS: environment.vus,
    DURATION: environment.duration,
    MAX_TIME: environment.maxTime,
    JOURNEYS: environment.journeys,
    THINK: environment.think,
    REPEAT: environment.repeat,
    WORKERS: environment.workers === 1 ? undefined : environment.workers,
    CONNECTIONS: environment.connections,
    PACE_SIGN_INS: signInsPerMinute(environment),
    HEADED: environment.headed,
    BROWSER_PER_USER: environment.browserPerUser,
    ARTIFACTS: environment.artifacts,
    CHECK_RATE: environment.checkRate,
  };
}
