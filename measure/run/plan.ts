/** What a run promises to do, as `run.json` has it. */
import type { Role, Via } from './samples.ts';

export interface PlannedPhase {
  name: string;
  /** Seconds. */
  duration: number;
  warmup?: boolean;
  /** Sessions that the phase promises to start, by scenario name. Those of looping users are not among them. */
  arrivals: Record<string, number>;
  /** How arrivals are spaced. Absent: evenly. */
  spacing?: 'poisson';
  /** Arrivals a second at its begin and at its end, where they are ramped. */
  rates?: [number, number];
  /** Concurrent users, by scenario name: as one's session ends, the next begins. Where they are ramped: at its begin. */
  users?: Record<string, number>;
  /** Where they are ramped: looping users at its end. */
  usersAtEnd?: Record<string, number>;
  /** How many loop follows what is measured: `users` is what it begins with. */
  steered?: true;
  /** A sudden rush: how long the target takes to recover from it is measured in the phase after it. */
  spike?: true;
  /** Of a run of several profiles: whose it is. Those of one profile follow one another, beside those of the others. */
  profile?: string;
}

/** A draw gives it with a chance of its weight, of all weights of its scenario. */
export interface PlannedJourney {
  name: string;
  weight: number;
}

export interface PlannedScenario {
  name: string;
  via: Via;
  role: Role;
  /** Its share of arrivals, 0–1; of a scenario whose users only loop: its share of the time of looping users. */
  share: number;
  /** Its users loop, and none arrives. */
  held?: true;
  /** What its sessions draw journeys from. Absent: an older suite. */
  journeys?: PlannedJourney[];
  /** Journeys of it that the environment does not allow, by what they change. Absent: none. */
  leftOut?: string[];
  /** Of a run of several profiles: whose it is; shares are of its own profile. */
  profile?: string;
}
