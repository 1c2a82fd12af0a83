import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { call, start, token } from './running.ts';

const HTML = '<html><head></head><body>the page</body></html>';

async function served(t: TestContext) {
  const folder = temporaryFolder();
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), HTML);
  await writeFile(join(folder, 'assets/main-abc123.js'), 'console.log(1)');
  return start(t, {}, folder);
}

test('every known page is the one document, never cached; its assets are kept for long', async (t) => {
  const { url } = await served(t);
  for (const path of ['/', '/login', '/schedule', '/schedule/some-id', '/absences?tab=x', '/admin/users']) {
    const page = await call(url + path);
    assert.deepEqual([page.status, page.text], [200, HTML], path);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('x-frame-options'), null);
  }
  const asset = await call(`${url}/assets/main-abc123.js`);
  assert.match(asset.headers.get('content-type') ?? '', /javascript/);
  assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
});

test('an unknown page is 404 with the document, an unknown API path 404 with JSON', async (t) => {
  const { url, api } = await served(t);
  const page = await call(`${url}/reports`);
  assert.deepEqual([page.status, page.text], [404, HTML]);
  assert.deepEqual((await call(`${api}/reports`)).json, { detail: 'Not Found' });
});

test('/people asks for the cookie, old paths moved for good', async (t) => {
  const { url, api } = await served(t);
  const refused = await call(`${url}/people`);
  assert.deepEqual([refused.status, refused.headers.get('location')], [307, '/login?redirect=/people']);
  const cookie = `access_token="Bearer ${await token(api, 'resident01')}"`;
  assert.equal((await call(`${url}/people`, 'GET', { headers: { cookie } })).status, 200);
  // The router's own request is guarded too: that it is asked before sign-in is what it keeps.
  const ahead = { rsc: '1', 'next-router-prefetch': '1' };
  const kept = await call(`${url}/people?_rsc=1`, 'GET', { headers: ahead });
  assert.deepEqual([kept.status, kept.headers.get('location')], [307, '/login?redirect=/people']);
  const later = await call(`${url}/people?_rsc=1`, 'GET', { headers: { rsc: '1', cookie } });
  assert.deepEqual([later.status, later.headers.get('content-type')], [200, 'text/x-component']);
  const moved = await call(`${url}/heatmap`);
  assert.deepEqual([moved.status, moved.headers.get('location')], [308, '/ops?tab=demand']);
});
