import type { ApiClient } from '../api/client/api-client.ts';
import type { Call } from '../api/client/input.ts';
import type { Operation } from '../api/operation.ts';
import { Interruption } from '../measure/steps/failure.ts';

/**
 * The client, which sends nothing more after the signal: what is under way ends first, so that its outcome is known.
 * An `Interruption` says that the request was not sent.
 */
export function clientUntilAborted(
  api: Pick<ApiClient, 'request'>,
  signal: AbortSignal,
): Pick<ApiClient, 'request'> {
  return {
    request: async <P extends string, B, R>(operation: Operation<P, B, R>, ...input: Call<P, B>) => {
      if (signal.aborted) throw new Interruption();
      return api.request(operation, ...input);
    },
  };
}
