/** Services that take alerts, as they do by their protocol: each on a free port of this machine, for one test. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { SMTPServer } from 'smtp-server';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent is what the test is about
  body: any;
}
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** It is answered when this is there. */
  after?: Promise<void>;
}

/** Answers with these one after the other, the last again and again. */
export async function httpReceiver(
  t: TestContext,
  ...answers: Answer[]
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    received.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(body) });
    const answer = answers[Math.min(received.length, answers.length) - 1] ?? { status: 200 };
    const { status, headers, after }: Answer = answer;
    await after;
    response.writeHead(status, headers).end('{"an":"answer with S3cret in it"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** A port at which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface Mail {
  from: string;
  to: string[];
  text: string;
}

/** Takes mails of the user `suite` with this password. */
export async function mailServer(t: TestContext, password: string): Promise<{ port: number; mails: Mail[] }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: (auth, _, done) =>
      auth.username === 'suite' && auth.password === password
        ? done(null, { user: 'suite' })
        : done(Object.assign(new Error(`no, ${auth.password} is wrong`), { responseCode: 535 })),
    onData: async (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      mails.push({
        from: mailFrom === false ? '' : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
        text: await text(stream),
      });
      done();
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(() => new Promise<void>((done) => server.close(() => done())));
  return { port: (server.server.address() as AddressInfo).port, mails };
}
