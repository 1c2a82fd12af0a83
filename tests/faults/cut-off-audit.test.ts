/** A page whose load never ends is no audit of the page: Lighthouse stops waiting and gives figures of what has come. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type Flags, navigation } from 'lighthouse';
import { readEnvironment } from '../../config/environment.ts';
import { openAuditBrowser } from '../../lighthouse/audit-browser.ts';
import { checkHasLoaded, isCutOff } from '../../lighthouse/load-end.ts';

/** More than two requests at a time, more often than each five seconds: Lighthouse takes that for a load that goes on. */
const PARTS: Record<string, string> = {
  '/endless': '<img src="/picture">',
  '/asking': '<script>setInterval(() => "1234".split("").map((n) => fetch("/answer" + n)), 1000)</script>',
};

test('a load that Lighthouse cuts off is a failed audit; a page that has loaded and goes on asking is audited, and says so', async (context) => {
  const server = createServer(({ url }, response) => {
    if (url === '/picture') return;
    if (url?.startsWith('/answer')) return void setTimeout(() => response.end(), 100);
    response.end(`<h1>Page</h1>${PARTS[url ?? ''] ?? ''}`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openAuditBrowser(readEnvironment(), { url, apiUrl: url });
  context.after(() => browser.close());
  const loadOf = async (path: string, maxWaitForLoad?: number) => {
    const flags: Flags = {
      maxWaitForLoad,
      throttlingMethod: 'provided',
      onlyCategories: ['performance'],
      logLevel: 'silent',
    };
    const { lhr } = (await navigation(browser.puppeteerPage, `${url}${path}`, { flags })) ?? {};
    assert.ok(lhr);
    return lhr;
  };
  const [whole, asking, endless] = [
    await loadOf('/'),
    await loadOf('/asking', 10_000),
    await loadOf('/endless', 4000),
  ];
  assert.deepEqual([whole, asking, endless].map(isCutOff), [false, true, true]);
  for (const loaded of [whole, asking]) checkHasLoaded(loaded);
  assert.throws(() => checkHasLoaded(endless), {
    message: 'has not finished loading after 4 s: its figures would be those of a part of it',
  });
});
