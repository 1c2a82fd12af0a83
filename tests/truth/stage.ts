/** Where proofs play: an embedded scheduler to inject faults into, and sessions of the suite that write samples. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { nameRequest } from '../../api/operations/name-request.ts';
import { type HttpSessionPlan, runHttpSession } from '../../api/session.ts';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { readEnvironment } from '../../config/environment.ts';
import { loadThinkTimes } from '../../config/think.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { Journey } from '../../flows/journey.ts';
import { App } from '../../flows/pages/app.ts';
import { runBrowserSession } from '../../flows/session.ts';
import { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';
import { PageObserver } from '../../measure/browser/page-observer.ts';
import { Recorder, SAMPLES_FILE } from '../../measure/run/recorder.ts';
import type { AccountRole, Sample } from '../../measure/run/samples.ts';
import type { SessionOutcome } from '../../measure/session/session.ts';
import { Screen } from '../../measure/steps/screen.ts';
import { type Step, Steps } from '../../measure/steps/steps.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { setFaults } from '../faults/target.ts';

/** A session without think time. Its samples carry `id`. */
export interface Play {
  id: string;
  role: AccountRole | 'visitor';
}

export interface Stage {
  scheduler: EmbeddedScheduler;
  /** The run directory that sessions write to. */
  folder: string;
  /** Puts these rules in force, and no others. */
  setFaults(rules: readonly object[]): Promise<void>;
  /** In a fresh browser context, exactly these journeys in order. */
  inBrowser(play: Play, journeys: readonly Journey[]): Promise<SessionOutcome>;
  /** Over HTTP, one of these journeys. */
  overHttp(play: Play, journey: string): Promise<SessionOutcome>;
  /** As `inBrowser`, with the suite's parts in hand instead of journeys. Ends by itself, without signing out. */
  inHand(play: Play, work: (hand: Hand) => Promise<void>): Promise<void>;
  /** For parts of the suite that write by themselves. */
  recorder: Recorder;
  /** All that was written so far. */
  samples(): Sample[];
}

/** A page that is measured, and those who do it. */
export interface Hand {
  page: Page;
  screen: Screen;
  app: App;
  observer: PageObserver;
  step: Step;
}

export interface StageOptions {
  /** Program of the browser; default: the one that the suite finds. */
  browser?: string;
  /** The scheduler's access log. */
  accessLog?: string;
}

/** Sets the stage, plays on it, and clears it whatever happened. */
export async function onStage<T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-truth-'));
  const scheduler = await startEmbeddedScheduler({
    size: 'small',
    accessLog: options.accessLog,
    // What a sign-in costs is nothing that is proved here.
    settings: { SCHEDULER_PASSWORD_COST_MS: '10' },
  });
  const recorder = new Recorder(folder);
  let launched: Promise<Browser> | undefined;
  const browser = () => {
    launched ??= chromium.launch({
      executablePath: options.browser ?? findBrowser(readEnvironment()).path,
      args: launchArgs({}),
    });
    return launched;
  };
  const base = { recorder, runDir: folder, runId: 'truth', thinkTimes: loadThinkTimes(), thinkFactor: 0 };
  try {
    return await play({
      scheduler,
      folder,
      recorder,
      setFaults: (rules) => setFaults(scheduler.url, rules),
      inBrowser: ({ id, role }, journeys) =>
        inContext(browser(), scheduler.url, (page) =>
          runBrowserSession({
            ...base,
            page,
            account: role === 'visitor' ? undefined : accountOf(scheduler, role),
            plan: { id, name: 'truth', role, via: 'browser', journeys: 1, seed: id },
            journeys,
            inOrder: true,
            nameRequest,
          }),
        ),
      inHand: ({ id, role }, work) =>
        inContext(browser(), scheduler.url, async (page) => {
          const about = { session: id, role, via: 'browser' as const };
          const write = (sample: Sample) => recorder.write({ ...about, ...sample } as Sample);
          const observer = await PageObserver.attach(page, about, write, nameRequest);
          const steps = new Steps({ write, observer, session: id, runDir: folder });
          const screen = new Screen(page, steps, observer);
          const app = new App(screen, new ApiBehindPage(page, write, nameRequest));
          await work({ page, screen, app, observer, step: steps.step });
          await observer.finish();
        }),
      overHttp: ({ id, role }, journey) => {
        const plan: HttpSessionPlan = { id, name: 'truth', role, via: 'http', journeys: 1, seed: id };
        return runHttpSession({
          plan: { ...plan, only: [journey] },
          account: accountOf(scheduler, role),
          baseContext: { ...base, apiUrl: scheduler.apiUrl },
        });
      },
      samples: () => {
        recorder.flush();
        const lines = readFileSync(join(folder, SAMPLES_FILE), 'utf8').split('\n').filter(Boolean);
        return lines.map((line) => JSON.parse(line) as Sample);
      },
    });
  } finally {
    recorder.close();
    await (await launched)?.close();
    await scheduler.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Work in a page of a context of its own, as a user's browser is. */
export async function inContext<T>(
  browser: Browser | Promise<Browser>,
  baseURL: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await (await browser).newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
  });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Samples of one kind. */
export function ofKind<K extends Sample['kind']>(
  samples: readonly Sample[],
  kind: K,
): Array<Extract<Sample, { kind: K }>> {
  return samples.filter((sample): sample is Extract<Sample, { kind: K }> => sample.kind === kind);
}

/** The first account of that role. */
export function accountOf(scheduler: EmbeddedScheduler, wanted: Play['role']): Account {
  const account = scheduler.accounts.find(({ role }) => role === wanted);
  if (!account) throw new Error(`the scheduler came without an account of a ${wanted}`);
  return account;
}
