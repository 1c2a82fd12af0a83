/** A real server behind a proxy that loses the first answer to each request: the server has taken it, and the client does not know. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RealServer } from './real-servers.ts';

/** Headers of a connection, which each has of its own. */
const OF_CONNECTION = ['host', 'connection', 'content-length', 'transfer-encoding', 'expect'];

/** @param address variable that has its address */
export async function losingAnswers(server: RealServer, address: string): Promise<RealServer> {
  const target = new URL(server.settings[address] ?? '');
  const known = new Set<string>();
  const proxy = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method,
      headers: headersOf(request),
      body,
    });
    const text = Buffer.from(await answer.arrayBuffer());
    const digest = createHash('sha256').update(body).digest('hex');
    if (answer.ok && !known.has(digest)) {
      known.add(digest);
      request.socket.destroy();
    } else response.writeHead(answer.status).end(text);
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  const { port } = proxy.address() as AddressInfo;
  return {
    ...server,
    name: `${server.name}, each answer lost once`,
    says: 'that were sent before; it takes their newest values again',
    settings: { ...server.settings, [address]: `http://127.0.0.1:${port}${target.pathname}` },
    async stop() {
      await new Promise<void>((closed) => {
        proxy.close(() => closed());
        proxy.closeAllConnections();
      });
      await server.stop();
    },
  };
}

function headersOf({ headers }: IncomingMessage): Array<[string, string]> {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value !== 'string' || OF_CONNECTION.includes(name) ? [] : [[name, value]],
  );
}
