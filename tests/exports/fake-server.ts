/** A server of metrics on loopback that answers as it is asked to, and keeps what it took. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { gunzipSync } from 'node:zlib';

export interface Received {
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Closes the connection without an answer. */
  drop?: boolean;
  /** Never answers. */
  hang?: boolean;
}

export interface FakeServer {
  url: string;
  received: Received[];
  close(): Promise<void>;
}

/** @param answer to the request with this number, from 1 */
export async function fakeServer(answer: (request: Received, number: number) => Answer): Promise<FakeServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const raw = Buffer.concat(parts);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    const one = { path: request.url ?? '', headers: request.headers, body };
    received.push(one);
    const { status, headers = {}, body: text = '', drop, hang } = answer(one, received.length);
    if (hang) return;
    if (drop) request.socket.destroy();
    else response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  after(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close };
}
