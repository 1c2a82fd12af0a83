import { noAnswer, Refused, retryAfterMs } from './server.ts';

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/**
 * The body of a good answer.
 * @param cut aborted: it is not waited for any longer
 * @throws {Refused} another one, or none
 */
export async function post(
  { url, headers, body }: Post,
  timeoutMs: number,
  cut?: AbortSignal,
): Promise<Uint8Array> {
  const late = AbortSignal.timeout(timeoutMs);
  const signal = cut ? AbortSignal.any([cut, late]) : late;
  const request = { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer>, signal };
  try {
    // A redirect would take the body, and a token, to a place that nobody named: it is an answer like any other that is not good.
    const answer = await fetch(url, { ...request, redirect: 'manual' });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.ok) return bytes;
    throw new Refused(Buffer.from(bytes).toString('utf8') || answer.statusText, {
      status: answer.status,
      retryAfter: retryAfterMs(answer.headers.get('retry-after')),
    });
  } catch (error) {
    throw error instanceof Refused ? error : noAnswer(error, timeoutMs);
  }
}
