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

test('what is gone already was removed; any other refusal is told, without the query', async ({
  measured,
}) => {
  const { page } = measured;
  const { api, samples } = behind(measured);
  await page.goto('/app/home');
  await page.evaluate(() => fetch('/api/v1/auth/me'));
  await api.remove('/people/42?status=404');
  await expect(api.remove('/people/43?status=403')).rejects.toThrow(
    'clean-up: DELETE /people/43 answered 403',
  );
  await expect(api.get('/people?status=500')).rejects.toThrow('GET /people answered 500');
  expect(samples.map(({ status, ok }) => [status, ok])).toEqual([
    [404, true],
    [403, false],
    [500, false],
  ]);
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
