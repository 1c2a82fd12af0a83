import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkUsers, type Environment, readEnvironment, setProcessEnv } from '../../config/environment.ts';
import { FAILED, INTERRUPTED, INVALID, PASSED } from '../../config/exit-codes.ts';
import { thresholdsFor } from '../../config/thresholds.ts';
import { endDescendants } from '../../measure/health/machine/end-descendants.ts';
import type { RunEnd } from '../../measure/run/run.ts';
import { concludeRun } from '../../runner/conclude-run.ts';
import { type OpenRun, openRun } from '../../runner/open-run.ts';
import { RunEnding } from '../../runner/run-ending.ts';
import { type ArtilleryGlobal, type EventSource, handOver } from '../artillery.ts';
import type { Message, RunContext } from '../channel.ts';
import { progressText } from '../parts/progress-text.ts';
import { accountsUsed, usersOf } from '../profile/accounts-needed.ts';
import { accountsWanted } from '../profile/accounts-wanted.ts';
import { planJourneys } from '../profile/check-script.ts';
import { cutShortLine, deadlineOf } from '../profile/deadline.ts';
import { leastLine } from '../profile/least-line.ts';
import { waitingNote, withLimitsNeeded } from '../profile/limits-needed.ts';
import { checkFlags, checkOneScript } from '../profile/own-target.ts';
import { pacedPlan } from '../profile/pace.ts';
import { phaseLine } from '../profile/phase-line.ts';
import type { Plan } from '../profile/plan.ts';
import { type ScriptFiles, withLine } from '../profile/profile-mistake.ts';
import type { Script } from '../profile/script.ts';
import { runContext } from '../run-context.ts';
import { steeringOf } from '../steering/steering-context.ts';
import { silenceReporter } from './console-reporter.ts';
import { leave } from './leave.ts';
import { WorkerThread } from './worker-thread.ts';

/** What Artillery exits with where the run is not concluded; the verdict decides otherwise. */
const EXIT: Record<RunEnd, number> = {
  finished: PASSED,
  interrupted: INTERRUPTED,
  'target-died': INVALID,
  'target-unresponsive': INVALID,
  'recording-failed': INVALID,
  'profile-lost': INVALID,
  'worker-lost': INVALID,
  'stopped-by-threshold': FAILED,
};

/**
 * Conducts one run from Artillery's main thread: opens it, hands the context to the worker, and at the end turns the run
 * directory into a verdict and Artillery's exit code.
 */
export class Conductor {
  readonly #artillery: ArtilleryGlobal;
  readonly #script: Script;
  readonly #plan: Plan;
  readonly #worker: WorkerThread;
  readonly #ending: RunEnding;
  readonly #opened: Promise<void>;
  #run: OpenRun | undefined;
  #context: RunContext | undefined;
  #isOver = false;
  #report: unknown;
  #progress = '';
  readonly #printsStatistics: boolean;

  constructor(script: Script, events: EventSource, artillery: ArtilleryGlobal, files?: ScriptFiles) {
    this.#artillery = artillery;
    setProcessEnv({ ARTILLERY_DISABLE_TELEMETRY: 'true' });
    const environment = readEnvironment();
    this.#script = script;
    const flags = artillery.testInfo?.flags ?? {};
    checkOneScript(flags, process.argv.slice(process.argv.indexOf('run') + 1));
    checkFlags(flags, environment.baseUrl);
    this.#printsStatistics = environment.artilleryStatistics && !artillery.testInfo?.flags?.quiet;
    if (!this.#printsStatistics) silenceReporter(artillery);
    const { plan, note } = pacedPlan(script, environment);
    this.#plan = plan;
    handOver(this.#plan, artillery);
    this.#worker = new WorkerThread((message) => this.#hear(message));
    artillery.ext({ ext: 'beforeExit', method: (event) => this.#end(event) });
    this.#ending = new RunEnding({
      // Artillery takes a signal by itself; asked twice, it ends once.
      stop: (how) => void artillery.shutdown?.({ earlyStop: true, exitCode: EXIT[how] }),
      flush: () => this.#worker.flush(),
    });
    events.on('phaseStarted', (phase) => this.#phaseStarted(phase));
    events.on('done', (report) => {
      this.#report = report;
    });
    this.#opened = this.#open(environment, note).catch((error) =>
      leave(withLine(error, files), this.#worker),
    );
  }

  async #open(environment: Environment, stretched: string | undefined): Promise<void> {
    const plan = this.#plan;
    this.#run = await openRun({
      runner: 'artillery',
      profiles: [plan.profile],
      plan,
      environment,
      check: (guarded) => this.#check(guarded),
      accounts: accountsWanted(plan, () => accountsUsed(plan)),
      notes: [
        stretched,
        await waitingNote(this.#script, plan),
        cutShortLine(plan),
        leastLine(plan, environment.vus),
      ].filter((line) => line !== undefined),
      hasBrowser: true,
      canTrace: true,
      ending: this.#ending,
    });
    this.#context = this.#contextOf(this.#run);
    this.#worker.tell({ type: 'run', context: this.#context });
  }

  async #check(guarded: Environment): Promise<Environment> {
    const environment = await withLimitsNeeded(guarded, this.#script, this.#plan);
    checkUsers(environment, usersOf(this.#plan), this.#plan.profile);
    await planJourneys(this.#script, this.#plan, environment.mayChange);
    return environment;
  }

  #contextOf(run: OpenRun): RunContext {
    const { target, accounts, thresholds: all } = run;
    const { version, rateLimits } = target.facts;
    const { thresholds } = thresholdsFor(all, [this.#plan.profile], version);
    return { ...runContext(run), steering: steeringOf(this.#plan, thresholds, accounts, rateLimits) };
  }

  #hear(message: Message): void {
    if (message.type === 'context-request' && this.#context && !this.#isOver) {
      this.#worker.tell({ type: 'run', context: this.#context });
    } else if (message.type === 'end run') this.#ending.endEarly(message.early);
    else if (message.type === 'recording failed') this.#ending.recordingFailed(message.why);
    else if (message.type === 'worker lost') this.#ending.workerLost(message.lost);
    else if (message.type === 'progress') this.#showProgress(message);
  }

  /** Where Artillery's own lines are off, ours say how it goes. */
  #showProgress(now: Extract<Message, { type: 'progress' }>): void {
    const line = progressText(now);
    if (!this.#printsStatistics && line !== this.#progress) console.log(line);
    this.#progress = line;
  }

  #phaseStarted(phase: { index?: number; name?: string }): void {
    const planned = this.#plan.phases[phase.index ?? -1];
    if (!planned || !this.#run || this.#isOver) return;
    this.#run.recorder.write({ t: Date.now(), kind: 'event', name: 'phase-started', phase: planned.name });
    console.log(phaseLine(planned));
    if (phase.index !== 0) return;
    const { seconds, why } = deadlineOf(this.#plan);
    setTimeout(() => this.#ending.interrupted(why), seconds * 1000).unref();
  }

  /** Artillery is about to exit: whatever the reason, what was measured becomes a report. */
  async #end(event: { earlyStop?: boolean }): Promise<void> {
    await this.#opened;
    const run = this.#run;
    if (!run) return;
    const { how, isEarly } = this.#ending;
    if (event.earlyStop && how === 'finished' && !isEarly) this.#ending.interrupted('a signal');
    await this.#worker.stop();
    this.#isOver = true;
    this.#artillery.suggestedExitCode = await concludeRun(run, {
      writeMore: () => {
        if (this.#report)
          writeFileSync(join(run.runDir, 'artillery.json'), JSON.stringify({ aggregate: this.#report }));
      },
    });
    this.#worker.close();
    // Browsers of a worker that is no more.
    if (how === 'worker-lost') endDescendants();
  }
}
