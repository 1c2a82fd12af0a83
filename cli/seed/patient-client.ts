import type { ApiClient } from '../../api/client/api-client.ts';
import type { Call } from '../../api/client/input.ts';
import type { Operation } from '../../api/operation.ts';
import { untilTaken, type Waiting } from '../accounts/pace.ts';
import { NotMade, reasonOf } from '../accounts/work.ts';

export type Client = Pick<ApiClient, 'request'>;

/**
 * The client, which waits where the target takes no more for now. What fails may fail where the caller says so, and is a
 * `NotMade` in one line otherwise.
 */
export function patientClient(api: Client, waiting: Waiting): Client {
  return {
    request: async <P extends string, B, R>(operation: Operation<P, B, R>, ...call: Call<P, B>) => {
      const [given] = call;
      // Reads and removals are sent again when the connection fails.
      const input = { ...given, mayFail: true, setup: true } as NonNullable<typeof given>;
      const answer = await untilTaken(() => api.request(operation, ...([input] as Call<P, B>)), waiting);
      if (!answer.ok && !given?.mayFail)
        throw new NotMade(`${operation.name}: ${reasonOf(answer.status, answer.json)}`);
      return answer;
    },
  };
}
