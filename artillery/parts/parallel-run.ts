import { setTimeout as wait } from 'node:timers/promises';
import { duration } from '../../analysis/format.ts';
import { type Environment, readEnvironment, signInsPerMinute } from '../../config/environment.ts';
import { FAILED } from '../../config/exit-codes.ts';
import { type Threshold, thresholdsFor } from '../../config/thresholds.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { concludeRun } from '../../runner/conclude-run.ts';
import { NotBegun, type OpenRun, openRun, type ThresholdsFile } from '../../runner/open-run.ts';
import { RunEnding } from '../../runner/run-ending.ts';
import { accountsWanted } from '../profile/accounts-wanted.ts';
import { cutShortLine } from '../profile/deadline.ts';
import { leastLine } from '../profile/least-line.ts';
import type { Plan } from '../profile/plan.ts';
import { planOfFile } from '../profile/plan-of-file.ts';
import { runContext } from '../run-context.ts';
import { steeringOf } from '../steering/steering-context.ts';
import { dealAccounts } from './deal-accounts.ts';
import { checkTogether, shareSignIns } from './may-run-together.ts';
import type { FromPart, PartPlan } from './messages.ts';
import { ProfileHandle } from './profile-handle.ts';
import { ProgressLine } from './progress-line.ts';

/** Parts that are stopped at once write what they hold, and end. */
const AT_ONCE_WITHIN_MS = 2000;

/** A part ended before it had said its plan: it has said why. */
class NotPlanned extends Error {
  readonly exitCode: number;

  constructor(name: string, exitCode: number) {
    super(`loadtest run: ${name} cannot be run; nothing was`);
    this.exitCode = exitCode;
  }
}

/**
 * Several profiles at once, a process each, as one run: opens it once, deals the accounts out, watches the processes, and
 * turns what all have written into one verdict.
 */
export class ParallelRun {
  readonly #environment: Environment;
  readonly #parts: ProfileHandle[];
  readonly #plans = new Map<ProfileHandle, PartPlan>();
  readonly #progress = new ProgressLine();
  readonly #ending: RunEnding;
  /** Of the sign-ins a minute, each part's share. Undefined: they are not paced. */
  readonly #signIns: number[] | undefined;
  #tellPlanned: () => void = () => undefined;
  #run: OpenRun | undefined;
  #isStopping = false;

  /** @param profiles name and file of each */
  constructor(profiles: ReadonlyArray<{ name: string; file: string }>) {
    this.#environment = readEnvironment();
    // A part is as long as its own sign-ins take: it must know them before it plans.
    if (signInsPerMinute(this.#environment) !== undefined)
      this.#signIns = shareSignIns(
        this.#environment,
        profiles.map(({ file }) => planOfFile(file, this.#environment)),
      );
    this.#ending = new RunEnding({ stop: () => this.#stop(), flush: () => this.#flush() });
    this.#parts = profiles.map(({ name, file }, index) => {
      const own = { sessions: `p${index + 1}-`, signIns: this.#signIns?.[index] };
      const part: ProfileHandle = new ProfileHandle(name, file, own, {
        hear: (told) => this.#hear(part, told),
        silent: (ms) => this.#lost(part, `did not answer for ${duration(ms / 1000)}`),
      });
      return part;
    });
  }

  /** Gives the exit code. @throws ConfigError, TargetUnreachable: nothing was run */
  async run(): Promise<number> {
    let run: OpenRun;
    try {
      run = await this.#open(await this.#planned());
    } catch (error) {
      this.#stop();
      await Promise.all(this.#parts.map((part) => part.ended));
      this.#ending.close();
      const isInterrupted = this.#ending.how === 'interrupted';
      throw isInterrupted ? new NotBegun(this.#parts.map(({ name }) => name)) : error;
    }
    if (this.#isStopping) for (const part of this.#parts) part.tell({ type: 'stop' });
    await Promise.all(this.#parts.map((part) => part.ended.then((exit) => this.#hasEnded(part, exit))));
    return concludeRun(run);
  }

  /** Each part reads its own file, as Artillery does, and says what it will do. */
  async #planned(): Promise<PartPlan[]> {
    const all = new Promise<void>((done) => {
      this.#tellPlanned = () => this.#plans.size === this.#parts.length && done();
    });
    const lost = this.#parts.map(async (part) => {
      const { code } = await part.ended;
      if (!this.#run) throw new NotPlanned(part.name, code || FAILED);
    });
    for (const one of lost) one.catch(() => undefined); // one is enough; of the others nobody asks
    await Promise.race([all, ...lost]);
    return this.#parts.map((part) => this.#plans.get(part) as PartPlan);
  }

  async #open(planned: readonly PartPlan[]): Promise<OpenRun> {
    const plans = planned.map(({ plan }) => plan);
    const run = await openRun({
      runner: 'artillery',
      profiles: plans.map(({ profile }) => profile),
      plan: {
        phases: plans.flatMap(({ profile, phases }) => phases.map((phase) => ({ ...phase, profile }))),
        mix: plans.flatMap(({ profile, mix }) => mix.map((scenario) => ({ ...scenario, profile }))),
      },
      environment: this.#environment,
      check: (environment, thresholds) => {
        checkTogether(environment, planned, thresholdsOfEach(plans, thresholds));
        return environment;
      },
      accounts: accountsWanted(plans, (accounts) => dealAccounts(plans, accounts).used),
      notes: planned
        .flatMap(({ plan, note }) => [note, cutShortLine(plan), leastLine(plan, this.#environment.vus)])
        .filter((line) => line !== undefined),
      hasBrowser: true,
      canTrace: true,
      ending: this.#ending,
    });
    this.#run = run;
    this.#begin(run, plans);
    return run;
  }

  #begin(run: OpenRun, plans: readonly Plan[]): void {
    const { target, thresholds, environment } = run;
    const limits = thresholdsOfEach(plans, thresholds, target.facts.version);
    const dealt = dealAccounts(plans, run.accounts);
    for (const [index, part] of this.#parts.entries()) {
      const accounts = dealt.accounts[index] as Account[];
      const plan = plans[index] as Plan;
      part.tell({
        type: 'run',
        context: {
          ...runContext({ ...run, accounts }),
          ...(this.#signIns && { signInsPerMinute: this.#signIns[index] }),
          // One of them watches the target's process for all.
          targetPid: index === 0 ? target.pid : undefined,
          part: { profile: plan.profile, sessions: part.sessions },
          steering: watching(plan, limits[index] as Threshold[], accounts),
        },
      });
    }
    const { maxTime } = environment;
    if (maxTime === undefined) return;
    const why = `MAX_TIME (${duration(maxTime)}) was over`;
    setTimeout(() => this.#ending.interrupted(why), maxTime * 1000).unref();
  }

  #hear(part: ProfileHandle, told: FromPart): void {
    if (told.type === 'planned') {
      part.name = told.plan.profile;
      this.#plans.set(part, told);
      this.#tellPlanned();
    } else if (told.type === 'progress') this.#progress.tell(part.name, told);
    else if (told.type === 'worker lost') this.#ending.workerLost(told.lost);
    else if (told.type === 'recording failed') this.#ending.recordingFailed(told.why);
    else if (told.type === 'end run')
      this.#ending.endEarly({ ...told.early, why: `${part.name}: ${told.early.why}` });
    else if (told.type === 'cut off') this.#ending.interrupted(`${part.name}: ${told.why}`);
    else if (told.type === 'ended' && told.early && !part.isAskedToStop)
      this.#lost(part, 'was stopped by a signal');
  }

  /** A part has exited; one that had not said that it was done has lost what it had. */
  #hasEnded(
    part: ProfileHandle,
    { code, signal }: { code: number | null; signal: NodeJS.Signals | null },
  ): void {
    this.#progress.left(part.name);
    if (!part.isDone) this.#lost(part, signal ? `was killed (${signal})` : `ended by itself (exit ${code})`);
  }

  #lost(part: ProfileHandle, how: string): void {
    this.#ending.profileLost(`the process of profile ${part.name} ${how}`);
  }

  #stop(): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    for (const part of this.#parts) part.tell({ type: 'stop' });
  }

  async #flush(): Promise<void> {
    for (const part of this.#parts) part.tell({ type: 'stop at once' });
    const gone = Promise.allSettled(this.#parts.map((part) => part.ended));
    await Promise.race([gone, wait(AT_ONCE_WITHIN_MS)]);
  }
}

function thresholdsOfEach(plans: readonly Plan[], all: ThresholdsFile, version?: string): Threshold[][] {
  return plans.map(({ profile }) => thresholdsFor(all, [profile], version).thresholds);
}

/** A part watches the limits of its own profile that may stop the run; levels of users would hold the load of the others too. */
function watching(plan: Plan, limits: readonly Threshold[], accounts: readonly Account[]) {
  const phases = plan.phases.map(({ users: _users, usersAtEnd: _usersAtEnd, ...phase }) => phase);
  return steeringOf({ ...plan, phases }, limits, accounts);
}
