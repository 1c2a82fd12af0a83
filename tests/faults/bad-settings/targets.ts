/** The embedded scheduler, and servers at which a run must stop. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { inFrontOf } from '../../process/measure/tls-server.ts';

export interface Targets {
  scheduler: EmbeddedScheduler;
  /** Answers everything with a word. */
  somethingElse: Server;
  /** It has an API that answers 401 in JSON, and a page to sign in. */
  likeGrafana: Server;
  behindBasicAuth: Server;
  /** Address at which nobody listens. */
  refusing: string;
  close(): Promise<void>;
}

export async function startTargets(): Promise<Targets> {
  const scheduler = await startEmbeddedScheduler({ size: 'small' });
  const somethingElse = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  const likeGrafana = createServer((request, response) => {
    const isApi = request.url?.startsWith('/api/');
    response.writeHead(isApi ? 401 : 200, { 'content-type': isApi ? 'application/json' : 'text/html' });
    response.end(isApi ? '{"message":"Unauthorized"}' : '<title>Grafana</title>');
  }).listen(0, '127.0.0.1');
  const forward = inFrontOf(scheduler.url);
  const behindBasicAuth = createServer((request, response) => {
    if (request.url?.startsWith('/api/')) return forward(request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="Staging"' }).end();
  }).listen(0, '127.0.0.1');
  const closed = createServer().listen(0, '127.0.0.1');
  const listening = [somethingElse, likeGrafana, behindBasicAuth, closed];
  await Promise.all(listening.map((server) => once(server, 'listening')));
  const refusing = address(closed);
  closed.close();
  await once(closed, 'close');
  const close = async () => {
    for (const server of [somethingElse, likeGrafana, behindBasicAuth]) server.close();
    await scheduler.stop();
  };
  return { scheduler, somethingElse, likeGrafana, behindBasicAuth, refusing, close };
}

export function address(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
