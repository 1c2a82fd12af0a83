/** What a view loaded is what its server sent: sizes and counts of pages whose parts are known. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './measured-page.ts';

const SCRIPT = 4000;
const PICTURE = 2500;
const BODY = `<!doctype html><title>Loads</title><link rel="icon" href="data:,">
<main><h1>Loads</h1><button onclick="next()">next</button><p></p></main>
<script src="/app.js"></script><img src="OTHER/hidden.svg" width="9"><img src="OTHER/shown.svg" width="9">`;
const PARTS = `function next() {
  history.pushState(null, '', '/next');
  document.querySelector('p').innerHTML = '<i>a</i><i>b</i>';
  fetch('/api/v1/things').then((answer) => answer.json());
}`;

/** A page on one origin, its pictures on another, which tells the size of one of them only. */
async function startSites(): Promise<{ url: string; close(): void }> {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(PICTURE)}</svg>`;
  const other = createServer((request, response) => {
    const shown = request.url === '/shown.svg' ? { 'timing-allow-origin': '*' } : {};
    response.writeHead(200, { 'content-type': 'image/svg+xml', ...shown }).end(picture);
  });
  const otherUrl = await listening(other);
  const site = createServer((request, response) => {
    const send = (type: string, text: string, headers = {}) =>
      void response.writeHead(200, { 'content-type': type, ...headers }).end(text);
    if (request.url === '/app.js')
      send('text/javascript', PARTS.padEnd(SCRIPT), { 'cache-control': 'max-age=600' });
    else if (request.url === '/api/v1/things') send('application/json', '{}');
    else send('text/html', BODY.replaceAll('OTHER', otherUrl));
  });
  const url = await listening(site);
  const close = () => {
    for (const one of [site, other]) {
      one.closeAllConnections();
      one.close();
    }
  };
  return { url, close };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('each view has what it loaded: sizes, counts, elements; hidden sizes and cache hits apart', async ({
  measured: { page, steps, observer, of },
}) => {
  const sites = await startSites();
  await steps.step('open', async () => void (await page.goto(`${sites.url}/first`)));
  await steps.step('go on', async () => {
    const answered = page.waitForResponse('**/api/v1/things');
    await page.getByRole('button').click();
    await (await answered).finished();
  });
  await observer.concludeViews();
  await page.goto(`${sites.url}/again`);
  await observer.finish();
  sites.close();

  const views = of('event').flatMap((event) => (event.name === 'page-view' ? [event] : []));
  expect(views.map((view) => [view.page, view.data.nav])).toEqual([
    ['/first', 'hard'],
    ['/next', 'soft'],
    ['/again', 'hard'],
  ]);
  const [first, next, again] = views.map(({ data }) => data.loads);
  // The document, its script and two pictures of another origin, of which one has no size.
  expect(first).toMatchObject({
    requests: 4,
    cached: 0,
    thirdParty: 2,
    hidden: 1,
    hiddenScripts: 0,
    failed: 0,
  });
  expect(first?.elements).toBe(12);
  // Head and body: https://www.w3.org/TR/resource-timing/ has 300 bytes for the head.
  expect(first?.scriptSize).toBe(SCRIPT + 300);
  expect(first?.size).toBeGreaterThan(SCRIPT + PICTURE + BODY.length);
  expect(first?.size).toBeLessThan(SCRIPT + PICTURE + BODY.length + 1200);
  expect(next).toMatchObject({ requests: 1, thirdParty: 0, size: 302, scriptSize: 0, elements: 14 });
  expect(again).toMatchObject({ requests: 3, cached: 1, hidden: 1, scriptSize: 0 });
});

test('an origin that answers as the API is no third party, and a long task is counted in its view', async ({
  measured: { page, observer, of, site },
}) => {
  const other = createServer((_, response) => {
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('{}');
  });
  const api = await listening(other);
  await page.goto('/changes');
  await page.evaluate(async (url) => {
    await fetch(`${url}/api/v1/things`);
    await new Promise((done) => setTimeout(done));
    for (const until = performance.now() + 120; performance.now() < until; );
  }, api);
  await observer.finish();
  other.closeAllConnections();
  other.close();
  expect(site.url).not.toBe(api);
  const [view] = of('event').flatMap((event) => (event.name === 'page-view' ? [event.data] : []));
  expect(view?.loads).toMatchObject({ thirdParty: 0, hidden: 1 });
  expect(view?.longTasks?.count).toBeGreaterThanOrEqual(1);
  expect(view?.longTasks?.ms).toBeGreaterThanOrEqual(100);
});
