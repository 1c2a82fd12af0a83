/** The one way to open a run, whichever way it is run. */
import { rmSync } from 'node:fs';
import { findBrowser } from '../config/browser.ts';
import { checkConflicts } from '../config/budget-conflicts.ts';
import { loadBudgets } from '../config/budgets.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { INTERRUPTED } from '../config/exit-codes.ts';
import { loadGoals } from '../config/goals.ts';
import { type KnownDefect, loadKnownDefects } from '../config/known-defects.ts';
import { guarded } from '../config/production-guard.ts';
import { loadThresholds, type ProfileThresholds } from '../config/thresholds.ts';
import { checkLive, startLive } from '../exports/live/start-live.ts';
import { type Account, loadAccounts } from '../fixtures/accounts.ts';
import { GeneratorHealth, type Presence } from '../measure/health/generator.ts';
import type { DataSize } from '../measure/run/data-size.ts';
import { amendRunJson, createRunDirectory, pointLatestAt } from '../measure/run/directory.ts';
import { Recorder } from '../measure/run/recorder.ts';
import type { RunEnd, RunJson } from '../measure/run/run.ts';
import type { AccountRole } from '../measure/run/samples.ts';
import { removeClaims } from '../measure/session/claims.ts';
import type { AccountCheck, SignedIn } from '../measure/target/check-accounts.ts';
import { MetricsWatch } from '../measure/target/metrics/watch.ts';
import { openTarget, type Target } from '../measure/target/target.ts';
import { beginRun, runIdOf } from './begin-run.ts';
import { readDataSize, readDataSizeAs } from './data-size.ts';
import { checkBeforeRun } from './preflight/before-run.ts';
import { checkBudgetNames, checkLimitNames } from './preflight/limit-names.ts';
import { untilNotCounted } from './preflight/sign-ins-before.ts';
import type { RunEnding } from './run-ending.ts';
import { watchTarget } from './watch-target.ts';

export type ThresholdsFile = ReadonlyMap<string, ProfileThresholds>;

/** What a run wants of its accounts. */
export interface AccountsWanted {
  /** Checks those of the accounts file. @throws {ConfigError} */
  checkFile?(accounts: readonly Account[], file: string): void;
  /** Checks those that the target came with. Gives a line for the user. @throws {ConfigError} */
  checkEmbedded?(accounts: readonly Account[], dataSize: string): string | undefined;
  /** How many of each role the run uses at most. */
  uses(accounts: readonly Account[]): ReadonlyMap<AccountRole, number>;
}

/** What a way to run asks for. */
export interface RunRequest {
  runner: RunJson['runner'];
  /** The profile, or all that are run at once. */
  profiles: readonly string[];
  plan?: Partial<Pick<RunJson['plan'], 'phases' | 'mix'>>;
  /** Default: as the environment says now. */
  environment?: Environment;
  /** Checks of the runner's own, before anything is opened. Gives the environment as the run needs it. @throws {ConfigError} */
  check?(environment: Environment, thresholds: ThresholdsFile): Environment | Promise<Environment>;
  accounts: AccountsWanted;
  /** Lines for the user, before the run begins. */
  notes?: readonly string[];
  /** A browser takes part. */
  hasBrowser: boolean;
  /** Some of its browser sessions are traced, as TRACE says. */
  canTrace?: boolean;
  /** Users who are present: the generator is watched from this process. Absent: from where its users are. */
  presence?: () => Presence;
  /** Is no run to be compared with others: how much the target holds is not read. */
  withoutDataSize?: boolean;
  /** The runner points `latest` at the run itself, when it knows that there is something to run. */
  pointsAtLatest?: boolean;
  ending: RunEnding;
}

export interface OpenRun {
  readonly runDir: string;
  readonly runId: string;
  /** Restricted by the production guard, and as the runner's own checks gave it. */
  readonly environment: Environment;
  readonly thresholds: ThresholdsFile;
  readonly defects: readonly KnownDefect[];
  readonly target: Target;
  readonly accounts: Account[];
  readonly recorder: Recorder;
  readonly ending: RunEnding;
  /** Ends watches, recorder and target, once. */
  close(): Promise<void>;
}

/** A signal came while the run was being opened: nothing was run. */
export class NotBegun extends Error {
  readonly exitCode: number;

  constructor(profiles: readonly string[], exitCode: number = INTERRUPTED) {
    super(`${profiles.join(' + ')}: interrupted before the run began; nothing was run`);
    this.exitCode = exitCode;
  }
}

/**
 * Checks everything that a run can fail by, and begins it: production guard, limits, accounts, run directory, target,
 * checks before a run, run.json, recorder, watches, in this order.
 * @throws {ConfigError} {TargetUnreachable} {NotBegun} nothing was run, and nothing is left
 */
export async function openRun(request: RunRequest): Promise<OpenRun> {
  const { ending } = request;
  let runDir: string | undefined;
  let target: Target | undefined;
  try {
    const checked = await checkRequest(request);
    const { environment, ofFile } = checked;
    runDir = createRunDirectory(environment.reportsDir, request.profiles.join('+'), environment.label);
    ending.at(runDir);
    target = await openTarget(environment);
    const accounts = ofFile?.accounts ?? target.accounts ?? [];
    if (environment.paceSignIns && ofFile)
      await untilNotCounted(target.apiUrl, environment.cacheDir, () => ending.how !== 'finished');
    let before: DataSize | undefined;
    // Where sign-ins are counted, the session of the check is the only one that there is to spare.
    const isSpared = environment.paceSignIns || environment.rateLimits;
    const counted = isSpared && !request.withoutDataSize;
    const about = { target, environment };
    const signedIn = async (role: AccountRole, tokens: SignedIn) => {
      before = await readDataSizeAs(role, tokens, about);
    };
    await checkTarget(request, { environment, ofFile, target, accounts }, counted ? signedIn : undefined);
    for (const note of request.notes ?? []) console.log(note);
    if (!request.withoutDataSize) before ??= await readDataSize({ ...about, accounts });
    if (ending.how !== 'finished') throw new NotBegun(request.profiles);
    return begin(request, { ...checked, runDir, target, accounts, before });
  } catch (error) {
    await target?.close();
    if (runDir !== undefined) rmSync(runDir, { recursive: true, force: true });
    ending.close();
    throw error;
  }
}

interface AccountsFile {
  file: string;
  accounts: Account[];
}

/** All that can be known before anything is opened. What only the end needs is read too: a mistake in it must not cost a run. */
async function checkRequest(request: RunRequest) {
  const guardedEnvironment = await guarded(request.environment ?? readEnvironment());
  const thresholds = loadThresholds(undefined, request.profiles);
  await checkLimitNames(thresholds, request.profiles);
  await checkLive(guardedEnvironment);
  loadGoals();
  const budgets = loadBudgets();
  checkConflicts(budgets, thresholds);
  await checkBudgetNames(budgets);
  const defects = loadKnownDefects();
  const environment = (await request.check?.(guardedEnvironment, thresholds)) ?? guardedEnvironment;
  const browser = request.hasBrowser ? findBrowser(environment) : undefined;
  const { accountsFile: file } = environment;
  const ofFile: AccountsFile | undefined =
    file === undefined ? undefined : { file, accounts: loadAccounts(file) };
  if (ofFile) request.accounts.checkFile?.(ofFile.accounts, ofFile.file);
  return { environment, thresholds, defects, browser, ofFile };
}

async function checkTarget(
  { accounts: wanted, hasBrowser, plan }: RunRequest,
  opened: { environment: Environment; ofFile?: AccountsFile; target: Target; accounts: Account[] },
  signedIn?: AccountCheck['signedIn'],
): Promise<void> {
  const { environment, ofFile, target, accounts } = opened;
  const uses = ofFile && { ...ofFile, uses: wanted.uses(accounts) };
  const browses = plan?.mix?.some(({ via }) => via === 'browser') ?? hasBrowser;
  await checkBeforeRun(environment, target, uses, browses, signedIn);
  if (ofFile) return;
  const warning = wanted.checkEmbedded?.(accounts, environment.dataSize);
  if (warning) console.log(warning);
}

type Ready = Awaited<ReturnType<typeof checkRequest>> &
  Pick<OpenRun, 'runDir' | 'target' | 'accounts'> & { before?: DataSize };

/** A target that is not there, or a disk that takes no more. */
const GONE: readonly RunEnd[] = ['target-died', 'target-unresponsive', 'recording-failed'];

/** The target has no load yet, and everything is as it must be. */
function begin(request: RunRequest, ready: Ready): OpenRun {
  const { ending, presence } = request;
  const { runDir, environment, target, browser, before } = ready;
  beginRun(runDir, environment, {
    runner: request.runner,
    profile: request.profiles,
    target: target.facts,
    browser,
    dataSize: before && { before },
    ...request.plan,
    traced: !request.canTrace || environment.trace === 'off' ? undefined : environment.trace,
  });
  if (!request.pointsAtLatest) pointLatestAt(runDir);
  const recorder = new Recorder(runDir, { onTrouble: (why) => ending.recordingFailed(why) });
  ending.recordIn(recorder);
  const watch = watchTarget(target, { recorder, ending, maxUnresponsive: environment.maxUnresponsive });
  const { apiUrl } = target;
  const metrics = new MetricsWatch(recorder, environment.metrics, {
    apiUrl,
    insecureTls: environment.insecureTls,
  });
  const health = presence && new GeneratorHealth(recorder, { target: target.pid, presence });
  const live = startLive(runDir, environment);
  const close = async () => {
    health?.stop();
    watch.end();
    await metrics.stop();
    ending.recordNoMore();
    recorder.close();
    await live?.stop();
    removeClaims(runDir);
    if (before && !GONE.includes(ending.how))
      amendRunJson(runDir, { dataSize: { before, after: await readDataSize(ready) } });
    await target.close();
  };
  let closed: Promise<void> | undefined;
  return {
    ...ready,
    runId: runIdOf(runDir, environment),
    recorder,
    ending,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
