import type { PlannedPhase } from '../../measure/run/plan.ts';
import { arrivalTimes } from '../profile/arrival-times.ts';
import { heldPlan } from '../profile/concurrent-plan.ts';
import { deadlineOf } from '../profile/deadline.ts';
import type { Plan } from '../profile/plan.ts';
import { arrivalOrder } from '../profile/plan-of.ts';
import type { Scenario } from '../profile/script.ts';
import type { Arrival } from './arrival.ts';
import { ArrivalProcess, type ArrivalsLibrary, replaceProcesses } from './arrival-process.ts';
import { HeldUsers } from './concurrent-users.ts';

interface Lodash {
  random: (...args: number[]) => number;
}

/** The parts of Artillery that decide who starts and when. */
export interface ArtilleryParts {
  lodash: Lodash;
  arrivals: ArrivalsLibrary;
}

/**
 * Decides which scenario each arrival starts, and when. Artillery draws `lodash.random(0, Σ weight · 100 − 1)` at each
 * arrival, in this thread, and takes the scenario whose stretch of numbers holds it
 * (artillery 2.0.34, lib/core/weighted-pick.ts): answering that one call makes the mix exact instead of random,
 * and lets a phase name its own scenarios. Looping users' sessions are arrivals too: Artillery starts and counts them.
 * tests/artillery/arrival-process.test.ts holds this against the real Artillery.
 */
class Arrivals {
  readonly held: HeldUsers;
  readonly #plan: Plan;
  readonly #firstNumber = new Map<string, number>();
  readonly #journeys = new Map<string, readonly string[] | undefined>();
  #phase: PlannedPhase | undefined;
  #index = -1;
  #phaseStart = 0;
  /** When the run cuts sessions off; ms since the epoch. */
  #ends = 0;
  /** Planned in the phases before this one. */
  #before = 0;
  /** Of this phase, ms from its begin. */
  #times: number[] = [];
  #process: ArrivalProcess | undefined;
  #count = 0;
  /** Artillery is being asked to start it. */
  #starting = false;
  current: Arrival | undefined;

  constructor(plan: Plan, scenarios: readonly Scenario[], { lodash, arrivals }: ArtilleryParts) {
    this.#plan = plan;
    let from = 0;
    for (const scenario of scenarios) {
      this.#firstNumber.set(scenario.name as string, from);
      this.#journeys.set(scenario.name as string, scenario.journeys);
      from += (scenario.weight ?? 1) * 100;
    }
    const last = from - 1;
    const draw = lodash.random.bind(lodash);
    lodash.random = (...args) => {
      const [low, high] = args;
      if (!this.#starting || low !== 0 || high !== last || args.length !== 2) return draw(...args);
      this.#starting = false;
      return this.#firstNumber.get(this.current?.scenario as string) as number;
    };
    replaceProcesses(arrivals, () => this.#processOfPhase());
    this.held = new HeldUsers(plan.mix, (start) => this.#arrive(start));
  }

  phaseStarted(index: number, startTime: number): void {
    this.#before += this.#times.length;
    this.#phase = this.#plan.phases[index];
    this.#index = index;
    this.#phaseStart = startTime;
    this.#ends ||= startTime + deadlineOf(this.#plan).seconds * 1000;
    this.#times = this.#phase ? arrivalTimes(this.#phase, `${this.#plan.seed} ${index}`) : [];
    if (!this.#phase) return;
    const { name, duration, warmup, users = {} } = this.#phase;
    this.held.hold(users, name, { warmup, ends: startTime + duration * 1000 });
  }

  /** Sessions whose time has come by then, those of earlier phases too. @param t ms since the epoch */
  dueBy(t: number): number {
    const since = t - this.#phaseStart;
    return this.#before + this.#times.filter((time) => time <= since).length + this.held.dueBy(t);
  }

  /** What happens in the phase that Artillery has just started. */
  #processOfPhase(): ArrivalProcess {
    const phase = this.#phase;
    if (!phase) throw new Error('an arrival process before its phase');
    const { name, duration, warmup } = phase;
    const begun = this.#phaseStart;
    const phaseEnds = begun + duration * 1000;
    const order = arrivalOrder(phase, this.#plan.mix);
    const moments = this.#times.map((ms, index) => ({
      ms,
      happen: () =>
        this.#arrive({ scenario: order[index] as string, phase: name, warmup, due: begun + ms, phaseEnds }),
    }));
    const changes = heldPlan(phase, this.#plan.mix).slice(1);
    const ramp = changes.map(({ ms, users }) => ({
      ms,
      happen: () => this.held.hold(users, name, { warmup, ends: phaseEnds }),
    }));
    const isLast = this.#index === this.#plan.phases.length - 1;
    this.#process = new ArrivalProcess([...moments, ...ramp], duration * 1000, () => {
      if (isLast) this.held.hold({}, name);
    });
    return this.#process;
  }

  #arrive(start: Omit<Arrival, 'number' | 'journeys' | 'ends'>): void {
    this.#count += 1;
    const journeys = this.#journeys.get(start.scenario);
    this.current = { number: this.#count, journeys, ends: this.#ends, ...start };
    this.#starting = true;
    this.#process?.arrive();
    if (this.#starting)
      throw new Error('Artillery does not draw scenarios as 2.0.34 does: the mix would be another');
  }
}

let arrivals: Arrivals | undefined;

export function planRun(plan: Plan, scenarios: readonly Scenario[], artillery: ArtilleryParts): void {
  arrivals = new Arrivals(plan, scenarios, artillery);
}

export function isPlanned(): boolean {
  return arrivals !== undefined;
}

/** The run's arrivals in this thread. Throws when the plugin `suite` has not planned them. */
export function plannedArrivals(): Arrivals {
  if (!arrivals) throw new Error('add the plugin `suite` to config.plugins: it plans the run');
  return arrivals;
}

/** Which users loop in this thread, and how many: may change while the run goes on. */
export function heldUsers(): HeldUsers {
  return plannedArrivals().held;
}
