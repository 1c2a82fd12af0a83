/** A small HTTP server that answers as a test tells it to, on a free loopback port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { ApiClient, type ApiClientOptions } from '../../api/client/api-client.ts';
import type { CheckSample, RequestSample, Sample } from '../../measure/run/samples.ts';

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Handler = (request: Received, response: ServerResponse) => void;

/** Starts the server; it is gone when the test ends. */
export async function serve(t: TestContext, handler: Handler) {
  const received: Received[] = [];
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body,
    };
    received.push(request);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { apiUrl: `http://127.0.0.1:${port}/api/v1`, received, server };
}

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A client whose samples stay in memory. */
export function client(t: TestContext, apiUrl: string, options: Partial<ApiClientOptions> = {}) {
  const samples: Sample[] = [];
  const api = new ApiClient({
    apiUrl,
    recorder: { write: (sample) => samples.push(sample) },
    context: { session: 's1', role: 'resident', phase: 'steady' },
    ...options,
  });
  t.after(() => api.close());
  return {
    api,
    samples,
    requests: () => samples.filter((sample): sample is RequestSample => sample.kind === 'request'),
    checks: () => samples.filter((sample): sample is CheckSample => sample.kind === 'check'),
  };
}

/** A token as the target makes them, unsigned: only its claims are read by a client. */
export function token(lifeSeconds: number, name = 'user'): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: name, iat, exp: iat + lifeSeconds, jti: `${name}-${Math.random()}` };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.signature`;
}
