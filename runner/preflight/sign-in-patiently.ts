import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../../api/client/api-client.ts';
import { ApiFailure } from '../../api/client/failure.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import type { Account } from '../../fixtures/accounts.ts';

/** Sign-ins that a stock target lets through from one address are counted for a minute (docs/contract/api.md §2.1). */
const WINDOW_MS = 61_000;
/** The target counts refused sign-ins too. One that refuses for longer has locked the account. */
const MOST_WAITS = 2;

/**
 * Signs in outside of a run: where the target has counted too many sign-ins, waits for the next minute, and once more.
 * @throws {ApiFailure} when refused for another reason, or for longer
 */
export async function signInPatiently(
  api: Pick<ApiClient, 'signIn'>,
  { username, password }: Pick<Account, 'username' | 'password'>,
  onCounted: () => void = () => undefined,
  pause: (ms: number) => Promise<unknown> = delay,
): ReturnType<ApiClient['signIn']> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await api.signIn(username, password);
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.status !== TOO_MANY_REQUESTS) throw error;
      onCounted();
      if (waits === MOST_WAITS) throw error;
      console.log('      the target counts sign-ins: waiting for the next minute');
      await pause(WINDOW_MS);
    }
  }
}
