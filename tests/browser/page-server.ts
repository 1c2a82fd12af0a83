import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { APP, BUTTONS } from './app-page.ts';
import { CHANGES } from './changes-page.ts';
import { APART_INSIDE, APART_PAGE, LEADS_PAGE, WAYS_PAGE } from './ways-page.ts';

/** Answers the API's calls itself, each after 100 ms. */
const ANSWERING_WORKER = `
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (!event.request.url.includes('/api/v1/')) return;
    event.respondWith(new Promise((done) => setTimeout(() => done(new Response('{}')), 100)));
  });`;

/** One answer of the API, as the server itself saw it. */
export interface Served {
  id: string;
  method: string;
  path: string;
  authorization?: string;
  status: number;
  /** From the request's arrival to the first and to the last byte of the answer, ms. */
  firstByte: number;
  whole: number;
}

export interface PageServer {
  url: string;
  served: Served[];
  /** The API closes each connection without a word. */
  hangUp: boolean;
  close(): Promise<void>;
}

/**
 * Pages whose times are known, because they note them themselves.
 *
 * - `/changes`: something appears this many ms after a click.
 * - `/ways`: something appears, or goes, in one of many ways; `/apart`: in a frame of another origin; `/saved`: a file.
 * - `/late`: has nothing to paint until this many ms after its script ran (`after`).
 * - `/drawn`: a canvas and nothing else.
 * - `/app/…`: a small application with client-side navigation.
 * - `/api/v1/…?wait=&trickle=&status=&location=&cache=`: answers after `wait` ms, its body taking another `trickle` ms;
 *   status 0: no answer, the connection is closed;
 *   `cache` is its Cache-Control, with which it has an ETag; `body=no`: it is empty; `detail`: what it says of a failure.
 * - `/app/worker.js`: a service worker that answers `…/kept` by itself, forwards `…/forwarded`, answers
 *   `…/renewed` with what it has while it asks for a new one, and asks again for `…/retried` after a 503.
 */
export async function startPageServer(): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page.invalid');
    const isCutOff = site.hangUp || searchParams.get('status') === '0';
    if (pathname.startsWith('/api/v1/') && isCutOff) request.socket.destroy();
    else if (pathname.startsWith('/api/v1/')) void answer(request, response, pathname, searchParams, site);
    else if (pathname === '/changes') page(response, CHANGES);
    else if (pathname === '/ways') page(response, WAYS_PAGE);
    else if (pathname === '/apart') page(response, APART_PAGE);
    else if (pathname === '/apart-inside') page(response, APART_INSIDE);
    else if (pathname === '/leads') page(response, LEADS_PAGE);
    else if (pathname === '/worker.js') script(response, ANSWERING_WORKER);
    else if (pathname === '/saved') saved(response);
    else if (pathname === '/drawn') page(response, DRAWN);
    else if (pathname === '/late') page(response, late(Number(searchParams.get('after'))));
    else if (pathname === '/app/assets/buttons.js') script(response, BUTTONS);
    else if (pathname === '/app/worker.js') script(response, WORKER);
    else if (pathname.startsWith('/app/')) page(response, APP);
    else response.writeHead(404).end();
  });
  const site: PageServer = {
    url: '',
    served: [],
    hangUp: false,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

const WORKER = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  self.addEventListener('fetch', (event) => {
    if (event.request.url.endsWith('/kept')) event.respondWith(new Response('{}'));
    if (event.request.url.endsWith('/forwarded')) event.respondWith(fetch(event.request));
    const { pathname } = new URL(event.request.url);
    if (pathname.endsWith('/renewed')) event.respondWith(renewed(event.request));
    if (pathname.endsWith('/retried')) event.respondWith(retried(event.request.url));
  });
  async function renewed(request) {
    const kept = await (await caches.open('kept')).match(request);
    const asked = fetch(request).then(async (answer) => {
      await (await caches.open('kept')).put(request, answer.clone());
      return answer;
    });
    return kept ?? asked;
  }
  async function retried(url) {
    const answer = await fetch(url + '?status=503');
    return answer.ok ? answer : fetch(url + '?again=1');
  }
`;

const DRAWN = `<!doctype html><title>drawn</title><canvas width="300" height="200"></canvas><script>
  const pen = document.querySelector('canvas').getContext('2d');
  pen.fillRect(10, 10, 200, 100);
</script>`;

function late(after: number): string {
  return `<!doctype html><title>late</title><script>
    setTimeout(() => { document.body.innerHTML = '<h1>late</h1>'; }, ${after});
  </script><body></body>`;
}

function page(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}

function saved(response: ServerResponse): void {
  response.writeHead(200, { 'content-disposition': 'attachment; filename="saved.txt"' }).end('saved');
}

function script(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(text);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  wanted: URLSearchParams,
  { served }: PageServer,
): Promise<void> {
  const begun = performance.now();
  const id = randomUUID();
  const status = Number(wanted.get('status') ?? 200);
  const trickle = Number(wanted.get('trickle') ?? 0);
  request.resume();
  await wait(Number(wanted.get('wait') ?? 0));
  const firstByte = performance.now() - begun;
  const location = wanted.get('location');
  const cache = wanted.get('cache');
  const isKnown = request.headers['if-none-match'] !== undefined;
  response.writeHead(isKnown ? 304 : status, {
    'content-type': 'application/json',
    'x-request-id': id,
    ...(location && { location }),
    ...(cache && { 'cache-control': cache, etag: '"1"' }),
  });
  const isEmpty = isKnown || wanted.get('body') === 'no' || status === 204;
  const detail = wanted.get('detail');
  if (!isEmpty) response.write(detail === null ? '{"some":' : '{"detail":');
  for (let part = 0; part < 4 && trickle > 0; part += 1) {
    await wait(trickle / 4);
    response.write(' ');
  }
  const whole = performance.now() - begun;
  response.end(isEmpty ? '' : `${JSON.stringify(detail ?? 'body')}}`);
  served.push({
    id,
    method: request.method ?? '',
    path,
    authorization: request.headers.authorization,
    status,
    firstByte,
    whole,
  });
}
