import { firstLine } from '../../measure/errors/foreign-texts.ts';
import { expect, type Measured, test } from './measured-page.ts';

function open({ page }: Measured, path: string, method = 'POST'): Promise<unknown> {
  return page.goto(`/changes?call=${encodeURIComponent(JSON.stringify({ method, path }))}`);
}

function save({ page }: Measured): Promise<void> {
  return page.getByRole('button', { name: 'Save' }).click();
}

test('a step that waits for an answer ends with its last byte, not with its first', async ({ measured }) => {
  const { page, steps, screen, site, of } = measured;
  await open(measured, '/api/v1/absences?wait=150&trickle=300&status=201');
  const response = await steps.step('submit', () =>
    screen.answer({ method: 'POST', path: '/absences', status: [201] }, () => save(measured)),
  );
  expect(response.status()).toBe(201);
  await expect.poll(() => page.evaluate(() => window.truth.came)).toBeDefined();
  const { input = 0, came = 0 } = await page.evaluate(() => window.truth);
  const [step] = of('step');
  expect(step).toMatchObject({ name: 'submit', ok: true, clock: 'page' });
  expect(step?.value).toBeGreaterThanOrEqual((site.served.at(-1)?.whole ?? 0) - 2);
  // The page's script learns of the end a little after the browser has the last byte.
  expect(Math.abs((step?.value ?? 0) - (came - input))).toBeLessThan(20);
});

for (const [method, path, awaited] of [
  ['POST', '/api/v1/absences?status=500', { method: 'POST', path: '/absences' }],
  ['DELETE', '/api/v1/people/42?status=500', { method: 'DELETE', path: '/people/*' }],
] as const) {
  test(`${method} ${awaited.path} that answers 500 fails the step, which says so`, async ({ measured }) => {
    const { steps, screen, of } = measured;
    await open(measured, path, method);
    const failed = steps.step(`send ${method}`, () => screen.answer(awaited, () => save(measured)));
    await expect(failed).rejects.toThrow(`send ${method}: ${method} ${awaited.path} answered 500`);
    expect(of('step')[0]).toMatchObject({ ok: false, error: `${method} ${awaited.path} answered 500` });
  });
}

test('a status that is not the expected one fails the step, one that is expected ends it', async ({
  measured,
}) => {
  const { steps, screen } = measured;
  await open(measured, '/api/v1/absences?status=200');
  const other = screen.answer({ method: 'POST', path: '/absences', status: [201] }, () => save(measured));
  await expect(other).rejects.toThrow('POST /absences answered 200');
  await open(measured, '/api/v1/swaps?status=409');
  const conflict = await steps.step('send twice', () =>
    screen.answer({ method: 'POST', path: '/swaps', status: [200, 409] }, () => save(measured)),
  );
  expect(conflict.status()).toBe(409);
});

test('only the answer that was meant counts: method and whole path', async ({ measured }) => {
  const { page, screen } = measured;
  await open(measured, '/api/v1/people/42/absences?wait=200');
  const awaited = screen.answer({ method: 'POST', path: '/people/*/absences' }, async () => {
    await page.evaluate(() =>
      Promise.all(['/api/v1/people/42', '/api/v1/absences'].map((path) => fetch(path))),
    );
    await page.evaluate(() => fetch('/api/v1/people/42/absences')); // a GET
    await save(measured);
  });
  const response = await awaited;
  expect(response.request().method()).toBe('POST');
  expect(new URL(response.url()).pathname).toBe('/api/v1/people/42/absences');
});

test('what never comes is named: an answer, a saved file, a page', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await open(measured, '/api/v1/absences?wait=5000');
  page.setDefaultTimeout(250);
  const waits: Array<[step: string, wait: () => Promise<unknown>]> = [
    ['submit', () => screen.answer({ method: 'POST', path: '/absences/*' }, () => save(measured))],
    ['export', () => screen.download(() => save(measured))],
    ['be sent away', () => screen.arrive('/login')],
    ['open late', () => page.route('**/late', () => undefined).then(() => screen.goto('/late'))],
  ];
  for (const [step, wait] of waits) await expect(steps.step(step, wait)).rejects.toThrow(`${step}: `);
  expect(of('step').map(({ error }) => error)).toEqual([
    'page.waitForResponse: Timeout 250ms exceeded. (waiting for the answer to POST /absences/*)',
    'page.waitForEvent: Timeout 250ms exceeded. (waiting for a file to be saved)',
    'page.waitForURL: Timeout 250ms exceeded. (waiting for the page at /login)',
    'page.goto: Timeout 250ms exceeded. (waiting for the page at /late)',
  ]);
});

test('a select without a choice is named, one with choices gives their values', async ({ measured }) => {
  const { page, screen } = measured;
  await page.goto('/changes');
  await page.setContent(
    '<select id="none"><option value="">-</option></select><select id="two"><option value="">-</option><option>a</option><option>b</option></select>',
  );
  expect(await screen.choices(page.locator('#two'))).toEqual(['a', 'b']);
  page.setDefaultTimeout(250);
  const failure = await screen.choices(page.locator('#none')).catch(firstLine);
  expect(failure).toContain("(waiting for locator('#none')");
});

test('a click that fails says what it failed of, not that no answer came', async ({ measured }) => {
  const { page, screen } = measured;
  await open(measured, '/api/v1/absences');
  const wrong = screen.answer({ method: 'POST', path: '/absences' }, () =>
    page.getByRole('button', { name: 'Sav it' }).click({ timeout: 200 }),
  );
  await expect(wrong).rejects.toThrow(/Sav it/);
});
