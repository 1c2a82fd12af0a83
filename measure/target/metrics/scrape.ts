import { request } from 'undici';
import type { MetricsEndpoint } from '../../../config/metrics-endpoints.ts';
import { basicAuthHeader, dispatcherFor, tlsProblem } from '../connection.ts';
import { type ExpositionSample, readExposition } from './exposition.ts';

/** The older format first: every exporter has it, and it is the shorter one. */
const ACCEPT = 'text/plain;version=0.0.4;q=1,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1';
const OPEN_METRICS = 'application/openmetrics-text';
/** An exporter of a large cluster answers with a few MiB. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Asks an endpoint once. A redirect is not followed: it may lead to a host that nobody named, and the token with it.
 * @param url where the endpoint is
 * @returns its series, read as they are asked for
 * @throws {Error} no answer in time, no answer of 200, or one that is too long; the message is one line, without the token
 */
export async function scrape(
  url: string,
  { timeout, bearer, basicAuth }: Pick<MetricsEndpoint, 'timeout' | 'bearer' | 'basicAuth'>,
  insecureTls: boolean,
): Promise<Iterable<ExpositionSample>> {
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: dispatcherFor(insecureTls),
      headers: {
        accept: ACCEPT,
        ...(bearer ? { authorization: `Bearer ${bearer}` } : basicAuthHeader(basicAuth)),
      },
      reset: true, // a connection of its own, as Prometheus itself would have one: the target's pool is the sessions'
      signal: AbortSignal.timeout(timeout * 1000),
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`answer ${statusCode}`);
    }
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of body) {
      bytes += (part as Buffer).length;
      if (bytes > MOST_BYTES) throw new Error(`answer of more than ${MOST_BYTES / 2 ** 20} MiB`);
      parts.push(part as Buffer);
    }
    const text = Buffer.concat(parts).toString('utf8');
    return readExposition(text, String(headers['content-type'] ?? '').startsWith(OPEN_METRICS));
  } catch (error) {
    const { name, code, message } = error as NodeJS.ErrnoException;
    if (name === 'TimeoutError') throw new Error(`no answer within ${timeout} s`, { cause: error });
    throw new Error((await tlsProblem(url, error)) ?? code ?? message, { cause: error });
  }
}
