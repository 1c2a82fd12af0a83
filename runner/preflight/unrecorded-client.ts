import { ApiClient } from '../../api/client/api-client.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import { dispatcherFor } from '../../measure/target/connection.ts';

/** A client of a target for what is no run: its requests leave no samples. `who` is it for: a command's name. */
export function unrecordedClient(
  who: string,
  role: AccountRole,
  { apiUrl, insecureTls }: { apiUrl: string; insecureTls: boolean },
): ApiClient {
  return new ApiClient({
    apiUrl,
    recorder: { write: () => undefined },
    context: { session: who, role },
    dispatcher: dispatcherFor(insecureTls),
  });
}
