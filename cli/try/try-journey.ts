/** One journey, once, in a run of its own that is not judged. */
import { rmSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { nameRequest } from '../../api/operations/name-request.ts';
import { runHttpSession } from '../../api/session.ts';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { ACTION_TIMEOUT_MS, browserContext, NAVIGATION_TIMEOUT_MS } from '../../config/browser-context.ts';
import { isAllowed } from '../../config/changes.ts';
import { type Environment, secretsOf, signInsPerMinute } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, INTERRUPTED, PASSED, UNREACHABLE } from '../../config/exit-codes.ts';
import type { AccountRole } from '../../config/roles.ts';
import { loadThinkTimes } from '../../config/think.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { runBrowserSession } from '../../flows/session.ts';
import { isElsewhere } from '../../measure/browser/hidden-answers.ts';
import { ResourceWatch } from '../../measure/resources/resource-watch.ts';
import { Recorder } from '../../measure/run/recorder.ts';
import { signInPace } from '../../measure/session/sign-in-pace.ts';
import { endRun } from '../../runner/conclude-run.ts';
import { type OpenRun, openRun } from '../../runner/open-run.ts';
import { RunEnding } from '../../runner/run-ending.ts';
import type { ChosenJourney } from './journey-named.ts';
import { resourceLines } from './resource-lines.ts';
import { TrialLines } from './trial-lines.ts';

/** Also the profile in the run directory's name. */
const SESSION = 'try';

/** Gives the exit code. @throws ConfigError, TargetUnreachable, NotBegun */
export async function tryJourney(
  chosen: ChosenJourney,
  environment: Environment,
  resources = false,
): Promise<number> {
  const { via, journey } = chosen;
  if (resources && via !== 'browser')
    throw new ConfigError(
      `loadtest try: --resources is for journeys in a browser, and "${journey.name}" has no pages. Leave it out.`,
    );
  const stopping = new AbortController();
  const run = await openRun({
    runner: 'try',
    profiles: [SESSION],
    environment,
    check: (guarded) => checked(chosen, guarded),
    accounts: {
      checkFile: (accounts, file) => void accountOf(chosen, accounts, file),
      uses: (accounts) => {
        const account = accountOf(chosen, accounts);
        return new Map(account && [[account.role, 1]]);
      },
    },
    hasBrowser: via === 'browser',
    withoutDataSize: true,
    pointsAtLatest: true, // it is no run to look at
    ending: new RunEnding({ stop: () => stopping.abort() }),
  });
  const lines = new TrialLines({ runDir: run.runDir, defects: run.defects, target: run.target.facts });
  const account = accountOf(chosen, run.accounts);
  console.log(
    `${journey.name}, by ${account ? `${account.role} ${account.username}` : 'a visitor'}, ${run.target.url}`,
  );
  try {
    const recorder = new Recorder(run.runDir, {
      onTrouble: (why) => run.ending.recordingFailed(why),
      onSample: lines.take,
    });
    const work = { chosen, run, recorder, account, resources, signal: stopping.signal };
    await (chosen.via === 'browser' ? inBrowser({ ...work, chosen }) : overHttp(work)).finally(() =>
      recorder.close(),
    );
  } finally {
    await endRun(run);
    run.ending.close();
  }
  return conclude(run, lines);
}

function conclude({ runDir, ending, target }: OpenRun, lines: TrialLines): number {
  for (const line of lines.left()) console.log(line);
  if (ending.how === 'interrupted') console.log('interrupted');
  const isBad = lines.isBad || ending.how !== 'finished';
  if (isBad) console.log(`${lines.summary()}. All of it: ${runDir}`);
  else {
    console.log(`${lines.summary()}.`);
    rmSync(runDir, { recursive: true, force: true });
  }
  if (ending.how === 'interrupted') return INTERRUPTED;
  if (ending.how !== 'target-died' && ending.how !== 'target-unresponsive') return isBad ? FAILED : PASSED;
  console.error(`${target.url}: the target stopped answering. Start it again, and see its log.`);
  return UNREACHABLE;
}

interface Work {
  chosen: ChosenJourney;
  run: OpenRun;
  recorder: Recorder;
  account?: Account;
  /** Whether to list what pages load that they need not. */
  resources?: boolean;
  signal: AbortSignal;
}

/** What sessions of both kinds take. */
function sessionOf({ run, recorder, signal, chosen, account }: Work) {
  const { runDir, runId, environment } = run;
  const perMinute = signInsPerMinute(environment);
  return {
    plan: {
      id: `${SESSION}1`,
      name: SESSION,
      role: account?.role ?? ('visitor' as const),
      via: chosen.via,
      journeys: 1,
      seed: environment.seed,
    },
    base: {
      recorder,
      runDir,
      runId,
      thinkTimes: loadThinkTimes(),
      thinkFactor: environment.think,
      keep: environment.artifacts,
      signal,
      pace: perMinute === undefined ? undefined : signInPace(perMinute),
    },
  };
}

async function inBrowser(work: Work & { chosen: Extract<ChosenJourney, { via: 'browser' }> }): Promise<void> {
  const { run, account, chosen } = work;
  const { environment, target } = run;
  const browser = await chromium.launch({
    executablePath: findBrowser(environment).path,
    args: launchArgs({ baseUrl: target.url, apiUrl: target.apiUrl }),
    headless: !environment.headed,
    // The run's own ending closes it.
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  try {
    const context = await browser.newContext({ ...browserContext(environment), baseURL: target.url });
    context.setDefaultTimeout(ACTION_TIMEOUT_MS);
    context.setDefaultNavigationTimeout(NAVIGATION_TIMEOUT_MS);
    const { plan, base } = sessionOf(work);
    const page = await context.newPage();
    const watch = work.resources ? await ResourceWatch.start(page) : undefined;
    const journeys = [chosen.journey];
    const { throttle } = environment;
    const secrets = secretsOf(environment);
    await runBrowserSession({
      page,
      account,
      plan,
      journeys,
      inOrder: true,
      nameRequest,
      throttle,
      isApiElsewhere: isElsewhere(target),
      secrets,
      ...base,
    });
    if (watch) for (const line of resourceLines(await watch.stop())) console.log(line);
  } finally {
    await browser.close();
  }
}

async function overHttp(work: Work): Promise<void> {
  const { run, account, chosen } = work;
  const { environment, target } = run;
  const { plan, base } = sessionOf(work);
  await runHttpSession({
    plan: { ...plan, only: [chosen.journey.name] },
    account: account as Account,
    baseContext: {
      ...base,
      apiUrl: target.apiUrl,
      mayChange: environment.mayChange,
      limits: environment.rateLimits,
      insecureTls: environment.insecureTls,
    },
  });
}

/** @throws {ConfigError} where the environment does not allow it */
function checked({ journey, via }: ChosenJourney, environment: Environment): Environment {
  const { name, changes } = journey;
  const place = environment.environment;
  if (!isAllowed(changes, environment.mayChange))
    throw new ConfigError(
      `loadtest try: "${name}" changes ${changes.join(', ')}, and ${place} does not allow that. Name another environment, or change mayChange in config/environments.yml.`,
    );
  if (via === 'http' && journey.needs === 'rate limits' && environment.rateLimits === undefined)
    throw new ConfigError(
      `loadtest try: "${name}" needs a target that keeps rate limits, and ${place} has none. Name another environment.`,
    );
  return environment;
}

/** The first account that may do it; a visitor has none. @throws {ConfigError} */
function accountOf(
  { journey, via }: ChosenJourney,
  accounts: readonly Account[],
  file = 'ACCOUNTS_FILE',
): Account | undefined {
  const roles: readonly string[] = via === 'http' ? journey.roles : [journey.role];
  if (roles.includes('visitor')) return undefined;
  for (const role of roles as AccountRole[]) {
    const account = accounts.find((one) => one.role === role);
    if (account) return account;
  }
  throw new ConfigError(
    `${file}: no account of role ${roles.join(' or ')}, and "${journey.name}" needs one. Add one.`,
  );
}
