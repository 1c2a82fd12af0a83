import { noAnswer, Refused, retryAfterMs } from './server.ts';

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/**
 * The body of a good answer.
 * @throws {Refused} another one, or none
 */
export async function post({ url, headers, body }: Post, timeoutMs: number): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(timeoutMs);
  const request = { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer>, signal };
  try {
    // A redirect would take the token elsewhere.
    const answer = await fetch(url, { ...request, redirect: 'error' });
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
