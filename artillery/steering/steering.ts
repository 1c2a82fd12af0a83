/** Feedback: what is measured decides how the run goes on. Lives in the thread that starts the users. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Threshold } from '../../config/thresholds.ts';
import type { RunEvent } from '../../measure/run/events.ts';
import type { RunEndedEarly } from '../../measure/run/findings.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { Sample } from '../../measure/run/samples.ts';
import type { CapacityPlan } from '../profile/plan.ts';
import { type Means, searchCapacity } from './capacity-run.ts';
import { ended, endedBy, endedByBreaking, endedByGenerator } from './ending.ts';
import { ALL_TOLD_MS, comingTime, judgeLevel } from './level.ts';
import { failedFor } from './limit-watch.ts';
import type { LiveFigures } from './live-figures.ts';

const LOOK_EVERY_MS = 1000;
/** When a search is over, its users may take so long to come to the end of what they do. */
const GONE_WITHIN_MS = 30_000;

/** Who holds the users (artillery/engine/concurrent-users.ts). */
export interface Holder {
  hold(users: Record<string, number>, phaseName: string): void;
  presence(t: number): { held: number; missing: number };
  /** Users who are let go and still at their last session. */
  readonly leaving: number;
}

export interface SteeringParts {
  phases: readonly PlannedPhase[];
  capacity?: CapacityPlan;
  thresholds: readonly Threshold[];
  figures: LiveFigures;
  holder: Holder;
  write(sample: Sample): void;
  /** Ends the run; called once. */
  end(why: RunEndedEarly): void;
  signal: AbortSignal;
}

/** Watches limits, judges levels and searches; ends the run when one of them says so. */
export class Steering {
  readonly #parts: SteeringParts;
  readonly #breaking: Threshold[];
  readonly #aborting: Threshold[];
  #watchedSince: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hasEnded = false;
  #isFinishing = false;
  #underWay: { ends: number; work: Promise<void> } | undefined;

  constructor(parts: SteeringParts) {
    this.#parts = parts;
    this.#breaking = parts.thresholds.filter(({ breaking }) => breaking);
    this.#aborting = parts.thresholds.filter(({ abortAfter }) => abortAfter !== undefined);
    parts.signal.addEventListener('abort', () => this.stop(), { once: true });
  }

  /** Artillery has started a phase. @param started ms since the epoch */
  phaseStarted(index: number, started: number): void {
    const phase = this.#parts.phases[index];
    if (!phase || this.#hasEnded) return;
    if (!phase.warmup && this.#watchedSince === undefined) this.#watchFrom(started);
    const work = phase.steered ? this.#search(phase, started) : this.#step(phase, started);
    this.#underWay = {
      ends: started + phase.duration * 1000,
      work: work.catch((error: Error) => {
        // Waits are broken off when the run ends; anything else is a bug, and the run's own end would hide it.
        if (!this.#parts.signal.aborted) throw error;
      }),
    };
  }

  /** The run has come to its end: the last level is judged yet, where its time is over. Await it before the signal. */
  async finish(): Promise<void> {
    const last = this.#underWay;
    this.#isFinishing = true;
    if (last && Date.now() >= last.ends && !this.#hasEnded) await last.work;
  }

  stop(): void {
    this.#hasEnded = true;
    clearInterval(this.#timer);
  }

  #watchFrom(started: number): void {
    this.#watchedSince = started;
    if (this.#aborting.length === 0) return;
    this.#timer = setInterval(() => {
      const now = Date.now() - ALL_TOLD_MS;
      const broken = failedFor(this.#parts.figures, this.#aborting, now, started);
      if (broken) this.#end(endedBy(broken));
    }, LOOK_EVERY_MS).unref();
  }

  /** A phase in which the number of users stays the same is a level. */
  async #step(phase: PlannedPhase, started: number): Promise<void> {
    const { users, usersAtEnd, warmup, duration, name } = phase;
    if (!users || usersAtEnd || warmup) return;
    const ms = duration * 1000;
    const [from, to] = [started + comingTime(ms), started + ms];
    await this.#wait(to - Date.now() + ALL_TOLD_MS);
    const { load: _load, ...data } = judgeLevel(this.#parts.figures, this.#breaking, users, { from, to });
    if (this.#hasEnded) return;
    this.#write({ name: 'level-ended', data }, name);
    if (data.ok === false) this.#end(endedByBreaking(name, data));
    else if (data.generator) this.#end(endedByGenerator(name, data.generator));
  }

  async #search(phase: PlannedPhase, started: number): Promise<void> {
    const { capacity } = this.#parts;
    if (!capacity) return;
    const phaseEnds = started + phase.duration * 1000;
    let levels = 0;
    for (const [index, search] of capacity.searches.entries()) {
      const left = capacity.searches.length - index;
      const deadline = Date.now() + (phaseEnds - Date.now()) / left;
      const found = await searchCapacity(search, this.#means(), deadline, levels + 1);
      levels += found.levels;
      this.#write({ name: 'search-ended', data: found.ended });
      // Users of the next one need their accounts.
      await this.#lettingAllGo();
    }
    this.#end(ended('search', 'the search for capacity was over'));
  }

  #means(): Means {
    const { holder, figures } = this.#parts;
    return {
      hold: (users, level) => {
        holder.hold(users, level);
        console.log(`${level}`);
      },
      presence: () => ({ ...holder.presence(Date.now()), leaving: holder.leaving }),
      wait: (ms) => this.#wait(ms),
      now: () => Date.now(),
      judge: (users, span) => judgeLevel(figures, this.#breaking, users, span),
      tell: (level, { load: _load, ...data }) => this.#write({ name: 'level-ended', data }, level),
    };
  }

  async #lettingAllGo(): Promise<void> {
    const { holder } = this.#parts;
    holder.hold({}, 'after the search');
    const until = Date.now() + GONE_WITHIN_MS;
    while (holder.leaving > 0 && Date.now() < until) await this.#wait(LOOK_EVERY_MS / 10);
  }

  /** @throws when the run is being stopped */
  async #wait(ms: number): Promise<void> {
    await delay(Math.max(0, ms), undefined, { signal: this.#parts.signal });
  }

  #write(event: RunEvent<'level-ended' | 'search-ended'>, phase?: string): void {
    this.#parts.write({ t: Date.now(), kind: 'event', ...event, phase });
  }

  #end(why: RunEndedEarly): void {
    if (this.#hasEnded) return;
    this.stop();
    if (!this.#isFinishing) this.#parts.end(why);
  }
}
