/** One session that is to start now. */
export interface Arrival {
  /** 1, 2, 3, … in the run. */
  number: number;
  scenario: string;
  /** Names of the journeys to draw from; absent: all of the role. */
  journeys?: readonly string[];
  phase: string;
  warmup?: boolean;
  /** When it was planned to start, when its phase ends, and when the run cuts it off; ms since the epoch. */
  due: number;
  phaseEnds: number;
  ends: number;
  /** Of a looping user: its place, which hears how the session goes. */
  place?: UserSlot;
}

/** One looping user: its sessions follow one another. */
export interface UserSlot {
  /** 1, 2, 3, … in the run. */
  readonly number: number;
  /** Its session has begun. */
  began(): void;
  /** It has ended; or could not begin. */
  ended(how: 'done' | 'could not begin'): void;
}
