import { expect, type Measured, test } from './measured-page.ts';
import { startPageServer } from './page-server.ts';

/** Long before Playwright would give up waiting for an answer. */
const SOON_MS = 5000;

function open({ page }: Measured, url: string): Promise<unknown> {
  return page.goto(`/changes?call=${encodeURIComponent(JSON.stringify({ method: 'POST', path: url }))}`);
}

function save({ page }: Measured): Promise<void> {
  return page.getByRole('button', { name: 'Save' }).click();
}

const awaited = { method: 'POST', path: '/absences' } as const;

test('an answer of another origin that the page may not read still has its status, in step and sample', async ({
  measured,
}) => {
  const { page, steps, screen, observer, of } = measured;
  const api = await startPageServer(); // sends no CORS headers, as frameworks do with a 500
  try {
    await open(measured, `${api.url}/api/v1/absences?status=500&wait=120`);
    // A session's first call is what tells that the API is elsewhere.
    await page.evaluate((url) => fetch(url).catch(() => undefined), `${api.url}/api/v1/me`);
    const begun = Date.now();
    const failed = steps.step('submit', () => screen.answer(awaited, () => save(measured)));
    await expect(failed).rejects.toThrow('submit: POST /absences answered 500');
    expect(Date.now() - begun).toBeLessThan(SOON_MS);
    const answer = await steps.step('submit again', () =>
      screen.answerOrDefect({ ...awaited, defect: [500] }, () => save(measured)),
    );
    expect(answer).toEqual({ status: 500, response: undefined });
    await observer.finish();
    const requests = of('request').filter(({ method }) => method === 'POST');
    expect(requests.map(({ name, status }) => [name, status])).toEqual([
      ['POST absences', 500],
      ['POST absences', 500],
    ]);
    for (const sample of requests) {
      expect(sample).toMatchObject({
        ok: false,
        errorKind: 'http-status',
        error: '500, without the CORS headers that let the page read it',
      });
      expect(sample.value).toBeGreaterThanOrEqual(100);
      expect(Math.abs(sample.t - Date.now())).toBeLessThan(20_000);
    }
    // The console repeats what the samples say.
    expect(of('error').filter(({ name }) => name === 'console error')).toEqual([]);
  } finally {
    await api.close();
  }
});

const known = test.extend({ isApiElsewhere: true });

known('where the API is known to be elsewhere, so has the first call of a session', async ({ measured }) => {
  const { steps, screen, observer, of } = measured;
  const api = await startPageServer();
  try {
    await open(measured, `${api.url}/api/v1/absences?status=500`);
    const failed = steps.step('submit', () => screen.answer(awaited, () => save(measured)));
    await expect(failed).rejects.toThrow('submit: POST /absences answered 500');
    await observer.finish();
    expect(of('request').map(({ status, errorKind }) => [status, errorKind])).toEqual([[500, 'http-status']]);
  } finally {
    await api.close();
  }
});

test('a request that breaks off ends its step at once, with the browser’s word for it', async ({
  measured,
}) => {
  const { page, steps, screen, of, observer } = measured;
  await open(measured, '/api/v1/absences');
  await page.route('**/api/v1/absences', (route) => route.abort('connectionreset'));
  const begun = Date.now();
  const failed = steps.step('submit', () => screen.answer(awaited, () => save(measured)));
  await expect(failed).rejects.toThrow('POST /absences answered net::ERR_CONNECTION_RESET');
  expect(Date.now() - begun).toBeLessThan(SOON_MS);
  await observer.finish();
  const [sample] = of('request');
  expect(sample).toMatchObject({
    status: 0,
    ok: false,
    error: 'net::ERR_CONNECTION_RESET',
    errorKind: 'connection-reset',
  });
  expect(Math.abs((sample?.t ?? 0) - Date.now())).toBeLessThan(20_000);
});
