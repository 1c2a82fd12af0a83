/**
 * Inside a container: the embedded scheduler instead of an application whose database is empty. The first registration, which comes
 * from nobody, makes an admin (docs/contract/api.md §5.1); all others are the scheduler's own.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

const SCHEDULER = 4300;
const OWN = 3000;
const FORBIDDEN = 403;
const ACCOUNTS = '/tmp/accounts.yml';
const HOME = `http://127.0.0.1:${SCHEDULER}/api/v1`;

const variables = [`PORT=${SCHEDULER}`, 'SCHEDULER_HOST=127.0.0.1'];
const words = [...variables, process.execPath, 'fixtures/scheduler/main.ts', '--accounts', ACCOUNTS];
// This file is alone in its container: `env` adds to the variables that are there.
const child = spawn('env', words, { stdio: 'inherit' });
child.once('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => child.kill('SIGTERM'));

let isEmpty = true;
createServer((incoming, outgoing) => {
  const isFirst = isEmpty && incoming.method === 'POST' && incoming.url === '/api/v1/auth/register';
  if (!isFirst) return passOn(incoming, outgoing);
  isEmpty = false;
  makeFirst(incoming, outgoing).catch((error: Error) => outgoing.writeHead(500).end(error.message));
}).listen(OWN, '0.0.0.0');

function passOn(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const asked = request({ host: '127.0.0.1', port: SCHEDULER, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  asked.once('error', ({ message }) => outgoing.writeHead(502).end(message));
  incoming.pipe(asked);
}

/** By an admin of the scheduler's own, whom nobody outside knows. */
async function makeFirst(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  if (incoming.headers.authorization) return void outgoing.writeHead(FORBIDDEN).end('{}');
  const json = { 'content-type': 'application/json' };
  const post = (path: string, body: string, headers = {}) =>
    fetch(`${HOME}${path}`, { method: 'POST', headers: { ...json, ...headers }, body });
  const admin = JSON.stringify(anAdmin());
  const { access_token } = (await (await post('/auth/login/json', admin)).json()) as { access_token: string };
  const made = await post('/auth/register', Buffer.concat(parts).toString(), {
    authorization: `Bearer ${access_token}`,
  });
  outgoing.writeHead(made.status, json).end(await made.text());
}

/** Each account is a line `- { role: …, username: …, password: … }`. */
function anAdmin(): { username: string; password: string } {
  const line = readFileSync(ACCOUNTS, 'utf8')
    .split('\n')
    .find((one) => one.includes('role: admin'));
  const value = (name: string) => new RegExp(`${name}: ["']?([^"',}\\s]+)`).exec(line ?? '')?.[1] ?? '';
  return { username: value('username'), password: value('password') };
}
