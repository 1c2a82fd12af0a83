import type { Page } from '@playwright/test';
import type { ThinkTimes } from '../config/think.ts';
import type { Account } from '../fixtures/accounts.ts';
import { testData } from '../fixtures/data/generate.ts';
import { seededRandom } from '../fixtures/data/random.ts';
import { ApiBehindPage } from '../measure/browser/api-behind-page.ts';
import { type ObserverOptions, PageObserver } from '../measure/browser/page-observer.ts';
import type { NameRequest } from '../measure/browser/page-requests.ts';
import { SessionTrace } from '../measure/evidence/session-trace.ts';
import type { Recorder } from '../measure/run/recorder.ts';
import type { CutShort, Sample } from '../measure/run/samples.ts';
import { Changes } from '../measure/session/changes.ts';
import { Claims } from '../measure/session/claims.ts';
import { runSession, type SessionOutcome, type SessionPlan } from '../measure/session/session.ts';
import { type SignInPace, waitToSignIn } from '../measure/session/sign-in-pace.ts';
import { thinkFor } from '../measure/session/think.ts';
import { isInterruption } from '../measure/steps/failure.ts';
import { Screen } from '../measure/steps/screen.ts';
import { Steps } from '../measure/steps/steps.ts';
import type { Journey } from './journey.ts';
import { App } from './pages/app.ts';

export interface BrowserSession extends ObserverOptions {
  /** A fresh page in a context of its own. */
  page: Page;
  plan: SessionPlan;
  /** Absent: a visitor, who neither signs in nor out. */
  account?: Account;
  journeys: readonly Journey[];
  /** Run exactly these journeys in this order, instead of drawing by weight. */
  inOrder?: boolean;
  recorder: Recorder;
  /** What must be in no sample and no evidence, besides the account's password. */
  secrets?: readonly string[];
  runDir: string;
  runId: string;
  nameRequest: NameRequest;
  thinkTimes: ThinkTimes;
  /** Multiplies think times; 0: none. */
  thinkFactor: number;
  signal?: AbortSignal;
  /** Keeps a limit on sign-ins. Absent: there is none. */
  pace?: SignInPace;
  /** How many failures of each distinct error are kept with evidence. */
  keep?: number;
  /** Records a Playwright trace, of which failures are kept. Not where the runner does so itself. */
  traced?: boolean;
  around?<T>(name: string, work: () => Promise<T>): Promise<T>;
  onStep?(name: string, ms: number, ok: boolean): void;
  /** Called with each failed check, in one line that begins with its name. */
  onFailedCheck?(what: string): void;
}

/** One user in a browser: signs in once, does journeys, signs out once. Writes all samples of it. */
export async function runBrowserSession(session: BrowserSession): Promise<SessionOutcome> {
  const { page, plan, account, recorder } = session;
  const about = {
    session: plan.id,
    role: plan.role,
    phase: plan.phase,
    warmup: plan.warmup || undefined,
    via: 'browser' as const,
  };
  let note: (sample: Sample) => void = () => undefined;
  const write = (sample: Sample) => {
    note(sample);
    recorder.write({ ...about, ...sample } as Sample);
  };
  const secrets = [...(session.secrets ?? []), ...(account ? [account.password] : [])];
  for (const secret of secrets) recorder.hide(secret);
  const observer = await PageObserver.attach(page, about, write, session.nameRequest, session);
  const trace = session.traced ? await SessionTrace.start(page.context(), secrets) : undefined;
  const steps = new Steps({ ...session, write, observer, session: plan.id, secrets, trace });
  note = (sample) => steps.evidence.note(sample);
  const api = new ApiBehindPage(page, write, session.nameRequest, (token) => recorder.hide(token));
  const screen = new Screen(page, steps, observer);
  const finish = async () => {
    await observer.finish();
    await trace?.stop();
  };
  return doSession(session, { screen, api, steps, write, recorder, finish });
}

/** What a session does its journeys with, and what writes down how they went. */
export interface SessionMeans {
  screen: Screen;
  api: ApiBehindPage;
  steps: Pick<Steps, 'step' | 'failed' | 'journey' | 'check' | 'checked'>;
  /** Takes samples of this page and its steps. */
  write(sample: Sample): void;
  /** Takes those of the session and its journeys. */
  recorder: Pick<Recorder, 'write' | 'masked'>;
  /** Collects what the page still holds. */
  finish?(): Promise<void>;
}

/** The journeys of one user, whether or not somebody watches: tools/overhead/ runs the very same ones with nobody watching, to know its price. */
export function doSession(
  session: Omit<BrowserSession, 'recorder' | 'nameRequest'>,
  { screen, api, steps, write, recorder, finish }: SessionMeans,
): Promise<SessionOutcome> {
  const { plan, account } = session;
  const app = new App(screen, api);
  const data = testData({ runId: session.runId, session: plan.id, seed: plan.seed });
  const random = seededRandom(`think ${plan.seed} ${plan.id}`);
  const think = thinkFor(session.thinkTimes[plan.role], session.thinkFactor, random, session.signal);

  const claims = new Claims(session.runDir, session.signal);
  const turnToSignIn = () => waitToSignIn(session.pace, write, session.signal);

  const runJourney = async (journey: Journey): Promise<CutShort | undefined> => {
    const note = { journey: journey.name };
    const changes = new Changes((sample) => write({ ...note, ...sample } as Sample));
    steps.journey = journey.name;
    let failure: unknown;
    let cutShort: CutShort | undefined;
    try {
      // Each journey begins where sign-in leads to, so that opening its first page is a navigation every time.
      if (plan.role !== 'visitor' && !app.dashboard.isOpen()) {
        await steps.step('return to the dashboard', () => app.dashboard.open());
        await think();
      }
      await journey.run({
        app,
        step: steps.step,
        data,
        think,
        user: { username: account?.username ?? '', role: plan.role },
        check: (name, ok, error) => steps.check(name, ok, error),
        cutShort: (why) => {
          cutShort = why;
        },
        defect: (defect) =>
          write({ ...note, t: Date.now(), kind: 'event', name: 'known-defect', data: { defect } }),
        effect: (defect, found) =>
          write({ ...note, t: Date.now(), kind: 'event', name: 'defect-effect', data: { defect, found } }),
        change: changes.note,
        claim: claims.first,
        turnToSignIn,
        turn: claims.turn,
      });
    } catch (error) {
      failure = await steps.failed(error);
    }
    await steps.checked();
    await changes.undoAll();
    claims.release();
    steps.journey = undefined;
    if (failure === undefined) {
      if (cutShort !== undefined) await recover(screen); // a dialog may be open
      return cutShort;
    }
    if (!isInterruption(failure)) await recover(screen);
    throw failure;
  };

  return runSession(plan, {
    recorder,
    account: account?.username,
    journeys: session.journeys,
    inOrder: session.inOrder,
    think,
    runJourney,
    signIn: async () => {
      if (!account) return;
      await steps.step('open sign-in', () => app.login.open());
      await think();
      await turnToSignIn();
      await steps.step('sign in', () => app.login.signIn(account.username, account.password));
      // Nobody goes on before seeing where that has led. A click amid what a page is still changing is no navigation to
      // the browser, and the view that it leads to has no Web Vitals.
      await think();
    },
    signOut: async () => {
      if (account) await steps.step('sign out', () => app.navigation.signOut(account.username));
    },
    finish,
  });
}

/** After a failed step, or one that led nowhere, the user closes what covers the page; where that does not help, loads it again. */
async function recover(screen: Screen): Promise<void> {
  const { page } = screen;
  try {
    await page.keyboard.press('Escape');
    const covering = page.getByRole('dialog').or(page.getByRole('alertdialog')).first();
    if (await covering.isVisible()) await screen.goto('/');
  } catch {
    // The page may be gone, or the target: the next step will say so under its own name.
  }
}
