import type { Environment } from './environment.ts';

/** What every browser of the suite is like, whichever way it is run: times and layout shifts depend on it. */
export function browserContext({
  insecureTls,
  baseUrl,
  basicAuth,
}: Pick<Environment, 'insecureTls' | 'baseUrl' | 'basicAuth'>) {
  return {
    // A clinic's workstation; the contract was seen at this size.
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-US',
    ignoreHTTPSErrors: insecureTls,
    // They answer a challenge of the pages' origin, and of no other.
    httpCredentials: baseUrl && basicAuth ? { ...basicAuth, origin: new URL(baseUrl).origin } : undefined,
  };
}

/** How long Playwright waits, ms. */
export const ACTION_TIMEOUT_MS = 20_000;
export const NAVIGATION_TIMEOUT_MS = 30_000;
