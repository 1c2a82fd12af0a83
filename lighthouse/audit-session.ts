/** One user of a run of audits: signs in, does one journey in a browser of its own, signs out. */
import { nameRequest } from '../api/operations/name-request.ts';
import { secretsOf, signInsPerMinute } from '../config/environment.ts';
import { loadThinkTimes } from '../config/think.ts';
import type { Account } from '../fixtures/accounts.ts';
import type { Journey } from '../flows/journey.ts';
import { type Onlookers, runUnmeasuredSession } from '../flows/unmeasured-session.ts';
import type { Sample } from '../measure/run/samples.ts';
import type { SessionOutcome } from '../measure/session/session.ts';
import { signInPace } from '../measure/session/sign-in-pace.ts';
import type { OpenRun } from '../runner/open-run.ts';
import { type AuditBrowser, openAuditBrowser } from './audit-browser.ts';

export interface AuditUser {
  id: string;
  account?: Account;
  /** The journey, once the browser is there. */
  journeyIn(browser: AuditBrowser): Journey;
  look?(): Pick<Onlookers, 'step' | 'check'>;
}

export type AuditSession = (user: AuditUser) => Promise<SessionOutcome>;

/**
 * Samples of journeys are not written: their time is mostly Lighthouse's. An abort closes the browser, and everything in it
 * ends.
 */
export function auditSession(run: OpenRun, signal: AbortSignal): AuditSession {
  const { environment, target, recorder, runDir, runId } = run;
  const perMinute = signInsPerMinute(environment);
  const pace = perMinute === undefined ? undefined : signInPace(perMinute);
  const thinkTimes = loadThinkTimes();
  const secrets = secretsOf(environment);
  return async ({ id, account, journeyIn, look }) => {
    for (const secret of [...secrets, ...(account ? [account.password] : [])]) recorder.hide(secret);
    const browser = await openAuditBrowser(environment, target);
    const close = () => void browser.close().catch(() => undefined);
    signal.addEventListener('abort', close);
    try {
      const journey = journeyIn(browser);
      const { role } = journey;
      return await runUnmeasuredSession(
        {
          page: browser.page,
          account,
          plan: { id, name: 'audit', role, via: 'browser', journeys: 1, seed: environment.seed },
          journeys: [journey],
          inOrder: true,
          runDir,
          runId,
          thinkTimes,
          thinkFactor: 0,
          signal,
          pace,
        },
        {
          nameRequest,
          ...look?.(),
          recorder: {
            write: (sample: Sample) => {
              if (sample.kind !== 'journey') recorder.write(sample);
            },
            masked: (text) => recorder.masked(text),
          },
        },
      );
    } finally {
      signal.removeEventListener('abort', close);
      await browser.close();
    }
  };
}
