import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { MayChange } from '../config/changes.ts';
import type { RateLimits } from '../config/environments.ts';
import { loadThinkTimes, type ThinkTimes } from '../config/think.ts';
import type { Account } from '../fixtures/accounts.ts';
import { testData } from '../fixtures/data/generate.ts';
import { seededRandom } from '../fixtures/data/random.ts';
import { factsOf } from '../measure/errors/classified-error.ts';
import { LastRequests } from '../measure/evidence/last-requests.ts';
import { artifactReserver } from '../measure/evidence/reserve-artifact.ts';
import { masker } from '../measure/run/mask.ts';
import type { Recorder } from '../measure/run/recorder.ts';
import type { CutShort, RequestSample, Sample } from '../measure/run/samples.ts';
import { Changes } from '../measure/session/changes.ts';
import { Claims } from '../measure/session/claims.ts';
import { runSession, type SessionOutcome, type SessionPlan } from '../measure/session/session.ts';
import { type SignInPace, waitToSignIn } from '../measure/session/sign-in-pace.ts';
import { type Pause, thinkFor } from '../measure/session/think.ts';
import { isInterruption } from '../measure/steps/failure.ts';
import { ApiClient, type ClientContext } from './client/api-client.ts';
import type { CheckRate } from './client/check-rate.ts';
import { ApiFailure } from './client/failure.ts';
import { httpJourneysFor } from './journeys/registry.ts';

/** `only`: names of journeys to draw from; default: all of the role. */
export type HttpSessionPlan = SessionPlan & { only?: readonly string[] };

/** What all sessions of a thread have in common. */
export interface HttpSessionBase {
  recorder: Recorder;
  runDir: string;
  /** How many failures of each distinct error are kept with evidence. */
  keep?: number;
  apiUrl: string;
  runId: string;
  /** Multiplies think times; 0 = none. */
  thinkFactor: number;
  /** Only journeys that change nothing else. Default: all journeys. */
  mayChange?: MayChange;
  thinkTimes?: ThinkTimes;
  /** Shared by all sessions of a thread. Absent: each has connections of its own. */
  dispatcher?: Dispatcher;
  /** Certificates are taken unchecked. */
  insecureTls?: boolean;
  /** Which answers are compared with their schema; one for all sessions, as it counts them. */
  checkRate?: CheckRate;
  /** Keeps a limit on sign-ins. Absent: there is none. */
  pace?: SignInPace;
  /** What the target allows in a minute. Absent: it has no limits. */
  limits?: RateLimits;
  /** Interrupts the session: requests and thinking end at once, clean-up is still done. */
  signal?: AbortSignal;
  onRequest?: (sample: RequestSample) => void;
}

/** Runs one simulated user over HTTP. Throws only for what is wrong before the first request. */
export async function runHttpSession({
  plan,
  account,
  baseContext,
}: {
  plan: HttpSessionPlan;
  account: Account;
  baseContext: HttpSessionBase;
}): Promise<SessionOutcome> {
  const { recorder, signal, thinkFactor } = baseContext;
  const journeys = httpJourneysFor(plan.role, { only: plan.only, mayChange: baseContext.mayChange });
  const times = (baseContext.thinkTimes ?? loadThinkTimes())[plan.role];
  const random = seededRandom(`think ${plan.seed} ${plan.id}`);
  const data = testData({ runId: baseContext.runId, session: plan.id, seed: plan.seed });
  const context: ClientContext = {
    session: plan.id,
    role: plan.role,
    phase: plan.phase,
    warmup: plan.warmup || undefined,
  };
  recorder.hide(account.password);
  const requests = new LastRequests();
  const claims = new Claims(baseContext.runDir, signal);
  const api = new ApiClient({
    apiUrl: baseContext.apiUrl,
    recorder,
    context,
    dispatcher: baseContext.dispatcher,
    insecureTls: baseContext.insecureTls,
    checkRate: baseContext.checkRate,
    signal,
    due: plan.due,
    onRequest: (sample) => {
      requests.note(sample);
      baseContext.onRequest?.(sample);
    },
  });

  /** A failure is reported with the session's last requests, unless it is the end of the run. */
  const orTell = async (what: 'sign-in' | 'journey' | 'sign-out', work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (failure) {
      if (!isInterruption(failure)) tell(`${what} failed`, failure as Error);
      throw failure;
    }
  };
  const tell = (name: string, failure: Error) => {
    const { runDir, keep } = baseContext;
    const mask = masker([account.password]);
    const error = mask(failure.message.split('\n')[0] ?? '');
    const facts = factsOf(failure);
    const where = failure instanceof ApiFailure ? failure.operation : (context.journey ?? name);
    const har = requests.keep(
      runDir,
      artifactReserver({ runDir, session: plan.id, keep }, where, { error, ...facts }),
      mask,
    );
    recorder.write({ ...context, via: 'http', t: Date.now(), kind: 'error', name, error, ...facts, har });
  };

  // The client hears of it, so that the next request's latency counts from when it was due.
  const pause: Pause = (ms, stop) => {
    api.thought(ms);
    return delay(ms, undefined, { signal: stop });
  };
  const think = thinkFor(times, thinkFactor, random, signal, pause);
  const turnToSignIn = async () => {
    const write = (sample: Sample) => recorder.write({ ...context, via: 'http', ...sample } as Sample);
    const begun = performance.now();
    await waitToSignIn(baseContext.pace, write, signal);
    if (baseContext.pace) api.thought(performance.now() - begun); // the wait was ours: the request was not due before
  };

  return runSession(journeys.some(({ once }) => once) ? { ...plan, journeys: 1 } : plan, {
    recorder,
    account: account.username,
    journeys,
    signIn: async () => {
      await turnToSignIn();
      await orTell('sign-in', api.signIn(account.username, account.password));
    },
    runJourney: async (journey) => {
      context.journey = journey.name;
      const about = { ...context, via: 'http' as const };
      const changes = new Changes((sample) => recorder.write({ ...about, ...sample } as Sample));
      let cutShort: CutShort | undefined;
      try {
        const tools = {
          api,
          check: api.check.bind(api),
          count: api.count.bind(api),
          effect: (defect: string, found: boolean) =>
            recorder.write({
              ...about,
              t: Date.now(),
              kind: 'event',
              name: 'defect-effect',
              data: { defect, found },
            }),
          cutShort: (why: CutShort) => {
            cutShort = why;
          },
          data,
          think,
          wait: (ms: number) => pause(ms, signal),
          until: plan.until,
          ends: plan.ends,
          limits: baseContext.limits,
          user: {
            signIn: async () => {
              await turnToSignIn();
              await api.signInByJson(account.username, account.password);
            },
            renew: () => api.renew(),
            signOut: () => api.signOut(),
          },
          change: changes.note,
          claimAll: claims.all,
        };
        await orTell('journey', journey.run(tools));
        return cutShort;
      } finally {
        await changes.undoAll();
        claims.release();
        context.journey = undefined;
      }
    },
    signOut: () => orTell('sign-out', api.signOut()),
    think,
    finish: () => api.close(),
  });
}
