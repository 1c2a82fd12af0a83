import type { Page } from '@playwright/test';
import type { EventSample } from '../../measure/run/samples.ts';
import { underWay } from '../../measure/run/under-way.ts';
import { expect, type Measured, test } from './measured-page.ts';
import { follow, heading } from './measured-views.ts';

/** Two programs' clocks run alike, but each rounds its own. */
const CLOCKS_MS = 1;

/** Until the page had the head of the answer, and all of it, ms: later than the browser had it, never sooner. */
interface PageTimes {
  head: number;
  whole: number;
}

/** Asks for all of them at once. By path, without the query. */
function fetchTimed(
  page: Page,
  paths: readonly string[],
  init: RequestInit = {},
): Promise<Array<[string, PageTimes]>> {
  return page.evaluate(
    ([all, given]) =>
      Promise.all(
        all.map(async (path): Promise<[string, PageTimes]> => {
          const begun = performance.now();
          const response = await fetch(path, given);
          const head = performance.now() - begun;
          await response.text();
          return [new URL(path, location.href).pathname, { head, whole: performance.now() - begun }];
        }),
      ),
    [paths, init] as const,
  );
}

test('each API call is a sample, with the server’s own id and times', async ({ measured }) => {
  const { page, steps, observer, site, of } = measured;
  await page.goto('/app/home');
  site.served.length = 0;
  steps.journey = 'look around';
  const paths = ['people?wait=150&trickle=100', 'swaps?wait=40', 'absences?status=404', 'blocks?status=500'];
  const asked = await steps.step('ask', () =>
    fetchTimed(
      page,
      paths.map((path) => `/api/v1/${path}`),
    ),
  );
  steps.journey = undefined;
  const later = await fetchTimed(page, ['/api/v1/later'], { method: 'POST' });
  const times = new Map([...asked, ...later]);
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
    // As long as the server had it at least, and the page at most.
    const inPage = times.get(path) ?? { head: 0, whole: 0 };
    expect(sample?.value, path).toBeGreaterThanOrEqual(whole - CLOCKS_MS);
    expect(sample?.value, path).toBeLessThanOrEqual(inPage.whole + CLOCKS_MS);
    expect(sample?.ttfb, path).toBeGreaterThanOrEqual(firstByte - CLOCKS_MS);
    expect(sample?.ttfb, path).toBeLessThanOrEqual(inPage.head + CLOCKS_MS);
    expect(Math.abs((sample?.t ?? 0) - Date.now())).toBeLessThan(20_000);
  }
  const slow = samples.find(({ name }) => name === 'GET people');
  expect(slow?.value).toBeGreaterThanOrEqual(249);
  expect(slow?.ttfb).toBeLessThan((slow?.value ?? 0) - 90);
  for (const { name, step, journey } of samples) {
    const isLater = name === 'POST later';
    expect([step, journey]).toEqual(isLater ? [undefined, undefined] : ['ask', 'look around']);
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

/** Path of the API that redirects to this path. */
function redirectTo(path: string, from = 'people'): string {
  return `/api/v1/${from}?status=307&location=${encodeURIComponent(path)}`;
}

/** Asks for each of these one after the other, whatever comes of it. */
async function ask(page: Page, paths: readonly string[], options: object = {}): Promise<void> {
  await page.evaluate(
    async ([all, init]) => {
      for (const path of all) {
        const answer = await fetch(path, init).catch(() => undefined);
        await answer?.text();
      }
    },
    [paths, options] as const,
  );
}

test('a call that is redirected is one, from its first sending to the last answer', async ({ measured }) => {
  const { page, steps, observer, site, of } = measured;
  await page.goto('/app/home');
  site.served.length = 0;
  const SLOW = '/api/v1/people/?wait=200';
  const times: number[] = [];
  await steps.step('ask', async () => {
    for (let call = 0; call < 5; call += 1) {
      for (const [, { whole }] of await fetchTimed(page, [redirectTo(SLOW)])) times.push(whole);
    }
  });
  await ask(page, [redirectTo(redirectTo(SLOW), 'twice')]);
  await observer.finish();
  const [twice, ...calls] = of('request').reverse();
  expect(calls).toHaveLength(5);
  for (const [index, call] of calls.reverse().entries()) {
    expect(call).toMatchObject({ name: 'GET people', status: 200, ok: true, redirects: 1, step: 'ask' });
    expect(call.value).toBeGreaterThanOrEqual(200);
    expect(call.value).toBeLessThanOrEqual((times[index] ?? 0) + CLOCKS_MS);
    expect(call.ttfb).toBeGreaterThanOrEqual(200);
    expect(site.served.map(({ id }) => id)).toContain(call.requestId);
  }
  expect(twice).toMatchObject({ name: 'GET twice', status: 200, redirects: 2 });
  const redirects = of('request').reduce((sum, call) => sum + (call.redirects ?? 0), 0);
  expect(site.served).toHaveLength(of('request').length + redirects);
});

test('a call fails by what it was redirected to, and only by that', async ({ measured }) => {
  const { page, observer, of } = measured;
  await page.goto('/app/home');
  await ask(page, [
    redirectTo('/api/v1/people/?status=500', 'broken'),
    redirectTo('/nowhere', 'missing'),
    redirectTo('/app/home', 'elsewhere'),
    redirectTo(redirectTo('/api/v1/gone?status=0', 'second'), 'cut'),
  ]);
  await ask(page, [redirectTo('/api/v1/people/?wait=200', 'manual')], { redirect: 'manual' });
  await observer.finish();
  const seen = of('request').map(({ name, status, ok, redirects }) => [name, status, ok, redirects]);
  expect(seen.sort()).toEqual([
    ['GET broken', 500, false, 1],
    ['GET cut', 0, false, 2],
    ['GET elsewhere', 200, true, 1],
    ['GET manual', 307, true, undefined],
    ['GET missing', 404, false, 1],
  ]);
});

test('what the browser’s cache answers is no request to the target, and is counted', async ({ measured }) => {
  const { page, observer, site, of } = measured;
  await page.goto('/app/home');
  site.served.length = 0;
  const FRESH = '/api/v1/fresh?cache=max-age%3D60';
  await ask(page, [FRESH, FRESH, FRESH, '/api/v1/plain']);
  await ask(page, ['/api/v1/plain'], { cache: 'force-cache' });
  // Asks whether what it has is still true: the target is asked.
  await ask(page, ['/api/v1/checked?cache=no-cache', '/api/v1/checked?cache=no-cache']);
  await page.reload();
  await ask(page, [FRESH]);
  await observer.finish();
  const cached = of('event').filter(({ name }) => name === 'answered-from-cache');
  expect(cached.map(({ data }) => data)).toEqual([
    { operation: 'GET fresh' },
    { operation: 'GET fresh' },
    { operation: 'GET plain' },
    { operation: 'GET fresh' },
  ]);
  expect(of('request').map(({ name }) => name)).toEqual([
    'GET fresh',
    'GET plain',
    'GET checked',
    'GET checked',
  ]);
  expect(site.served).toHaveLength(of('request').length);
});

/** A page whose service worker is in charge of it, and nothing served yet. */
async function openWithServiceWorker({ page, site }: Measured): Promise<void> {
  await page.goto('/app/home');
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/app/worker.js');
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 10));
  });
  site.served.length = 0;
}

test('a redirect that the browser remembers is no request to the target, nor is its call where that is cached', async ({
  measured,
}) => {
  const { page, observer, site, of } = measured;
  await page.goto('/app/home');
  site.served.length = 0;
  const moved = (from: string, to: string) =>
    `/api/v1/${from}?status=301&cache=max-age%3D60&location=${encodeURIComponent(`/api/v1/${to}`)}`;
  const KEPT = 'kept?cache=max-age%3D60';
  for (let time = 0; time < 3; time += 1) {
    await ask(page, [moved('all', KEPT)]);
    await ask(page, [moved('way', 'asked')]);
    await ask(page, [redirectTo(`/api/v1/${KEPT}`, 'first')]);
    await ask(page, [moved('hand', 'asked')], { redirect: 'manual' });
  }
  await observer.finish();
  const seen = (wanted: string) =>
    of('request').flatMap(({ name, redirects = 0 }) => (name === `GET ${wanted}` ? [redirects] : []));
  expect(seen('all')).toEqual([1]);
  expect(seen('way')).toEqual([1, 0, 0]);
  expect(seen('first')).toEqual([0, 0, 0]);
  expect(seen('hand')).toEqual([0]);
  const cached = of('event').filter(({ name }) => name === 'answered-from-cache');
  expect(cached.map(({ data }) => data)).toEqual(
    ['GET all', 'GET hand', 'GET all', 'GET hand'].map((operation) => ({ operation })),
  );
  const redirects = of('request').reduce((sum, call) => sum + (call.redirects ?? 0), 0);
  expect(site.served).toHaveLength(of('request').length + redirects);
});

test('what a service worker answers by itself is no request to the target; what it forwards is', async ({
  measured,
}) => {
  const { page, observer, site, of } = measured;
  await openWithServiceWorker(measured);
  await ask(page, ['/api/v1/kept', '/api/v1/forwarded', '/api/v1/forwarded', '/api/v1/kept']);
  await observer.finish();
  expect(of('request').map(({ name }) => name)).toEqual(['GET forwarded', 'GET forwarded']);
  expect(of('event').filter(({ name }) => name === 'answered-from-cache')).toHaveLength(2);
  expect(site.served).toHaveLength(2);
});

test('what a service worker asks the target for is timed as that, whatever it gives the page, and so is a pop-up’s', async ({
  measured,
}) => {
  const { page, observer, site, of } = measured;
  await openWithServiceWorker(measured);
  const renewed = '/api/v1/renewed?wait=200';
  await ask(page, [renewed, renewed]);
  await expect.poll(() => site.served).toHaveLength(2);
  await ask(page, ['/api/v1/retried']);
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void window.open('/late?after=0'));
  const popup = await opened;
  await popup.waitForURL(/late/);
  await popup.evaluate(() => fetch('/api/v1/opened').then((answer) => answer.text()));
  await observer.finish();
  const asked = of('request').map(({ name, status }) => `${name} ${status}`);
  expect(asked.sort()).toEqual([
    'GET opened 200',
    'GET renewed 200',
    'GET renewed 200',
    'GET retried 200',
    'GET retried 503',
  ]);
  for (const { name, value } of of('request'))
    if (name === 'GET renewed') expect(value).toBeGreaterThanOrEqual(198);
  expect(of('event').filter(({ name }) => name === 'answered-from-cache')).toEqual([]);
});

test('a call that its page gives up while its user stays is a failure, whatever way it does so', async ({
  measured,
}) => {
  const { page, steps, observer, of } = measured;
  await page.goto('/app/home');
  await steps.step('ask', () =>
    page.evaluate(async () => {
      await fetch('/api/v1/timed?wait=20000', { signal: AbortSignal.timeout(400) }).catch(() => undefined);
      for (const [name, timeout] of [
        ['limited', 400],
        ['stopped', 0],
      ] as const) {
        const request = new XMLHttpRequest();
        request.open('GET', `/api/v1/${name}?wait=20000`);
        request.timeout = timeout;
        request.send();
        if (timeout === 0) setTimeout(() => request.abort(), 400);
        await new Promise((resolve) => request.addEventListener('loadend', resolve));
      }
    }),
  );
  await observer.finish();
  const names = of('request').map(({ name }) => name);
  expect(names.sort()).toEqual(['GET limited', 'GET stopped', 'GET timed']);
  for (const { status, ok, errorKind, error, value, step } of of('request')) {
    expect({ status, ok, errorKind, step }).toEqual({
      status: 0,
      ok: false,
      errorKind: 'given-up',
      step: 'ask',
    });
    expect(error).toMatch(/^given up by the page after \d+ ms$/);
    expect(value).toBeGreaterThan(300); // by the driver's clock, which is coarse
    expect(value).toBeLessThan(2000);
  }
});

test('an answer whose body is empty or is not read is what its status says', async ({ measured }) => {
  const { page, observer, of } = measured;
  await page.goto('/app/home');
  await page.evaluate(async () => {
    const unread = async (path: string, method = 'GET') => fetch(`/api/v1/${path}`, { method });
    for (const status of [204, 205, 201, 404, 500])
      await unread(`of${status}?body=no&status=${status}`, 'POST');
    for (const status of [200, 404, 500]) await unread(`head${status}?status=${status}`, 'HEAD');
    // What its page needed was in the head, or in the first part.
    await (await unread('enough?trickle=20000')).body?.cancel();
    const taking = new AbortController();
    const started = await fetch('/api/v1/started?trickle=20000', { signal: taking.signal });
    await started.body?.getReader().read();
    taking.abort();
    const waiting = fetch('/api/v1/endless?trickle=20000', { signal: AbortSignal.timeout(400) });
    await waiting.then((answer) => answer.text()).catch(() => undefined);
  });
  await observer.finish();
  const seen = of('request').map(({ name, status, ok, errorKind }) => [name, status, ok, errorKind]);
  for (const { name, bytes } of of('request')) if (name.startsWith('HEAD')) expect(bytes).toBe(0);
  expect(seen.sort()).toEqual([
    ['GET endless', 0, false, 'given-up'],
    ['GET enough', 200, true, undefined],
    ['GET started', 200, true, undefined],
    ['HEAD head200', 200, true, undefined],
    ['HEAD head404', 404, false, 'http-status'],
    ['HEAD head500', 500, false, 'http-status'],
    ['POST of201', 201, true, undefined],
    ['POST of204', 204, true, undefined],
    ['POST of205', 205, true, undefined],
    ['POST of404', 404, false, 'http-status'],
    ['POST of500', 500, false, 'http-status'],
  ]);
});

test('a call that its page takes back as its user leaves, or asks for something else, is cancelled', async ({
  measured,
}) => {
  const { page, screen, observer, of } = measured;
  await screen.goto('/app/home');
  const askUntil = (event: 'click' | 'keydown' | 'popstate', name: string) =>
    page.evaluate(
      ([until, path]) => {
        const taking = new AbortController();
        void fetch(`/api/v1/${path}?wait=20000`, { signal: taking.signal }).catch(() => undefined);
        addEventListener(until, () => taking.abort(), { once: true });
      },
      [event, name] as const,
    );
  await askUntil('click', 'left');
  await new Promise((wait) => setTimeout(wait, 1100)); // a view that is left at once is another case
  await follow(measured, 'List');
  await heading(measured, 'list');
  await askUntil('popstate', 'back');
  await new Promise((wait) => setTimeout(wait, 1100));
  await page.goBack();
  await askUntil('keydown', 'search');
  await page.keyboard.press('a');
  await page.evaluate(() => fetch('/api/v1/search?q=a').then((response) => response.text()));
  await observer.finish();
  const taken = of('request').filter(({ ok }) => !ok);
  expect(taken.map(({ name, errorKind }) => [name, errorKind]).sort()).toEqual([
    ['GET back', 'aborted'],
    ['GET left', 'aborted'],
    ['GET search', 'aborted'],
  ]);
});

test('a request that a navigation cuts is cancelled there and then, whatever way it came about', async ({
  measured,
}) => {
  const { page, screen, observer, of } = measured;
  const leaving: Array<() => Promise<unknown>> = [
    () => screen.goto('/app/home'),
    () => page.evaluate(() => location.assign('/app/list')),
    () => page.reload(),
    () => page.goto('about:blank'),
  ];
  await screen.goto('/app/home');
  for (const [index, leave] of leaving.entries()) {
    await page.evaluate((path) => void fetch(path).catch(() => undefined), `/api/v1/cut${index}?wait=20000`);
    // A change of route cuts nothing.
    await page.evaluate(() => history.replaceState(null, '', '?tab=2'));
    await page.waitForTimeout(100);
    await leave();
    await expect.poll(() => of('request').length).toBe(index + 1);
  }
  await page.waitForTimeout(1000);
  await observer.finish();
  for (const { status, errorKind, value } of of('request')) {
    expect([status, errorKind]).toEqual([0, 'aborted']);
    expect(value).toBeLessThan(3000);
  }
  expect(of('event').filter(({ name }) => name === 'request-interrupted')).toEqual([]);
});

test('what a picture or a frame had asked for is cancelled when the page takes them away', async ({
  measured,
}) => {
  const { page, observer, of } = measured;
  await page.goto('/app/home');
  await page.evaluate(() => {
    const picture = new Image();
    picture.src = '/api/v1/photo?wait=20000';
    const frame = document.createElement('iframe');
    frame.srcdoc = '<script>fetch("/api/v1/inside?wait=20000")</' + 'script>';
    document.body.append(frame);
    setTimeout(() => {
      picture.src = '';
      frame.remove();
    }, 1300);
  });
  await expect.poll(() => of('request').length).toBe(2);
  await observer.finish();
  expect(
    of('request')
      .map(({ name, errorKind }) => [name, errorKind])
      .sort(),
  ).toEqual([
    ['GET inside', 'aborted'],
    ['GET photo', 'aborted'],
  ]);
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
    view: of('event').find((event) => event.name === 'page-view')?.data.id,
  });
  expect(of('error')[0]?.view).toBeDefined();
});

test('a promise that is rejected and an object that is thrown are exceptions of their view too', async ({
  measured,
}) => {
  const { page, observer, of } = measured;
  await page.goto('/app/home');
  for (const script of [
    "Promise.reject(new Error('no answer'))",
    'setTimeout(() => { throw { status: 500 } })',
  ]) {
    const thrown = page.waitForEvent('pageerror');
    await page.evaluate((text) => void setTimeout(text), script);
    await thrown;
  }
  await page.evaluate(() => console.error('said, not thrown'));
  await observer.finish();
  expect(of('error').map(({ errorKind, view }) => [errorKind, view !== undefined])).toEqual([
    ['page-error', true],
    ['page-error', true],
    ['console-error', true],
  ]);
});

test('a stylesheet or script that cannot be loaded is named as such; a picture is one for the console', async ({
  measured,
}) => {
  const { page, observer, of } = measured;
  await page.goto('/app/home');
  await page.route('**/assets/*', (route) =>
    route.request().resourceType() === 'script'
      ? route.abort('connectionrefused')
      : route.fulfill({ status: 404 }),
  );
  const shown = [0, 1, 2].map(() => page.waitForEvent('console'));
  await page.evaluate(() => {
    const style = Object.assign(document.createElement('link'), {
      rel: 'stylesheet',
      href: '/assets/look.css?v=1',
    });
    const script = Object.assign(document.createElement('script'), { src: '/assets/work.js' });
    document.head.append(style, script);
    new Image().src = '/assets/photo.png';
  });
  await Promise.all(shown);
  await observer.finish();
  const named = of('error').map(({ name, errorKind, error }) => [
    name,
    errorKind,
    /\(\/.*\)$/.exec(error ?? '')?.[0],
  ]);
  expect(named.sort()).toEqual([
    ['console error', 'console-error', '(/assets/photo.png)'],
    ['script not loaded', 'file-not-loaded', '(/assets/work.js)'],
    ['stylesheet not loaded', 'file-not-loaded', '(/assets/look.css)'],
  ]);
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

test('a call and a step that have not ended are known with their age, and end with their session', async ({
  measured,
}) => {
  const { page, steps, observer, of } = measured;
  await page.goto('/app/home');
  const asked = Date.now();
  const waiting = steps.step('wait for the answer', () =>
    page.evaluate(() => fetch('/api/v1/slow?wait=2000').then((response) => response.text())),
  );
  const OFTEN = { intervals: [50] };
  const known = () => underWay().map(({ kind, name, begun }) => [kind, name, begun.length]);
  await expect.poll(known, OFTEN).toEqual([
    ['step', 'wait for the answer', 1],
    ['request', 'GET slow', 1],
  ]);
  for (const { begun } of underWay()) {
    expect(begun[0]).toBeGreaterThanOrEqual(asked - CLOCKS_MS);
    expect(begun[0]).toBeLessThanOrEqual(Date.now() + CLOCKS_MS);
  }
  await waiting;
  await expect.poll(() => underWay()).toEqual([]);
  await page.evaluate(() => void fetch('/api/v1/slow?wait=20000').catch(() => undefined));
  await expect.poll(known, OFTEN).toEqual([['request', 'GET slow', 1]]);
  await page.waitForTimeout(50);
  await observer.finish();
  expect(underWay()).toEqual([]);
  const [interrupted] = of('event').filter(({ name }) => name === 'request-interrupted');
  expect(interrupted?.data).toMatchObject({ operation: 'GET slow', class: 'crud' });
  expect((interrupted as EventSample<'request-interrupted'>).data.ms).toBeGreaterThanOrEqual(50);
});

test('of a page that is gone nothing is under way, also where nobody ended its session', async ({
  measured,
}) => {
  const { page } = measured;
  await page.goto('/app/home');
  const others = underWay().length;
  await page.evaluate(() => void fetch('/api/v1/slow?wait=20000').catch(() => undefined));
  await expect.poll(() => underWay(), { intervals: [50] }).toHaveLength(others + 1);
  await page.close();
  await expect.poll(() => underWay(), { intervals: [50] }).toHaveLength(others);
});
