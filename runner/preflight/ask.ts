import { request } from 'undici';
import { dispatcherFor } from '../../measure/target/connection.ts';

const LIMIT_MS = 15_000;

export interface Asked {
  status: number;
  text: string;
  /** A header's value; empty when there is none. */
  header(name: string): string;
  /** When the answer had come, ms since the epoch. */
  at: number;
}

export type Ask = (
  url: string,
  method?: 'GET' | 'OPTIONS',
  headers?: Record<string, string>,
) => Promise<Asked>;

/** Asks a target by a connection of its own. Redirects are not followed. */
export function asker(insecureTls: boolean): Ask {
  const dispatcher = dispatcherFor(insecureTls);
  return async (url, method = 'GET', headers = {}) => {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const options = { method, headers, signal, reset: true, ...(dispatcher && { dispatcher }) };
    const answer = await request(url, options);
    return {
      status: answer.statusCode,
      text: await answer.body.text(),
      header: (name) => String(answer.headers[name] ?? ''),
      at: Date.now(),
    };
  };
}
