import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from 'undici';
import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import { checkTarget } from '../../measure/target/probe.ts';
import { type Silence, TargetWatch } from '../../measure/target/watch.ts';

/** Probes in a test come one after the other; an answer may take a tenth of a second. */
const QUICK = { every: 15, limit: 100 };

async function serve(
  t: TestContext,
  listener: RequestListener,
  port = 0,
): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** An address where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const scheduler: RequestListener = (request, response) => {
  if (request.url === '/api/v1/auth/me') {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"detail":"Not authenticated"}');
  } else if (request.url === '/login') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>');
  } else response.writeHead(404).end();
};

function check(url: string): Promise<void> {
  return checkTarget(url, `${url}/api/v1`, 1);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail('it was taken for the scheduler'),
    (refused: Error) => refused,
  );
  assert.ok(error instanceof TargetUnreachable, String(error));
  assert.equal(error.exitCode, 4);
  assert.equal(error.message.split('\n').length, 1);
  return error.message;
}

test('a scheduler is taken as one', async (t) => {
  const { url } = await serve(t, scheduler);
  await check(url);
});

test('a server that is something else is refused, with what it answered', async (t) => {
  const page: RequestListener = (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
  const { url } = await serve(t, page);
  assert.match(await refusal(check(url)), /\/auth\/me answered 200 text\/html.*BASE_URL/);
});

test('a door with a password before it is not the scheduler', async (t) => {
  const door: RequestListener = (_request, response) =>
    response.writeHead(401, { 'content-type': 'text/html', 'www-authenticate': 'Basic' }).end('no');
  const { url } = await serve(t, door);
  assert.match(await refusal(check(url)), /auth\/me answered 401 text\/html/);
});

test('another application is refused, however much its answers look like the scheduler’s', async (t) => {
  const application = (me: string, login: string): RequestListener => {
    return (request, response) => {
      const isLogin = request.url === '/login';
      response.writeHead(isLogin ? 200 : 401, { 'content-type': isLogin ? 'text/html' : 'application/json' });
      response.end(isLogin ? login : me);
    };
  };
  const detail = '{"detail":"Not authenticated"}';
  const refused: Array<[me: string, login: string, says: RegExp]> = [
    [
      '{"message":"Unauthorized","messageId":"auth.unauthorized","statusCode":401}',
      '<title>Grafana</title>',
      /\/auth\/me answered 401 as another application does \(\{"message":"Unauthorized".*\), not as the Residency Scheduler: is BASE_URL/,
    ],
    [
      detail,
      '<html><title>\n  Grafana </title>',
      /\/login is a page of another application \(“Grafana”\).*is BASE_URL/,
    ],
  ];
  for (const [me, login, says] of refused) {
    const { url } = await serve(t, application(me, login));
    assert.match(await refusal(check(url)), says);
  }
  const { url } = await serve(t, application(detail, '<title>Sign in | Residency Scheduler</title>'));
  await check(url);
});

test('a redirect to a sign-in of the same host is named with where it leads', async (t) => {
  const { url } = await serve(t, (_request, response) =>
    response.writeHead(302, { location: '/oauth2/sign_in' }).end(),
  );
  assert.match(
    await refusal(check(url)),
    /answered 302 without a type to \/oauth2\/sign_in, not the scheduler's 401/,
  );
});

/** The scheduler whose pages, or whose pages and API, are behind HTTP basic authentication. */
function behindBasicAuth(isBehind: (path: string) => boolean, credentials = 'ann:a:b'): RequestListener {
  const sent = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return (request, response) => {
    const { url = '/', headers } = request;
    if (!isBehind(url) || headers.authorization === sent) return scheduler(request, response);
    const challenge = { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="Staging"' };
    response.writeHead(401, challenge).end('<h1>401 Authorization Required</h1>');
  };
}

test('pages behind HTTP basic authentication: the variable is named, wrong credentials too, right ones open them', async (t) => {
  const sentToApi: unknown[] = [];
  const door = behindBasicAuth((path) => path === '/login');
  const { url } = await serve(t, (request, response) => {
    if (request.url?.startsWith('/api/')) sentToApi.push(request.headers.authorization);
    door(request, response);
  });
  assert.equal(
    await refusal(check(url)),
    `${url}/login: asks for HTTP basic authentication (Basic realm="Staging"). Set BASIC_AUTH=user:password.`,
  );
  const open = (password: string) =>
    checkTarget(url, `${url}/api/v1`, 1, false, { username: 'ann', password });
  await assert.rejects(open('wrong-one'), (error: Error) => {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.message, `BASIC_AUTH: ${url}/login refuses it. Fix the name or the password.`);
    return true;
  });
  await open('a:b');
  assert.deepEqual(sentToApi, [undefined, undefined, undefined], 'the API has a header of its own');
});

test('an API behind HTTP basic authentication is refused: its sign-in needs the same header', async (t) => {
  const { url } = await serve(
    t,
    behindBasicAuth(() => true),
  );
  const credentials = { username: 'ann', password: 'a:b' };
  for (const work of [check(url), checkTarget(url, `${url}/api/v1`, 1, false, credentials)])
    assert.match(
      await refusal(work),
      /the API is behind HTTP basic authentication, which takes the Authorization header .* set API_URL to an address without it/,
    );
});

test('a redirect to another host is not followed, and reported', async (t) => {
  const asked: string[] = [];
  const { url: elsewhere } = await serve(t, (request, response) => {
    asked.push(request.url ?? '');
    scheduler(request, response);
  });
  const { url } = await serve(t, (request, response) =>
    response.writeHead(302, { location: `${elsewhere}${request.url}` }).end(),
  );
  const message = await refusal(check(url));
  assert.ok(message.startsWith(`${url}/api/v1/auth/me redirects to ${elsewhere} (answer 302)`), message);
  assert.deepEqual(asked, []);
});

test('an API without pages is refused: the browsers would have nothing to open', async (t) => {
  const { url } = await serve(t, (request, response) => {
    if (request.url?.startsWith('/api/')) scheduler(request, response);
    else response.writeHead(404).end();
  });
  assert.match(await refusal(check(url)), /\/login answered 404 without a type.*front end/);
});

test('a closed port is said to be one, with what to do', async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const message = await refusal(check(url));
  assert.ok(message.startsWith(`${url} does not answer (ECONNREFUSED): `), message);
  assert.match(message, /start the scheduler there, or fix BASE_URL/);
});

test('a target that is still starting is waited for', async (t) => {
  const port = await closedPort();
  const url = `http://127.0.0.1:${port}`;
  const checked = checkTarget(url, `${url}/api/v1`);
  await wait(300);
  await serve(t, scheduler, port);
  await checked;
});

function recordingIn(deaths: string[], silences: Silence[]) {
  return { died: (how: string) => void deaths.push(how), silent: (one: Silence) => void silences.push(one) };
}

/** Watches a server for a while; gives what was reported and how often it was asked. */
async function watched(
  t: TestContext,
  listener: RequestListener,
  enough: (probes: number, deaths: string[], silences: Silence[]) => boolean,
) {
  let probes = 0;
  const sockets = new Set<unknown>();
  const { url, server } = await serve(t, (request, response) => {
    probes += 1;
    sockets.add(request.socket);
    assert.equal(request.url, '/api/v1/health/live');
    listener(request, response);
  });
  const deaths: string[] = [];
  const silences: Silence[] = [];
  const watch = new TargetWatch(url, `${url}/api/v1`, recordingIn(deaths, silences), QUICK);
  t.after(() => watch.stop());
  const begun = performance.now();
  while (!enough(probes, deaths, silences) && performance.now() - begun < 8000) await wait(5);
  return { deaths, silences, probes: () => probes, sockets, server, watch };
}

test('a target that answers is alive, with 500 too; each probe has a connection of its own', async (t) => {
  const { deaths, probes, sockets } = await watched(
    t,
    (_request, response) => response.writeHead(500).end('broken'),
    (asked) => asked >= 6,
  );
  assert.deepEqual(deaths, []);
  assert.equal(sockets.size, probes());
});

test('three connections in a row that are reset, and it is dead: reported once, with the reason', async (t) => {
  const { deaths, probes } = await watched(
    t,
    (request) => request.socket.destroy(),
    (_probes, told) => told.length > 0,
  );
  assert.equal(probes(), 3);
  assert.match(deaths[0] ?? '', /^3 health probes in a row were refused \(\w+/);
  await wait(100);
  assert.deepEqual([probes(), deaths.length], [3, 1], 'nobody asks a dead target again');
});

test('one that takes connections and answers nothing is unresponsive, and not dead', async (t) => {
  const { deaths, silences, probes, watch } = await watched(
    t,
    () => undefined,
    (asked) => asked >= 6,
  );
  assert.deepEqual(deaths, []);
  const lasting = silences.filter(({ isOver }) => !isOver);
  assert.equal(lasting.length, probes() - 1, 'reported after each probe');
  assert.equal(new Set(lasting.map(({ since }) => since)).size, 1, 'it is one silence');
  watch.stop();
  const { since, ms, isOver } = silences.at(-1) as Silence;
  assert.ok(isOver, 'the end of the watch ends it');
  assert.equal(since, lasting[0]?.since);
  assert.ok(ms >= 5 * QUICK.limit && ms < 5 * QUICK.limit + 1000, `${ms} ms`);
});

test('a silence lasts from the first probe that had no answer to the first that has one', async (t) => {
  const waiting: Array<() => void> = [];
  let isHeld = false;
  const { deaths, silences } = await watched(
    t,
    (_request, response) => {
      if (isHeld) waiting.push(() => response.end('late'));
      else response.end('ok');
    },
    (asked, _deaths, told) => {
      isHeld = asked >= 2 && asked < 5;
      if (asked === 5) for (const answer of waiting.splice(0)) answer();
      return told.some(({ isOver }) => isOver);
    },
  );
  assert.deepEqual(deaths, []);
  const over = silences.filter(({ isOver }) => isOver);
  assert.equal(over.length, 1);
  const { ms } = over[0] as Silence;
  assert.ok(ms >= 2 * QUICK.limit && ms < 3 * QUICK.limit + 200, `${ms} ms`);
});

test('a generator that stands still is no silent target: an answer that lies ready counts', async (t) => {
  const { deaths, silences, probes } = await watched(
    t,
    (_request, response) => {
      response.end('ok');
      // The probe that was just sent cannot be looked at for longer than an answer may take.
      const until = performance.now() + 3 * QUICK.limit;
      while (performance.now() < until);
    },
    (asked) => asked >= 4,
  );
  assert.ok(probes() >= 4);
  assert.deepEqual([deaths, silences], [[], []]);
});

test('a proxy that answers 502, 503 or 504 for its target is an answer: gates judge it', async (t) => {
  const statuses = [502, 503, 504];
  const { deaths, silences } = await watched(
    t,
    (_request, response) => response.writeHead(statuses.shift() ?? 503).end(),
    (asked) => asked >= 6,
  );
  assert.deepEqual([deaths, silences], [[], []]);
});

test('connections that are reset after a silence are a death all the same, and end the silence', async (t) => {
  let silent = 2;
  const { deaths, silences } = await watched(
    t,
    (request) => {
      if (silent-- <= 0) request.socket.destroy();
    },
    (_asked, dead) => dead.length > 0,
  );
  assert.equal(deaths.length, 1);
  assert.deepEqual(
    silences.map(({ isOver }) => isOver),
    [false, false, true],
  );
});

test('a probe that the generator could not send says nothing of the target', async (t) => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const failure = Object.assign(new Error('connect EMFILE'), { code: 'EMFILE' });
  let asked = 0;
  const path = (own: string) => {
    asked += own === '/api/v1/health/live' ? 1 : 0;
    return true;
  };
  agent.get('http://h.test').intercept({ path }).replyWithError(failure).persist();
  const before = getGlobalDispatcher();
  setGlobalDispatcher(agent);
  t.after(() => setGlobalDispatcher(before));
  const deaths: string[] = [];
  const watch = new TargetWatch(
    'http://h.test',
    'http://h.test/api/v1',
    { died: (how) => deaths.push(how), silent: () => deaths.push('silent') },
    QUICK,
  );
  while (asked < 5 && deaths.length === 0) await wait(10);
  assert.deepEqual([watch.stop(), deaths], [{ probes: 0, unanswered: 0 }, []]);
});

test('one that was killed is known by the refused connection', async (t) => {
  const { deaths, server } = await watched(
    t,
    (_request, response) => response.end('ok'),
    (asked) => asked >= 2,
  );
  assert.deepEqual(deaths, []);
  server.closeAllConnections();
  server.close();
  for (let waited = 0; deaths.length === 0 && waited < 5000; waited += 5) await wait(5);
  assert.deepEqual(deaths, ['3 health probes in a row were refused (ECONNREFUSED)']);
});

test('two connections that are reset and one silence are not death, however often', async (t) => {
  let asked = 0;
  const { deaths } = await watched(
    t,
    (request) => {
      asked += 1;
      if (asked % 3 !== 0) request.socket.destroy();
    },
    (probes) => probes >= 7,
  );
  assert.deepEqual(deaths, []);
});

test('two probes lost and one answered is not death, however often', async (t) => {
  let asked = 0;
  const { deaths } = await watched(
    t,
    (request, response) => {
      asked += 1;
      if (asked % 3 === 0) response.end('ok');
      else request.socket.destroy();
    },
    (probes) => probes >= 10,
  );
  assert.deepEqual(deaths, []);
});

test('after stop nothing is asked and nothing is reported, not even by a probe under way', async (t) => {
  const { deaths, probes, watch } = await watched(
    t,
    () => undefined,
    (asked) => asked >= 3,
  );
  watch.stop();
  const asked = probes();
  await wait(250);
  assert.deepEqual(deaths, []);
  assert.equal(probes(), asked);
});

test('an answer that comes late ends the silence at its moment, not with the next probe', async (t) => {
  let asked = 0;
  const { silences } = await watched(
    t,
    (_request, response) => {
      asked += 1;
      // The second and all after it are never answered: only the late answer to the first can end it.
      if (asked === 1) setTimeout(() => response.end('late'), 2.5 * QUICK.limit);
    },
    (_probes, _deaths, told) => told.some(({ isOver }) => isOver),
  );
  const over = silences.find(({ isOver }) => isOver);
  assert.ok(over && over.ms >= 2 * QUICK.limit && over.ms < 4 * QUICK.limit, JSON.stringify(silences));
});
