import type { Moment } from '../browser/page-clock.ts';
import type { PageObserver } from '../browser/page-observer.ts';
import { type Came, StepClock } from '../browser/step-clock.ts';
import { factsOf } from '../errors/classified-error.ts';
import { firstLine } from '../errors/foreign-texts.ts';
import { Evidence } from '../evidence/evidence.ts';
import type { EvidenceOptions } from '../evidence/reserve-artifact.ts';
import type { SessionTrace } from '../evidence/session-trace.ts';
import type { Sample } from '../run/samples.ts';
import { noteBegun, noteEnded } from '../run/under-way.ts';
import { Interruption, isInterruption, orInterrupted, StepFailure } from './failure.ts';

/** Runs one named part of a journey and writes its sample. Gives what the work gives. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export interface StepsOptions extends EvidenceOptions {
  write(sample: Sample): void;
  observer: PageObserver;
  /** Absent: the session is not traced, or by the runner. */
  trace?: SessionTrace;
  /** Aborted when the run is being ended: what is under way then is interrupted, not failed. */
  signal?: AbortSignal;
  /** Wraps each step, e.g. to name it in the runner's own report and trace. */
  around?<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Called with each finished step, e.g. to feed a runner's own counters. */
  onStep?(name: string, ms: number, ok: boolean): void;
  /** Called with each failed check, in one line that begins with its name. */
  onFailedCheck?(what: string): void;
}

/** The step being run right now: page objects tell it what they waited for. */
export class Steps {
  readonly evidence: Evidence;
  readonly #options: StepsOptions;
  #clock: StepClock | undefined;
  #journey: string | undefined;
  #last: string | undefined;
  /** Evidence of failed checks being taken. */
  #checking: Promise<void> | undefined;

  constructor(options: StepsOptions) {
    this.#options = options;
    const { observer, runDir, session, secrets, keep, trace } = options;
    this.evidence = new Evidence({ page: observer.page, runDir, session, secrets, keep, trace });
  }

  set journey(name: string | undefined) {
    this.#journey = name;
    this.#last = undefined;
    this.#options.observer.journey = name;
  }

  /**
   * Takes what ended a journey, and gives it. What failed between two steps is written as a failed step of its own,
   * named after the one before it, and with evidence: no failure may be without a place.
   */
  async failed(cause: unknown): Promise<unknown> {
    if (cause instanceof StepFailure || isInterruption(cause)) return cause;
    const name = this.#last ? `after "${this.#last}"` : 'before the first step';
    return this.step(name, () => Promise.reject(cause)).catch((failure: unknown) => failure);
  }

  /**
   * Writes whether something is as it should be. The evidence of what is not is taken at once; the next step, and the end of
   * the journey (`checked`), wait for it.
   */
  check(name: string, ok: boolean, error?: string): void {
    const { observer, write, onFailedCheck } = this.#options;
    const about = {
      t: Date.now(),
      kind: 'check' as const,
      name,
      journey: this.#journey,
      page: observer.views.current?.page,
    };
    if (ok) {
      write({ ...about, ok });
      return;
    }
    onFailedCheck?.(error === undefined ? name : `${name}: ${error}`);
    const failure = { error: error ?? '', errorKind: 'check' as const };
    this.#checking = Promise.all([this.evidence.take(name, failure), this.#checking])
      .catch(() => [{}])
      .then(([files]) => write({ ...about, ok, error, errorKind: 'check', ...files }));
  }

  /** Failed checks are written, with their evidence. */
  async checked(): Promise<void> {
    await this.#checking;
    this.#checking = undefined;
  }

  /** For page objects: an awaited thing came. */
  noteAppeared(came: Came): void {
    this.#clock?.noteAppeared(came);
  }

  /** The first input of the user in this step since a moment of the driver's clock. */
  firstInput(since: number): Moment | undefined {
    return this.#clock?.firstInput(since);
  }

  step: Step = async (name, work) => {
    const { observer, signal, write, around } = this.#options;
    if (signal?.aborted) throw new Interruption();
    if (this.#clock) throw new Error(`step "${name}" was begun inside another step`);
    if (this.#checking) await this.checked();
    const clock = new StepClock();
    const before = observer.views.current;
    this.#clock = clock;
    this.#last = name;
    observer.beginStep(name, clock);
    const mark = noteBegun({ kind: 'step', name, begun: Date.now(), warmup: observer.isWarmup });
    let failure: unknown;
    let result: Awaited<ReturnType<typeof work>> | undefined;
    try {
      const run = () => (signal ? orInterrupted(work(), signal) : work());
      result = await (around ? around(name, run) : run());
    } catch (error) {
      failure = error;
    }
    noteEnded(mark);
    const { value, ...ended } = failure === undefined ? clock.read() : clock.tried();
    const view = observer.views.current;
    this.#clock = undefined;
    observer.endStep();
    const about = {
      t: Date.now(),
      kind: 'step' as const,
      name,
      journey: this.#journey,
      value,
      unit: 'ms' as const,
      page: view?.page,
      // Only the step that brought a page for the first time had to load its parts.
      cold: (view !== before && view?.cold) || undefined,
    };
    if (failure === undefined) {
      write({ ...about, ok: true, ...ended });
      this.#options.onStep?.(name, value, true);
      if (view !== before) await observer.painted();
      return result as Awaited<ReturnType<typeof work>>;
    }
    if (signal?.aborted || isInterruption(failure)) {
      write({ ...about, value: Date.now() - mark.begun, ok: false, interrupted: true });
      throw new Interruption();
    }
    const error = firstLine(failure).slice(0, 500);
    const facts = factsOf(failure);
    write({ ...about, ok: false, error, ...facts, ...(await this.evidence.take(name, { error, ...facts })) });
    this.#options.onStep?.(name, value, false);
    throw new StepFailure(name, failure);
  };
}
