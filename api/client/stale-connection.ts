/**
 * A server may close a connection that is kept alive in the very moment in which the next request is sent on it. No byte
 * of an answer comes then, and nobody can say whether the request was read. Browsers send it once more where that is
 * safe, and so does this client: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
 */
import { factsOf } from '../../measure/errors/classified-error.ts';
import { connectionsTo } from './connections.ts';
import { type Exchange, exchange, type Outgoing } from './exchange.ts';

/** Whether the connection had been used before and was closed before an answer began. */
export function closedBeforeAnswer({ status, timedOut, interim, failure, moments }: Exchange): boolean {
  const { opening, sent, firstByte } = moments;
  const isReused = sent !== undefined && opening === undefined;
  return (
    status === 0 &&
    !timedOut &&
    isReused &&
    firstByte === undefined &&
    !interim &&
    factsOf(failure).errorKind === 'connection-reset'
  );
}

/** Sends it on a connection of its own. Its times begin with the first sending, which is when its user began to wait. */
export async function sendOnNewConnection(
  apiUrl: string,
  insecureTls: boolean | undefined,
  outgoing: Outgoing,
  first: Exchange,
): Promise<Exchange> {
  const { called, ended } = first.moments;
  const connection = connectionsTo(apiUrl, insecureTls);
  try {
    const timeoutMs = Math.max(1, outgoing.timeoutMs - (ended - called));
    const second = await exchange(connection, new URL(apiUrl).origin, { ...outgoing, timeoutMs });
    return { ...second, moments: { ...second.moments, called } };
  } finally {
    await connection.destroy();
  }
}
