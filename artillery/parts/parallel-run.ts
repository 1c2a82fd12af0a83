import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { duration } from '../../analysis/format.ts';
import { findBrowser } from '../../config/browser.ts';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import { INTERRUPTED } from '../../config/exit-codes.ts';
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
import { checkAccountNumbers, checkEmbeddedNumbers } from '../profile/accounts-needed.ts';
import { cutShortLine } from '../profile/deadline.ts';
import type { Plan } from '../profile/plan.ts';
import { runContext } from '../run-context.ts';
import { steeringOf } from '../steering/steering-context.ts';
import { dealAccounts } from './deal-accounts.ts';
import { checkTogether, shareSignIns } from './may-run-together.ts';
import type { FromPart, PartPlan } from './messages.ts';
import { ProfileHandle } from './profile-handle.ts';
import { ProgressLine } from './progress-line.ts';

/** Parts that are stopped at once write what they hold, and end. */
const AT_ONCE_WITHIN_MS = 2000;

/** A part ended before it had said its plan: it has told why, or was stopped. */
class NotPlanned extends Error {
  readonly exitCode: number;

  constructor(name: string, exitCode: number) {
    super(`loadtest run: ${name} cannot be run; nothing was`);
    this.exitCode = exitCode;
  }
}

/**
 * Several profiles at once, a process each, as one run: opens the target and the run directory once, deals the accounts
 * out, watches, and turns what all have written into one verdict.
 */
export class ParallelRun {
  readonly #environment: Environment;
  readonly #parts: ProfileHandle[];
  readonly #plans = new Map<ProfileHandle, PartPlan>();
  readonly #progress = new ProgressLine();
  #tellPlanned: () => void = () => undefined;
  #runDir = '';
  #target: Target | undefined;
  #recorder: Recorder | undefined;
  #metrics: MetricsWatch | undefined;
  #ended: RunJson['ended'] = 'finished';
  #interruptedBy: string | undefined;
  #isStopping = false;

  /** @param profiles name and file of each */
  constructor(profiles: ReadonlyArray<{ name: string; file: string }>) {
    this.#environment = readEnvironment();
    this.#parts = profiles.map(({ name, file }, index) => {
      const part: ProfileHandle = new ProfileHandle(name, file, `p${index + 1}-`, (told) =>
        this.#hear(part, told),
      );
      return part;
    });
  }

  /** Gives the exit code. @throws ConfigError, TargetUnreachable: nothing was run */
  async run(): Promise<number> {
    const onSignal = () => this.#interrupted('a signal');
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    onSecondSignal(() => void this.#stopAtOnce());
    try {
      await this.#open(await this.#planned());
    } catch (error) {
      this.#stop();
      await Promise.all(this.#parts.map((part) => part.ended));
      await this.#target?.close();
      if (this.#runDir) rmSync(this.#runDir, { recursive: true, force: true });
      throw this.#interruptedBy ? new NotPlanned(this.#names(), INTERRUPTED) : error;
    }
    if (this.#isStopping) for (const part of this.#parts) part.tell({ type: 'stop' });
    await Promise.all(this.#parts.map((part) => part.ended.then((exit) => this.#hasEnded(part, exit))));
    await this.#metrics?.stop();
    this.#recorder?.close();
    this.#recorder = undefined;
    await this.#target?.close();
    return concludeRun(this.#runDir, this.#ended, this.#interruptedBy);
  }

  /** Each part reads its own file, as Artillery does, and says what it will do. */
  async #planned(): Promise<PartPlan[]> {
    const all = new Promise<void>((done) => {
      this.#tellPlanned = () => this.#plans.size === this.#parts.length && done();
    });
    const lost = this.#parts.map(async (part) => {
      const { code } = await part.ended;
      if (!this.#runDir) throw new NotPlanned(part.name, code || 1);
    });
    for (const one of lost) one.catch(() => undefined); // one is enough; of the others nobody asks
    await Promise.race([all, ...lost]);
    return this.#parts.map((part) => this.#plans.get(part) as PartPlan);
  }

  async #open(planned: readonly PartPlan[]): Promise<void> {
    const environment = await guarded(this.#environment);
    const plans = planned.map(({ plan }) => plan);
    const all = loadThresholds();
    const limitsFor = (version?: string) =>
      plans.map(({ profile }) => thresholdsFor(all, [profile], version).thresholds);
    checkTogether(environment, planned, limitsFor());
    const signIns = shareSignIns(environment, plans);
    const browser = findBrowser(environment);
    loadKnownDefects(); // only the end needs them: a mistake in it is not to cost a run
    const { accountsFile } = environment;
    const ofFile = accountsFile === undefined ? undefined : loadAccounts(accountsFile);
    if (ofFile && accountsFile) checkAccountNumbers(plans, ofFile, accountsFile);
    const profiles = plans.map(({ profile }) => profile);
    this.#runDir = createRunDirectory(environment.reportsDir, profiles.join('+'), environment.label);
    const target = await openTarget(environment);
    this.#target = target;
    const limits = limitsFor(target.facts.version);
    const accounts = ofFile ?? target.accounts ?? [];
    const dealt = dealAccounts(plans, accounts);
    const own = ofFile && accountsFile && { file: accountsFile, accounts: ofFile, uses: dealt.used };
    await checkBeforeRun(environment, target, own || undefined);
    if (!own) {
      const warning = checkEmbeddedNumbers(plans, accounts, environment.dataSize);
      if (warning) console.log(warning);
    }
    for (const cutShort of plans.map(cutShortLine)) if (cutShort) console.log(cutShort);
    if (this.#isStopping) throw new NotPlanned(this.#names(), INTERRUPTED);
    beginRun(this.#runDir, environment, {
      runner: 'artillery',
      profile: profiles,
      target: target.facts,
      browser: browser.kind,
      phases: plans.flatMap(({ profile, phases }) => phases.map((phase) => ({ ...phase, profile }))),
      mix: plans.flatMap(({ profile, mix }) => mix.map((scenario) => ({ ...scenario, profile }))),
      traced: environment.trace === 'off' ? undefined : environment.trace,
    });
    pointLatestAt(this.#runDir);
    this.#recorder = new Recorder(this.#runDir, { onTrouble: (why) => this.#recordingFailed(why) });
    target.watch((how) => this.#targetDied(how));
    this.#metrics = new MetricsWatch(this.#recorder, environment.metrics, {
      apiUrl: target.apiUrl,
      insecureTls: environment.insecureTls,
    });
    for (const [index, part] of this.#parts.entries()) {
      const mine = dealt.accounts[index] as Account[];
      part.tell({
        type: 'run',
        context: {
          ...runContext(environment, { runDir: this.#runDir, target, accounts: mine }),
          ...(signIns && { signInsPerMinute: signIns[index] }),
          // One of them watches the target's process for all.
          targetPid: index === 0 ? target.pid : undefined,
          part: { profile: profiles[index] as string, sessions: part.sessions },
          steering: watching(plans[index] as Plan, limits[index] as Threshold[], mine),
        },
      });
    }
    this.#setDeadline();
  }

  #setDeadline(): void {
    const { maxTime } = this.#environment;
    if (maxTime === undefined) return;
    setTimeout(() => this.#interrupted(`MAX_TIME (${duration(maxTime)}) was over`), maxTime * 1000).unref();
  }

  #hear(part: ProfileHandle, told: FromPart): void {
    if (told.type === 'planned') {
      part.name = told.plan.profile;
      this.#plans.set(part, told);
      this.#tellPlanned();
    } else if (told.type === 'progress') this.#progress.tell(part.name, told);
    else if (told.type === 'recording failed') this.#recordingFailed(told.why);
    else if (told.type === 'end run') this.#endEarly(part, told.early);
    else if (told.type === 'cut off') this.#interrupted(`${part.name}: ${told.why}`);
    else if (told.type === 'ended' && told.early && !part.isAskedToStop)
      this.#lost(part, 'was stopped by a signal');
  }

  /** A part has exited; one that had not said that it was done has lost what it held. */
  #hasEnded(
    part: ProfileHandle,
    { code, signal }: { code: number | null; signal: NodeJS.Signals | null },
  ): void {
    if (!part.isDone) this.#lost(part, signal ? `was killed (${signal})` : `ended by itself (exit ${code})`);
  }

  #lost(part: ProfileHandle, how: string): void {
    if (this.#ended === 'finished' || this.#ended === 'interrupted') {
      this.#ended = 'profile-lost';
      this.#interruptedBy = `the process of profile ${part.name} ${how}`;
      console.error(`${this.#interruptedBy}: the run is ended`);
    }
    this.#stop();
  }

  #interrupted(why: string): void {
    if (this.#ended === 'finished') {
      this.#ended = 'interrupted';
      this.#interruptedBy = why;
      this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'interrupted', data: { why } });
    }
    this.#stop();
  }

  /** A threshold of one profile stops all of them. */
  #endEarly(part: ProfileHandle, early: RunEndedEarly): void {
    if (this.#ended !== 'finished') return;
    const why = `${part.name}: ${early.why}`;
    this.#ended = 'stopped-by-threshold';
    this.#recorder?.write({
      t: Date.now(),
      kind: 'event',
      name: 'run-ended-early',
      data: { ...early, why },
    });
    console.log(why);
    this.#stop();
  }

  #targetDied(how: string): void {
    this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'target-died', data: { how } });
    this.#ended = 'target-died';
    this.#stop();
  }

  /** Load that leaves no samples is of no use to anybody. */
  #recordingFailed(why: string): void {
    if (this.#ended === 'recording-failed') return;
    console.error(
      `${join(this.#runDir, SAMPLES_FILE)}: cannot be written (${why}): the run is ended; make room and run it again`,
    );
    this.#ended = 'recording-failed';
    this.#stop();
  }

  #stop(): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    for (const part of this.#parts) part.tell({ type: 'stop' });
  }

  /** Nothing is waited for but what was measured; `npx loadtest report` makes a report of it. */
  async #stopAtOnce(): Promise<never> {
    for (const part of this.#parts) part.tell({ type: 'stop at once' });
    const gone = Promise.allSettled(this.#parts.map((part) => part.ended));
    await Promise.race([gone, wait(AT_ONCE_WITHIN_MS)]);
    this.#recorder?.close();
    if (this.#runDir && existsSync(join(this.#runDir, SAMPLES_FILE))) {
      const end = new Date().toISOString();
      amendRunJson(this.#runDir, { end, ended: this.#ended, interruptedBy: this.#interruptedBy });
      console.error(`stopped at once; what was measured is kept: npx loadtest report ${this.#runDir}`);
    }
    endDescendants();
    process.exit(INTERRUPTED);
  }

  #names(): string {
    return this.#parts.map(({ name }) => name).join(' + ');
  }
}

/** A part watches the limits of its own profile that may stop the run; levels of users would hold the load of the others too. */
function watching(plan: Plan, limits: readonly Threshold[], accounts: readonly Account[]) {
  const phases = plan.phases.map(({ users: _users, usersAtEnd: _usersAtEnd, ...phase }) => phase);
  return steeringOf({ ...plan, phases }, limits, accounts);
}
