import type { PlannedScenario } from '../../measure/run/plan.ts';
import type { Role } from '../../measure/run/samples.ts';
import { spreadMix } from '../profile/mix.ts';
import type { Arrival, UserSlot } from './arrival.ts';

/** Users of one moment sign in this long after each other: hashing a password takes the target that long. */
const ONE_EACH_MS = 250;
/** They are all there after this time, and after this share of what is left of the phase. */
const ALL_WITHIN_MS = 10_000;
const ALL_WITHIN = 0.1;
/** A user who could not begin tries again after this time, whatever the think time. */
const AGAIN_AFTER_MS = 1000;
/** Whose session has not begun so long after its due time is missing; a later one is reported by its lateness. */
const MISSING_AFTER_MS = 5000;

export interface HoldOptions {
  warmup?: boolean;
  /** When the phase ends: no journey is begun after it; ms since the epoch. Default: that of the phase before. */
  ends?: number;
}

type Start = (start: Omit<Arrival, 'number' | 'journeys' | 'ends'>) => void;

/**
 * Holds users: each scenario has as many places as it was last asked to have. In each, sessions follow one another with think
 * time between them; a place that is let go finishes its session. The code that steers a load calls `hold`.
 */
export class HeldUsers {
  readonly #mix: readonly PlannedScenario[];
  readonly #start: Start;
  readonly #places = new Set<HeldSlot>();
  #think: (role: Role, place: number) => number = () => 0;
  #phase: { name: string; warmup?: boolean; ends: number } = { name: '', ends: 0 };
  #count = 0;
  #started = 0;
  #stopped = false;

  constructor(mix: readonly PlannedScenario[], start: Start) {
    this.#mix = mix;
    this.#start = start;
  }

  /** @param think time between two sessions of a user of this role and place, ms */
  thinkBy(think: (role: Role, place: number) => number): void {
    this.#think = think;
  }

  /**
   * From now on holds this many of each scenario (not named: none), and their samples stand under this phase. Users who are
   * there stay; new ones come within a moment, those who are too many leave at the end of their session.
   */
  hold(users: Readonly<Record<string, number>>, phaseName: string, options: HoldOptions = {}): void {
    const { warmup, ends = this.#phase.ends } = options;
    this.#phase = { name: phaseName, warmup, ends };
    const lacking = this.#mix.map(({ name }) => this.#fit(name, users[name] ?? 0));
    const order = spreadMix(
      lacking,
      this.#mix.map(({ via }) => via),
    );
    const now = Date.now();
    const within = Math.min(ALL_WITHIN_MS, Math.max(0, ends - now) * ALL_WITHIN, order.length * ONE_EACH_MS);
    for (const [index, which] of order.entries()) {
      const { name, role } = this.#mix[which] as PlannedScenario;
      this.#count += 1;
      const place: HeldSlot = new HeldSlot(this.#count, name, role, {
        begin: (due) => this.#begin(place, due),
        think: () => this.#think(role, place.number),
        left: () => this.#places.delete(place),
      });
      this.#places.add(place);
      place.comeAt(now + (index * within) / order.length);
    }
  }

  /** Lets go who is too many of a scenario. Gives how many it lacks. */
  #fit(scenario: string, wanted: number): number {
    const all = [...this.#places].filter((place) => place.scenario === scenario);
    const staying = all.filter(({ isLeaving }) => !isLeaving);
    const surplus = staying.length - wanted;
    if (surplus > 0) {
      const idleFirst = [...staying].reverse().sort((a, b) => Number(a.isBusy) - Number(b.isBusy));
      for (const place of idleFirst.slice(0, surplus)) place.letGo();
      return 0;
    }
    const back = all.filter(({ isLeaving }) => isLeaving).slice(0, -surplus);
    for (const place of back) place.keep();
    return -surplus - back.length;
  }

  #begin(place: HeldSlot, due: number): void {
    if (this.#stopped) return;
    this.#started += 1;
    const { name: phase, warmup, ends: phaseEnds } = this.#phase;
    this.#start({ scenario: place.scenario, phase, warmup, due, phaseEnds, place });
  }

  /** Sessions of looping users whose time has come by then. @param t ms since the epoch */
  dueBy(t: number): number {
    return this.#started + [...this.#places].filter(({ due }) => due !== undefined && due <= t).length;
  }

  /** Users to be there now, and those of them who could not begin. @param t ms since the epoch */
  presence(t: number): { held: number; missing: number } {
    const staying = [...this.#places].filter((place) => !place.isLeaving && place.firstDue <= t);
    return { held: staying.length, missing: staying.filter((place) => place.isMissing(t)).length };
  }

  /** Users who are let go and still at their last session. */
  get leaving(): number {
    return [...this.#places].filter(({ isLeaving }) => isLeaving).length;
  }

  /** No more sessions begin. */
  stop(): void {
    this.#stopped = true;
    for (const place of this.#places) place.letGo();
  }
}

interface Means {
  begin(due: number): void;
  /** Time until its next session, ms. */
  think(): number;
  left(): void;
}

class HeldSlot implements UserSlot {
  readonly number: number;
  readonly scenario: string;
  readonly role: Role;
  readonly #means: Means;
  #timer: NodeJS.Timeout | undefined;
  /** When its latest session was due, ms since the epoch, and whether that has begun. */
  #latestDue = 0;
  #hasBegun = false;
  #couldNotBegin = false;
  firstDue = 0;
  /** When its next session starts, ms since the epoch; undefined: one is under way. */
  due: number | undefined;
  isLeaving = false;

  constructor(number: number, scenario: string, role: Role, means: Means) {
    this.number = number;
    this.scenario = scenario;
    this.role = role;
    this.#means = means;
  }

  get isBusy(): boolean {
    return this.due === undefined;
  }

  isMissing(t: number): boolean {
    return this.#couldNotBegin || (this.isBusy && !this.#hasBegun && t > this.#latestDue + MISSING_AFTER_MS);
  }

  comeAt(due: number): void {
    this.firstDue ||= due;
    this.due = due;
    this.#timer = setTimeout(
      () => {
        this.due = undefined;
        this.#latestDue = due;
        this.#hasBegun = false;
        this.#means.begin(due);
      },
      Math.max(0, Math.ceil(due - Date.now())),
    );
  }

  began(): void {
    this.#hasBegun = true;
    this.#couldNotBegin = false;
  }

  ended(how: 'done' | 'could not begin'): void {
    this.#couldNotBegin = how === 'could not begin';
    if (this.isLeaving) {
      this.#means.left();
      return;
    }
    const pause = this.#means.think();
    this.comeAt(Date.now() + (this.#couldNotBegin ? Math.max(pause, AGAIN_AFTER_MS) : pause));
  }

  letGo(): void {
    this.isLeaving = true;
    if (this.isBusy) return;
    clearTimeout(this.#timer);
    this.#means.left();
  }

  keep(): void {
    this.isLeaving = false;
  }
}
