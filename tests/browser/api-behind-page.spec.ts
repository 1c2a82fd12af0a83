import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';
import type { RequestSample, Sample } from '../../measure/run/samples.ts';
import { expect, type Measured, nameRequest, test } from './measured-page.ts';

function behind({ page }: Measured) {
  const samples: Sample[] = [];
  const api = new ApiBehindPage(page, (sample) => void samples.push(sample), nameRequest);
  return { api, samples: samples as RequestSample[] };
}

test('before the page has spoken to its API there is none to speak to', async ({ measured }) => {
  const { api } = behind(measured);
  await measured.page.goto('/app/home');
  await expect(api.get('/people')).rejects.toThrow('the page has not talked to the API yet');
});

test('speaks to the API that the page speaks to, as the page’s user, and is counted', async ({
  measured,
}) => {
  const { page, site } = measured;
  const { api, samples } = behind(measured);
  await page.goto('/app/home');
  await page.evaluate(() => fetch('/api/v1/auth/me', { headers: { authorization: 'Bearer of-the-page' } }));
  expect(await api.get('/people?page=1')).toEqual({ some: 'body' });
  await api.remove('/people/42');
  expect(
    site.served.slice(-2).map(({ method, path, authorization }) => [method, path, authorization]),
  ).toEqual([
    ['GET', '/api/v1/people', 'Bearer of-the-page'],
    ['DELETE', '/api/v1/people/42', 'Bearer of-the-page'],
  ]);
  expect(samples.map(({ name, status, ok, step, requestId }) => [name, status, ok, step, requestId])).toEqual(
    [
      ['GET people', 200, true, 'outside of steps', site.served.at(-2)?.id],
      ['DELETE people/42', 200, true, 'outside of steps', site.served.at(-1)?.id],
    ],
  );
  expect(JSON.stringify(samples)).not.toContain('of-the-page');
});

test('what is gone already was removed; any other refusal is reported, without the query', async ({
  measured,
}) => {
  const { page } = measured;
  const { api, samples } = behind(measured);
  await page.goto('/app/home');
  await page.evaluate(() => fetch('/api/v1/auth/me'));
  await api.remove('/people/42?status=404');
  await expect(api.remove('/people/43?status=403&detail=Not+yours')).rejects.toThrow(
    'clean-up: DELETE /people/43 answered 403 Not yours',
  );
  await expect(api.get('/people?status=500&detail=Broken')).rejects.toThrow(
    'GET /people answered 500 Broken',
  );
  await expect(api.send('POST', '/people?status=400&detail=Odd', {})).rejects.toThrow('answered 400 Odd');
  expect(samples.map(({ status, ok }) => [status, ok])).toEqual([
    [404, true],
    [403, false],
    [500, false],
    [400, false],
  ]);
  expect(samples.map(({ error }) => error)).toEqual([undefined, '403 Not yours', '500 Broken', '400 Odd']);
});

test('no answer is a failed sample and an error', async ({ measured }) => {
  const { page, site } = measured;
  const { api, samples } = behind(measured);
  await page.goto('/app/home');
  await page.evaluate(() => fetch('/api/v1/auth/me'));
  site.hangUp = true;
  await expect(api.get('/people')).rejects.toThrow('GET /people: no answer');
  site.hangUp = false;
  expect(samples).toHaveLength(1);
  expect(samples[0]).toMatchObject({ status: 0, ok: false });
  expect(samples[0]?.error).toBeTruthy();
});

/** A host that nobody named and a browser of the suite does not reach, though it is there; what came to it. */
async function elsewhere() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'application/json');
    response.end('{}');
  }).listen(0, '127.0.0.2');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.2:${(server.address() as AddressInfo).port}`, asked, close };
}

test('does not go where the page wanted to and could not', async ({ measured }) => {
  const { page, site } = measured;
  const { api } = behind(measured);
  const other = await elsewhere();
  await page.goto('/app/home');
  const ask = (url: string) =>
    page.evaluate(
      (to) =>
        fetch(to, { headers: { authorization: `Bearer for ${to}` } }).then(
          ({ ok }) => ok,
          () => false,
        ),
      url,
    );
  // Pages built for another API than API_URL: nothing may be removed there in the name of clean-up.
  expect(await ask(`${other.url}/api/v1/people`)).toBe(false);
  await expect(api.remove('/people/42')).rejects.toThrow('the page has not talked to the API yet');

  expect(await ask('/api/v1/auth/me')).toBe(true);
  expect(await ask(`${other.url}/api/v1/people`)).toBe(false);
  await api.remove('/people/42');
  expect(site.served.at(-1)).toMatchObject({
    method: 'DELETE',
    path: '/api/v1/people/42',
    authorization: 'Bearer for /api/v1/auth/me',
  });
  expect(other.asked).toEqual([]);
  await other.close();
});

test('does not follow a redirect to another host', async ({ measured }) => {
  const { page } = measured;
  const { api } = behind(measured);
  const other = await elsewhere();
  await page.goto('/app/home');
  await page.evaluate(() => fetch('/api/v1/auth/me'));
  const away = `/people?status=307&location=${encodeURIComponent(`${other.url}/api/v1/people`)}`;
  await expect(api.get(away)).rejects.toThrow('GET /people answered 307');
  expect(other.asked).toEqual([]);
  await other.close();
});

test('takes a path in a query for nothing', async ({ measured }) => {
  const { page, site } = measured;
  const { api } = behind(measured);
  await page.goto('/app/home');
  await page.evaluate(() => fetch('/api/v1/auth/me'));
  await page.goto('/app/home?next=/api/v1/people');
  await api.remove('/people/42');
  expect(site.served.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/v1/people/42' });
});
