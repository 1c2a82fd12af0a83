import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../../config/browser.ts';
import { checkUsers, type Environment, handDown, readEnvironment } from '../../config/environment.ts';
import { FAILED, INTERRUPTED, INVALID, PASSED } from '../../config/exit-codes.ts';
import { loadKnownDefects } from '../../config/known-defects.ts';
import { guarded } from '../../config/production-guard.ts';
import { loadThresholds, type Threshold, thresholdsFor } from '../../config/thresholds.ts';
import { type Account, loadAccounts } from '../../fixtures/accounts.ts';
import { endDescendants } from '../../measure/health/machine/end-descendants.ts';
import { amendRunJson, createRunDirectory, pointLatestAt } from '../../measure/run/directory.ts';
import type { RunEndedEarly } from '../../measure/run/findings.ts';
import { Recorder, SAMPLES_FILE } from '../../measure/run/recorder.ts';
import type { RunJson } from '../../measure/run/run.ts';
import { MetricsWatch } from '../../measure/target/metrics/watch.ts';
import { openTarget, type Target } from '../../measure/target/target.ts';
import { beginRun } from '../../runner/begin-run.ts';
import { concludeRun } from '../../runner/conclude-run.ts';
import { checkBeforeRun } from '../../runner/preflight/before-run.ts';
import { onSecondSignal } from '../../runner/second-signal.ts';
import { type ArtilleryGlobal, type EventSource, handOver } from '../artillery.ts';
import type { Message, RunContext } from '../channel.ts';
import {
  accountsUsed,
  checkAccountNumbers,
  checkEmbeddedNumbers,
  usersOf,
} from '../profile/accounts-needed.ts';
import { checkJourneys } from '../profile/check-script.ts';
import { cutShortLine, deadlineOf } from '../profile/deadline.ts';
import { withLimitsNeeded } from '../profile/limits-needed.ts';
import { checkPace } from '../profile/pace.ts';
import { phaseLine } from '../profile/phase-line.ts';
import type { Plan } from '../profile/plan.ts';
import { planOf } from '../profile/plan-of.ts';
import { type ScriptFiles, withLine } from '../profile/profile-mistake.ts';
import type { Script } from '../profile/script.ts';
import { runContext } from '../run-context.ts';
import { steeringOf } from '../steering/steering-context.ts';
import { leave } from './leave.ts';
import { WorkerThread } from './worker-thread.ts';

/**
 * Conducts one run from Artillery's main thread: opens the target and the run directory, hands the context to the
 * worker, watches the target, and at the end turns the run directory into a verdict and Artillery's exit code.
 */
export class Conductor {
  readonly #artillery: ArtilleryGlobal;
  /** Restricted by the production guard before anything is opened. */
  #environment: Environment;
  readonly #script: Script;
  readonly #plan: Plan;
  readonly #worker: WorkerThread;
  readonly #opened: Promise<void>;
  #runDir = '';
  #accounts: Account[] = [];
  #target: Target | undefined;
  #recorder: Recorder | undefined;
  #metrics: MetricsWatch | undefined;
  #ended: RunJson['ended'] = 'finished';
  #interruptedBy: string | undefined;
  #hasBegun = false;
  #isStoppingAtOnce = false;
  #endedEarly = false;
  #limits: Threshold[] = [];
  #report: unknown;
  #progress = '';

  constructor(script: Script, events: EventSource, artillery: ArtilleryGlobal, files?: ScriptFiles) {
    this.#artillery = artillery;
    handDown({ ARTILLERY_DISABLE_TELEMETRY: 'true' });
    this.#environment = readEnvironment();
    this.#script = script;
    this.#plan = planOf(script, this.#environment);
    handOver(this.#plan, artillery);
    this.#worker = new WorkerThread((message) => this.#hear(message));
    artillery.ext({ ext: 'beforeExit', method: (event) => this.#end(event) });
    onSecondSignal(() => void this.#stopAtOnce());
    events.on('phaseStarted', (phase) => this.#phaseStarted(phase));
    events.on('done', (report) => {
      this.#report = report;
    });
    this.#opened = this.#open().catch((error) => this.#giveUp(withLine(error, files)));
  }

  async #open(): Promise<void> {
    const environment = await withLimitsNeeded(await guarded(this.#environment), this.#script, this.#plan);
    this.#environment = environment;
    checkUsers(environment, usersOf(this.#plan), this.#plan.profile);
    checkPace(environment, this.#plan);
    await checkJourneys(this.#script, this.#plan.profile, environment.mayChange);
    const browser = findBrowser(environment);
    // What only the end needs is read now: a mistake in it is not to cost a run.
    const limits = loadThresholds();
    loadKnownDefects();
    const { accountsFile } = environment;
    const ofFile = accountsFile === undefined ? undefined : loadAccounts(accountsFile);
    if (ofFile && accountsFile) checkAccountNumbers(this.#plan, ofFile, accountsFile);
    this.#runDir = createRunDirectory(environment.reportsDir, this.#plan.profile, environment.label);
    this.#target = await openTarget(environment);
    this.#limits = thresholdsFor(limits, [this.#plan.profile], this.#target.facts.version).thresholds;
    this.#accounts = ofFile ?? this.#target.accounts ?? [];
    const own = ofFile &&
      accountsFile && { file: accountsFile, accounts: ofFile, uses: accountsUsed(this.#plan) };
    await checkBeforeRun(environment, this.#target, own || undefined);
    if (!own) {
      const warning = checkEmbeddedNumbers(this.#plan, this.#accounts, environment.dataSize);
      if (warning) console.log(warning);
    }
    const cutShort = cutShortLine(this.#plan);
    if (cutShort) console.log(cutShort);
    const { profile, phases, mix } = this.#plan;
    const { facts: target } = this.#target;
    beginRun(this.#runDir, environment, {
      runner: 'artillery',
      profile,
      target,
      browser: browser.kind,
      phases,
      mix,
      traced: environment.trace === 'off' ? undefined : environment.trace,
    });
    pointLatestAt(this.#runDir);
    this.#recorder = new Recorder(this.#runDir, { onTrouble: (why) => this.#recordingFailed(why) });
    this.#hasBegun = true;
    this.#target.watch((how) => this.#targetDied(how));
    this.#metrics = new MetricsWatch(this.#recorder, environment.metrics, {
      apiUrl: this.#target.apiUrl,
      insecureTls: environment.insecureTls,
    });
    this.#worker.tell({ type: 'run', context: this.#context() });
  }

  #context(): RunContext {
    const target = this.#target as Target;
    return {
      ...runContext(this.#environment, { runDir: this.#runDir, target, accounts: this.#accounts }),
      steering: steeringOf(this.#plan, this.#limits, this.#accounts, target.facts.rateLimits),
    };
  }

  #hear(message: Message): void {
    if (message.type === 'context-request' && this.#recorder) {
      this.#worker.tell({ type: 'run', context: this.#context() });
    } else if (message.type === 'end run') this.#endEarly(message.early);
    else if (message.type === 'recording failed') this.#recordingFailed(message.why);
    else if (message.type === 'progress') this.#showProgress(message);
  }

  /** Artillery's own lines are off with --quiet: then ours say how it goes. */
  #showProgress(now: Extract<Message, { type: 'progress' }>): void {
    const line = `  ${now.users} users (${now.browserUsers} in browsers) · ${now.sessions} sessions ended · ${now.requests} API requests · ${now.failed} failed`;
    if (this.#artillery.testInfo?.flags?.quiet && line !== this.#progress) console.log(line);
    this.#progress = line;
  }

  #phaseStarted(phase: { index?: number; name?: string }): void {
    const planned = this.#plan.phases[phase.index ?? -1];
    if (!planned || !this.#recorder) return;
    this.#recorder.write({ t: Date.now(), kind: 'event', name: 'phase-started', phase: planned.name });
    console.log(phaseLine(planned));
    if (phase.index !== 0) return;
    const { seconds, why } = deadlineOf(this.#plan);
    setTimeout(() => this.#cutOff(why), seconds * 1000).unref();
  }

  /** Ends the run before its plan does: what is under way is interrupted, and what was measured becomes a report. */
  #cutOff(why: string): void {
    this.#interrupted(why);
    void this.#artillery.shutdown({ earlyStop: true, exitCode: FAILED });
  }

  /** What was measured has decided: the run ends as by its plan, or as failed by a threshold. */
  #endEarly(early: RunEndedEarly): void {
    if (this.#endedEarly || this.#ended !== 'finished') return;
    this.#endedEarly = true;
    this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'run-ended-early', data: { ...early } });
    console.log(early.why);
    if (early.by === 'threshold') this.#ended = 'stopped-by-threshold';
    void this.#artillery.shutdown({ earlyStop: true, exitCode: early.by === 'threshold' ? FAILED : PASSED });
  }

  #targetDied(how: string): void {
    this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'target-died', data: { how } });
    this.#ended = 'target-died';
    void this.#artillery.shutdown({ earlyStop: true, exitCode: INVALID });
  }

  /** Load that leaves no samples is of no use to anybody. */
  #recordingFailed(why: string): void {
    if (this.#ended === 'recording-failed') return;
    console.error(
      `${join(this.#runDir, SAMPLES_FILE)}: cannot be written (${why}): the run is ended; make room and run it again`,
    );
    this.#ended = 'recording-failed';
    void this.#artillery.shutdown({ earlyStop: true, exitCode: INVALID });
  }

  /** Artillery is about to exit: whatever the reason, what was measured becomes a report. */
  async #end(event: { earlyStop?: boolean }): Promise<void> {
    await this.#opened;
    if (!this.#recorder) return;
    if (event.earlyStop && this.#ended === 'finished' && !this.#endedEarly) this.#interrupted('a signal');
    await this.#worker.stop();
    await this.#metrics?.stop();
    this.#recorder?.close();
    this.#recorder = undefined;
    await this.#target?.close();
    this.#artillery.suggestedExitCode = await concludeRun(
      this.#runDir,
      this.#ended,
      this.#interruptedBy,
      () => {
        if (this.#report)
          writeFileSync(join(this.#runDir, 'artillery.json'), JSON.stringify({ aggregate: this.#report }));
      },
    );
    this.#worker.close();
  }

  #interrupted(why: string): void {
    if (this.#ended !== 'finished') return;
    this.#ended = 'interrupted';
    this.#interruptedBy = why;
    this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'interrupted', data: { why } });
  }

  /** Nothing is waited for but what was measured; `npx loadtest report` makes a report of it. */
  async #stopAtOnce(): Promise<void> {
    if (this.#isStoppingAtOnce) return;
    this.#isStoppingAtOnce = true;
    if (this.#recorder) {
      this.#interrupted('a signal');
      await this.#worker.flush();
      this.#recorder?.close();
    }
    const samples = join(this.#runDir, SAMPLES_FILE);
    if (this.#runDir && existsSync(samples)) {
      const end = new Date().toISOString();
      amendRunJson(this.#runDir, { end, ended: this.#ended, interruptedBy: this.#interruptedBy });
      console.error(`stopped at once; what was measured is kept: npx loadtest report ${this.#runDir}`);
    } else if (!this.#hasBegun && this.#runDir) rmSync(this.#runDir, { recursive: true, force: true });
    endDescendants();
    process.exit(INTERRUPTED);
  }

  /** Nothing was run: one line, the exit code of design §5.6, nothing half-written. */
  async #giveUp(error: unknown): Promise<never> {
    await this.#target?.close();
    if (this.#runDir) rmSync(this.#runDir, { recursive: true, force: true });
    return leave(error, this.#worker);
  }
}
