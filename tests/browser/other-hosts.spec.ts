/** A browser of the suite reaches the hosts that were named and this machine, and no other, however it is asked to. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type Browser, chromium, expect, test } from '@playwright/test';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { childEnvironment, readEnvironment } from '../../config/environment.ts';

/** A server, and how many connections and which requests came to it. */
interface Host {
  port: number;
  connections: number;
  requests: string[];
  server: Server;
}

/** `127.0.0.2` stands for a host elsewhere: it is another address, and answers on this machine. */
const ELSEWHERE = '127.0.0.2';

async function listen(address: string, redirectTo?: () => string): Promise<Host> {
  const host: Host = { port: 0, connections: 0, requests: [], server: createServer() };
  host.server.on('connection', () => {
    host.connections += 1;
  });
  host.server.on('request', (request, response) => {
    host.requests.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    if (request.url === '/away' && redirectTo) response.writeHead(302, { location: redirectTo() }).end();
    else if (request.url?.endsWith('.js')) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end('"here"');
    } else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>here</title>');
  });
  host.server.listen(0, address);
  await once(host.server, 'listening');
  host.port = (host.server.address() as AddressInfo).port;
  return host;
}

async function close({ server }: Host): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

function launch(args: string[], variables: Record<string, string> = {}): Promise<Browser> {
  const { path: executablePath } = findBrowser(readEnvironment());
  return chromium.launch({
    executablePath,
    args,
    env: childEnvironment(variables) as Record<string, string>,
  });
}

/** What a page does that wants something from a URL; each says whether it got it. */
const WANTS: Record<string, (url: string) => Promise<boolean>> = {
  fetch: (url) =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ),
  'a script': (url) =>
    new Promise((done) => {
      const script = document.createElement('script');
      script.src = `${url}some.js`;
      script.onload = () => done(true);
      script.onerror = () => done(false);
      document.head.append(script);
    }),
  'a socket': (url) =>
    new Promise((done) => {
      const socket = new WebSocket(url.replace('http', 'ws'));
      socket.onopen = () => done(true);
      socket.onerror = () => done(false);
    }),
  'a redirect': () =>
    fetch('/away').then(
      ({ ok }) => ok,
      () => false,
    ),
};

let site: Host;
let elsewhere: Host;

test.beforeEach(async () => {
  elsewhere = await listen(ELSEWHERE);
  site = await listen('127.0.0.1', () => `http://${ELSEWHERE}:${elsewhere.port}/`);
});
test.afterEach(async () => {
  await Promise.all([close(site), close(elsewhere)]);
});

test('a page gets nothing from a host that nobody named, and all from its own', async ({ context }) => {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${site.port}/`);
  for (const [what, want] of Object.entries(WANTS)) {
    expect(await page.evaluate(want, `http://${ELSEWHERE}:${elsewhere.port}/`), what).toBe(false);
  }
  expect(await page.evaluate(WANTS.fetch as never, `http://other.example:${elsewhere.port}/`)).toBe(false);
  await expect(page.goto(`http://${ELSEWHERE}:${elsewhere.port}/`)).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
  expect(elsewhere.connections).toBe(0);
  for (const host of ['127.0.0.1', 'localhost']) {
    const url = `http://${host}:${site.port}/fine`;
    expect((await (await context.newPage()).goto(url))?.status()).toBe(200);
  }
});

test('without the switches it would get all of it: the address answers', async () => {
  const browser = await launch(launchArgs({}).filter((arg) => !arg.startsWith('--host-resolver-rules')));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${site.port}/`);
  for (const what of ['fetch', 'a script', 'a redirect'] as const) {
    expect(await page.evaluate(WANTS[what] as never, `http://${ELSEWHERE}:${elsewhere.port}/`), what).toBe(
      true,
    );
  }
  expect(elsewhere.connections).toBeGreaterThan(0);
  await browser.close();
});

test('a host that BASE_URL or API_URL names is reached, with no other beside it', async () => {
  const base = `http://${ELSEWHERE}:${elsewhere.port}`;
  const third = await listen('127.0.0.3');
  const browser = await launch(launchArgs({ baseUrl: base, apiUrl: `http://localhost:${site.port}/api/v1` }));
  const page = await browser.newPage();
  expect((await page.goto(base))?.status()).toBe(200);
  expect(await page.evaluate(WANTS.fetch as never, `http://localhost:${site.port}/`)).toBe(true);
  expect(await page.evaluate(WANTS.fetch as never, `http://127.0.0.3:${third.port}/`)).toBe(false);
  expect(third.connections).toBe(0);
  await browser.close();
  await close(third);
});

test('this machine is reached by its IPv6 address, and no other IPv6 address is', async () => {
  const six = await listen('::1').catch(() => undefined);
  test.skip(!six, 'this machine has no IPv6');
  if (!six) return;
  const browser = await launch(launchArgs({}));
  const page = await browser.newPage();
  expect((await page.goto(`http://[::1]:${six.port}/`))?.status()).toBe(200);
  await expect(page.goto(`http://[2001:db8::1]:${six.port}/`)).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
  await browser.close();
  await close(six);
});

test('no proxy is asked to go where the browser may not', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('by the proxy');
  }).listen(0, '127.0.0.1');
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    connect((proxy.address() as AddressInfo).port, '127.0.0.1').end();
    socket.destroy();
  });
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const variables = { http_proxy: url, https_proxy: url, all_proxy: url, no_proxy: '' };
  const away = `http://other.example:${elsewhere.port}/`;

  const without = await launch(
    launchArgs({}).filter((arg) => !arg.startsWith('--proxy-server')),
    variables,
  );
  await (await without.newPage()).goto(away);
  expect(asked, 'it would have been asked').toEqual([away]);
  await without.close();

  const browser = await launch(launchArgs({}), variables);
  await expect((await browser.newPage()).goto(away)).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
  expect(asked).toEqual([away]);
  await browser.close();
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));
});
