/**
 * A target that costs next to nothing, so that the generator is what runs short first: it asks the embedded scheduler
 * once for each path and gives everybody that answer again. One path's answers are delayed by a delay.
 * `node tests/truth/replaying-target.ts ORIGIN DELAYED-PATH MS`; tells the parent its port.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const [origin = '', delayed = '', delay = '0'] = process.argv.slice(2);
const known = new Map<string, Promise<Answer>>();

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

process.on('disconnect', () => process.exit());
const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', origin).pathname;
  const key = `${request.method} ${path}`;
  const { authorization = '' } = request.headers;
  const asked = known.get(key) ?? ask(request, authorization);
  known.set(key, asked);
  const { status, headers, body } = await asked;
  const answer = () => response.writeHead(status, headers).end(body);
  if (path === delayed) setTimeout(answer, Number(delay));
  else answer();
}).listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

async function ask(request: IncomingMessage, authorization: string): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(origin + request.url, {
    method: request.method,
    headers: { 'content-type': request.headers['content-type'] ?? 'application/json', authorization },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  const type = answer.headers.get('content-type') ?? 'application/json';
  return {
    status: answer.status,
    headers: { 'content-type': type, 'content-length': `${body.length}` },
    body,
  };
}
