import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, readEnvironment, setProcessEnv } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { guarded } from '../../config/production-guard.ts';
import { endDescendants } from '../../measure/health/machine/end-descendants.ts';
import { Recorder } from '../../measure/run/recorder.ts';
import { type ArtilleryGlobal, type EventSource, handOver } from '../artillery.ts';
import type { Message, RunContext } from '../channel.ts';
import type { FromPart, ToPart } from '../parts/messages.ts';
import { planJourneys } from '../profile/check-script.ts';
import { deadlineOf } from '../profile/deadline.ts';
import { crossingScenarios } from '../profile/limits-needed.ts';
import { nameForPart } from '../profile/name-for-part.ts';
import { pacedPlan } from '../profile/pace.ts';
import { phaseLine } from '../profile/phase-line.ts';
import type { Plan } from '../profile/plan.ts';
import type { Script } from '../profile/script.ts';
import { leave } from './leave.ts';
import { WorkerThread } from './worker-thread.ts';

const ALIVE_EVERY_MS = 1000;

/**
 * One profile of a run of several, from its Artillery's main thread. The process that makes the run (parallel-run.ts) opens
 * and watches the target, hands out accounts and concludes; this one says its plan, runs it when asked, and writes into
 * the run's directory.
 */
export class ProfileProcess {
  readonly #artillery: ArtilleryGlobal;
  readonly #environment: Environment;
  readonly #script: Script;
  readonly #plan: Plan;
  readonly #note: string | undefined;
  readonly #worker: WorkerThread;
  #context: RunContext | undefined;
  #recorder: Recorder | undefined;
  #report: unknown;

  constructor(script: Script, events: EventSource, artillery: ArtilleryGlobal) {
    if (!process.send)
      throw new ConfigError('PART_OF_RUN: `npx loadtest run` sets it for its own processes; unset it');
    this.#artillery = artillery;
    setProcessEnv({ ARTILLERY_DISABLE_TELEMETRY: 'true' });
    this.#environment = readEnvironment();
    nameForPart(script);
    this.#script = script;
    const { plan, note } = pacedPlan(script, this.#environment);
    this.#plan = plan;
    this.#note = note;
    handOver(this.#plan, artillery);
    this.#worker = new WorkerThread((message) => this.#hear(message));
    artillery.ext({ ext: 'beforeExit', method: (event) => this.#end(event) });
    events.on('phaseStarted', ({ index }) => this.#phaseStarted(index ?? -1));
    events.on('done', (report) => {
      this.#report = report;
    });
    process.on('message', (message) => this.#obey(message as ToPart));
    // Nobody is left to conclude the run.
    process.on('disconnect', () => this.#stopAtOnce());
    setInterval(() => this.#tell({ type: 'alive' }), ALIVE_EVERY_MS).unref();
    this.#prepare().catch((error) => leave(error, this.#worker));
  }

  async #prepare(): Promise<void> {
    const { mayChange } = await guarded(this.#environment);
    await planJourneys(this.#script, this.#plan, mayChange);
    const crossing = await crossingScenarios(this.#script.scenarios);
    const crossesLimits = crossing.length > 0;
    this.#tell({ type: 'planned', plan: this.#plan, crossesLimits, note: this.#note });
  }

  #obey(message: ToPart): void {
    if (message.type === 'run') {
      this.#context = message.context;
      this.#recorder = new Recorder(message.context.runDir, {
        onTrouble: (why) => this.#tell({ type: 'recording failed', why }),
      });
      this.#worker.tell({ type: 'run', context: message.context });
    } else if (message.type === 'stop at once') void this.#stopAtOnce();
    else if (this.#context) void this.#artillery.shutdown?.({ earlyStop: true, exitCode: 0 });
    else void this.#worker.up().then(() => process.exit(0));
  }

  #hear(message: Message): void {
    if (message.type === 'context-request' && this.#context)
      this.#worker.tell({ type: 'run', context: this.#context });
    else if (message.type === 'worker lost')
      this.#tell({ ...message, lost: { ...message.lost, profile: this.#plan.profile } });
    else if (message.type === 'progress' || message.type === 'recording failed' || message.type === 'end run')
      this.#tell(message);
  }

  #phaseStarted(index: number): void {
    const planned = this.#plan.phases[index];
    if (!planned || !this.#recorder) return;
    this.#recorder.write({ t: Date.now(), kind: 'event', name: 'phase-started', phase: planned.name });
    console.log(phaseLine(planned));
    if (index !== 0) return;
    const { seconds, why } = deadlineOf(this.#plan);
    setTimeout(() => {
      this.#tell({ type: 'cut off', why });
      void this.#artillery.shutdown?.({ earlyStop: true, exitCode: 0 });
    }, seconds * 1000).unref();
  }

  /** Artillery is about to exit: what was measured is written. */
  async #end({ earlyStop = false }: { earlyStop?: boolean }): Promise<void> {
    if (!this.#context) return;
    await this.#worker.stop();
    this.#recorder?.close();
    this.#recorder = undefined;
    if (this.#report) {
      const file = join(this.#context.runDir, `artillery-${this.#plan.profile}.json`);
      writeFileSync(file, JSON.stringify({ aggregate: this.#report }));
    }
    this.#artillery.suggestedExitCode = 0; // the verdict is the whole run's
    this.#worker.close();
    process.removeAllListeners('disconnect');
    endDescendants(); // browsers of a worker that is no more
    await new Promise<void>((sent) => {
      process.send?.({ type: 'ended', early: earlyStop } satisfies FromPart, () => sent());
    });
    if (process.connected) process.disconnect();
  }

  async #stopAtOnce(): Promise<void> {
    await this.#worker.flush();
    this.#recorder?.close();
    endDescendants();
    process.exit(0);
  }

  #tell(message: FromPart): void {
    // Without a listener Node throws what fails; that the other side is gone is known by `disconnect`.
    if (process.connected) process.send?.(message, () => undefined);
  }
}
