import { expect, test } from './measured-page.ts';

/** The browser's view and the server's differ by the way between them; on one machine that is little. */
const WAY_MS = 30;

test('each API call is a sample, with the server’s own id and times', async ({ measured }) => {
  const { page, steps, observer, site, of } = measured;
  await page.goto('/app/home');
  site.served.length = 0;
  steps.journey = 'look around';
  await steps.step('ask', () =>
    page.evaluate(() =>
      Promise.all(
        ['people?wait=150&trickle=100', 'swaps?wait=40', 'absences?status=404', 'blocks?status=500'].map(
          (path) => fetch(`/api/v1/${path}`).then((response) => response.text()),
        ),
      ),
    ),
  );
  steps.journey = undefined;
  await page.evaluate(() => fetch('/api/v1/later', { method: 'POST' }).then((response) => response.text()));
  await observer.finish();

  const samples = of('request');
  expect(samples).toHaveLength(site.served.length);
  for (const { id, path, status, firstByte, whole } of site.served) {
    const sample = samples.find(({ requestId }) => requestId === id);
    expect(sample?.name.endsWith(path.replace('/api/v1/', '')), path).toBe(true);
    expect(sample).toMatchObject({
      status,
      ok: status < 400,
      class: 'crud',
      session: 's1',
      page: '/app/home',
    });
    expect(sample?.value, path).toBeGreaterThanOrEqual(whole - 2);
    expect(sample?.value, path).toBeLessThan(whole + WAY_MS);
    expect(sample?.ttfb, path).toBeGreaterThanOrEqual(firstByte - 2);
    expect(sample?.ttfb, path).toBeLessThan(firstByte + WAY_MS);
    expect(Math.abs((sample?.t ?? 0) - Date.now())).toBeLessThan(20_000);
  }
  const slow = samples.find(({ name }) => name === 'GET people');
  expect(slow?.value).toBeGreaterThanOrEqual(249);
  expect(slow?.ttfb).toBeLessThan((slow?.value ?? 0) - 90);
  for (const { name, step, journey } of samples) {
    const later = name === 'POST later';
    expect([step, journey]).toEqual(later ? [undefined, undefined] : ['ask', 'look around']);
  }
});

test('a call belongs to the step and journey that sent it, also when its answer comes in the next', async ({
  measured,
}) => {
  const { page, steps, observer, of } = measured;
  await page.goto('/app/home');
  steps.journey = 'look around';
  await steps.step('ask', () =>
    page.evaluate(() => {
      fetch('/api/v1/people?wait=300');
    }),
  );
  steps.journey = undefined;
  await steps.step('wait', () => page.waitForResponse(/people/).then((response) => response.finished()));
  await observer.finish();
  expect(of('request')).toHaveLength(1);
  expect(of('request')[0]).toMatchObject({ name: 'GET people', step: 'ask', journey: 'look around' });
});

test('a call whose answer never comes is a failed sample, not a missing one', async ({ measured }) => {
  const { page, observer, of } = measured;
  await page.goto('/app/home');
  await page.route('**/api/v1/gone', (route) => route.abort('connectionreset'));
  await page.evaluate(() => fetch('/api/v1/gone').catch(() => undefined));
  await observer.finish();
  expect(of('request')).toHaveLength(1);
  expect(of('request')[0]).toMatchObject({ name: 'GET gone', status: 0, ok: false });
  expect(of('request')[0]?.error).toContain('ERR_CONNECTION_RESET');
});

test('after its session’s end a page asks the target for nothing, and what it says and shows is nobody’s', async ({
  measured,
}) => {
  const { page, site, observer, of } = measured;
  await page.goto('/app/home');
  await observer.finish();
  const asked = site.served.length;
  const answer = await page.evaluate(() => fetch('/api/v1/people').catch((error) => String(error)));
  expect(answer).toContain('Failed to fetch');
  const views = of('event').length;
  await page.evaluate(() => {
    console.error('no network');
    history.pushState(null, '', '/app/other');
  });
  await page.close();
  expect(site.served).toHaveLength(asked);
  for (const kind of ['request', 'error'] as const) expect(of(kind)).toHaveLength(0);
  expect(of('event')).toHaveLength(views);
});

test('pages, scripts and pictures are no samples; an error of the page is one, with its step', async ({
  measured,
}) => {
  const { page, steps, observer, of } = measured;
  await page.goto('/app/home');
  await steps.step('break', async () => {
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('nothing to show');
      });
    });
    await page.waitForEvent('pageerror').catch(() => undefined);
  });
  await observer.finish();
  expect(of('request')).toHaveLength(0);
  expect(of('error')).toHaveLength(1);
  expect(of('error')[0]).toMatchObject({
    name: 'page error',
    errorKind: 'page-error',
    error: 'nothing to show',
    step: 'break',
    page: '/app/home',
  });
});

test('a failed call says what its answer said, an expected refusal and an answer that is no JSON do not', async ({
  measured,
}) => {
  const { page, observer, of } = measured;
  await page.goto('/app/home');
  const answers: Record<string, { status: number; contentType: string; body: string }> = {
    down: { status: 500, contentType: 'application/json', body: '{"detail":"could not connect to server"}' },
    list: {
      status: 422,
      contentType: 'application/json',
      body: '{"detail":[{"loc":["path","id"],"msg":"no"}]}',
    },
    proxy: { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' },
    door: { status: 403, contentType: 'application/json', body: '{"detail":"not for you"}' },
  };
  for (const [name, answer] of Object.entries(answers))
    await page.route(`**/api/v1/${name}`, (route) => route.fulfill(answer));
  observer.expect({ method: 'GET', path: /door/, status: [403] });
  for (const name of Object.keys(answers))
    await page.evaluate((path) => fetch(path).then((response) => response.text()), `/api/v1/${name}`);
  await observer.finish();
  const said = Object.fromEntries(of('request').map(({ name, error }) => [name.replace('GET ', ''), error]));
  expect(said.down).toBe('500 could not connect to server');
  expect(said.list).toContain('422 path.id no');
  expect(said.proxy).toBe('502');
  expect(said.door).toBeUndefined();
});
