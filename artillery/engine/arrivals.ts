import type { PlannedPhase } from '../../measure/run/run-json.ts';
import { arrivalOrder, type Plan } from '../plugin/plan.ts';
import type { Scenario } from '../plugin/script.ts';

/** One session that is to start now. */
export interface Arrival {
  /** 1, 2, 3, … in the run. */
  number: number;
  scenario: string;
  /** Names of the journeys to draw from; absent: all of the role. */
  journeys?: readonly string[];
  phase: string;
  warmup?: boolean;
  /** When it was planned to start, and when its phase ends; ms since the epoch. */
  due: number;
  phaseEnds: number;
}

interface Lodash {
  random: (...args: number[]) => number;
}

/**
 * Decides which scenario each arrival starts. Artillery draws `lodash.random(0, Σ weight · 100 − 1)` at each
 * arrival, in this thread, and takes the scenario whose stretch of numbers holds it
 * (artillery 2.0.34, lib/core/weighted-pick.ts): answering that one call makes the mix exact in place of random,
 * and lets a phase name its own scenarios. tests/artillery/mix.test.ts holds this against the real Artillery.
 */
class Arrivals {
  readonly #plan: Plan;
  readonly #firstNumber = new Map<string, number>();
  readonly #journeys = new Map<string, readonly string[] | undefined>();
  readonly #last: number;
  #phase: PlannedPhase | undefined;
  #phaseStart = 0;
  #inPhase = 0;
  /** Planned in the phases before this one. */
  #before = 0;
  #order: string[] = [];
  #count = 0;
  current: Arrival | undefined;

  constructor(plan: Plan, scenarios: readonly Scenario[], lodash: Lodash) {
    this.#plan = plan;
    let from = 0;
    for (const scenario of scenarios) {
      this.#firstNumber.set(scenario.name as string, from);
      this.#journeys.set(scenario.name as string, scenario.journeys);
      from += (scenario.weight ?? 1) * 100;
    }
    this.#last = from - 1;
    const draw = lodash.random.bind(lodash);
    lodash.random = (...args) => {
      const [low, high] = args;
      return low === 0 && high === this.#last && args.length === 2 ? this.#arrive() : draw(...args);
    };
  }

  phaseStarted(index: number, startTime: number): void {
    this.#before = this.#plan.phases
      .slice(0, index)
      .reduce((sum, { arrivals }) => sum + countOf(arrivals), 0);
    this.#phase = this.#plan.phases[index];
    this.#phaseStart = startTime;
    this.#inPhase = 0;
    this.#order = this.#phase ? arrivalOrder(this.#phase, this.#plan.mix) : [];
  }

  /** Arrivals whose time has come by then, those of earlier phases too. @param t ms since the epoch */
  dueBy(t: number): number {
    if (!this.#phase) return this.#before;
    const part = (t - this.#phaseStart) / (this.#phase.duration * 1000);
    return this.#before + Math.floor(Math.min(Math.max(part, 0), 1) * this.#order.length);
  }

  #arrive(): number {
    if (!this.#phase) throw new Error('an arrival before its phase');
    const { name, duration, warmup } = this.#phase;
    const planned = this.#order.length;
    // Artillery's rounding of the interval may add one to thousands: the order then begins anew.
    const scenario = this.#order[this.#inPhase % planned] as string;
    this.#count += 1;
    this.#inPhase += 1;
    this.current = {
      number: this.#count,
      scenario,
      journeys: this.#journeys.get(scenario),
      phase: name,
      warmup,
      // Artillery's uniform process starts one at the end of each of its equal intervals (arrivals/lib).
      due: this.#phaseStart + (this.#inPhase * duration * 1000) / planned,
      phaseEnds: this.#phaseStart + duration * 1000,
    };
    return this.#firstNumber.get(scenario) as number;
  }
}

function countOf(arrivals: PlannedPhase['arrivals']): number {
  return Object.values(arrivals).reduce((sum, count) => sum + count, 0);
}

let arrivals: Arrivals | undefined;

export function planRun(plan: Plan, scenarios: readonly Scenario[], lodash: Lodash): void {
  arrivals = new Arrivals(plan, scenarios, lodash);
}

/** The run's arrivals in this thread. Throws when the plugin `suite` has not planned them. */
export function plannedArrivals(): Arrivals {
  if (!arrivals) throw new Error('add the plugin `suite` to config.plugins: it plans the run');
  return arrivals;
}
