/** A page whose load never ends is no audit of the page: Lighthouse stops waiting and gives figures of what has come. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type Flags, navigation } from 'lighthouse';
import { readEnvironment } from '../../config/environment.ts';
import { openAuditBrowser } from '../../lighthouse/audit-browser.ts';
import { checkHasLoaded } from '../../lighthouse/page-audit.ts';

test('a load that Lighthouse cuts off is a failed audit, one that ends is none', async (context) => {
  const server = createServer(({ url }, response) => {
    if (url !== '/picture') response.end(`<h1>Page</h1>${url === '/endless' ? '<img src="/picture">' : ''}`);
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
      onlyCategories: ['seo'],
      logLevel: 'silent',
    };
    const { lhr } = (await navigation(browser.puppeteerPage, `${url}${path}`, { flags })) ?? {};
    assert.ok(lhr);
    return () => checkHasLoaded(lhr);
  };
  assert.doesNotThrow(await loadOf('/'));
  assert.throws(await loadOf('/endless', 3000), {
    message: 'has not finished loading after 3 s: its figures would be those of a part of it',
  });
});
