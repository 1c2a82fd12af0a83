/** The CORS that a browser asks of an API on another origin, asked as the pages ask: what is missing is named. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { asker } from '../../runner/preflight/ask.ts';
import { crossOriginCheck } from '../../runner/preflight/cross-origin.ts';

const PAGES = 'http://localhost:3000';
const GOOD = {
  'access-control-allow-origin': PAGES,
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
};
type Headers = Record<string, string>;

async function checkOf(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  return crossOriginCheck(asker(false), { url: PAGES, apiUrl });
}

/** Status and headers of the preflight; those of the answer itself are good, unless it is said. */
const preflight =
  (status: number, headers: Headers, ofAnswer: Headers = GOOD) =>
  (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'OPTIONS') response.writeHead(status, headers).end();
    else response.writeHead(401, ofAnswer).end('{}');
  };

const without = (name: keyof typeof GOOD): Headers => {
  const { [name]: _left, ...kept } = GOOD;
  return kept;
};

test('an API that lets the pages in, whatever the order and case of its lists', async (t) => {
  assert.equal((await checkOf(t, preflight(204, GOOD))).state, 'ok');
  const echoes = (request: IncomingMessage, response: ServerResponse) => {
    const { 'access-control-request-headers': headers = '', 'access-control-request-method': method = '' } =
      request.headers;
    response.writeHead(200, {
      ...GOOD,
      'access-control-allow-headers': headers,
      'access-control-allow-methods': method,
    });
    response.end();
  };
  assert.equal((await checkOf(t, echoes)).state, 'ok');
});

const REFUSED: Array<[what: string, status: number, headers: Headers, says: RegExp, ofAnswer?: Headers]> = [
  ['no header at all', 200, {}, /: Access-Control-Allow-Origin is missing; Access-Control-Allow-Credentials/],
  [
    'a star with credentials',
    200,
    { ...GOOD, 'access-control-allow-origin': '*' },
    /use it: Access-Control-Allow-Origin is \*, which holds for no request with credentials$/,
  ],
  [
    'another origin',
    200,
    { ...GOOD, 'access-control-allow-origin': 'http://localhost:3001' },
    /use it: Access-Control-Allow-Origin is http:\/\/localhost:3001$/,
  ],
  [
    'no credentials',
    200,
    without('access-control-allow-credentials'),
    /use it: Access-Control-Allow-Credentials: true is missing$/,
  ],
  [
    'a header that is not allowed',
    200,
    { ...GOOD, 'access-control-allow-headers': 'content-type' },
    /use it: Access-Control-Allow-Headers lacks authorization \(by name/,
  ],
  [
    'a star for headers',
    200,
    { ...GOOD, 'access-control-allow-headers': '*' },
    /Allow-Headers lacks authorization, content-type \(by name: \* stands for nothing/,
  ],
  [
    'methods that are not allowed',
    200,
    { ...GOOD, 'access-control-allow-methods': 'GET, POST, PUT' },
    /use it: Access-Control-Allow-Methods lacks PATCH, DELETE \(by name/,
  ],
  ['OPTIONS 405', 405, GOOD, /use it: OPTIONS is answered 405$/],
  [
    'OPTIONS 307',
    307,
    { ...GOOD, location: '/people/' },
    /use it: OPTIONS is answered 307 to \/people\/, and a preflight follows no redirect$/,
  ],
  [
    'an answer without the headers that its preflight has',
    200,
    GOOD,
    /use it: GET: Access-Control-Allow-Origin is missing; GET: Access-Control-Allow-Credentials: true is missing$/,
    {},
  ],
];

for (const [what, status, headers, says, ofAnswer] of REFUSED) {
  test(`an API that a browser refuses: ${what}`, async (t) => {
    const { state, seen, mend } = await checkOf(t, preflight(status, headers, ofAnswer));
    assert.equal(state, 'fail');
    assert.match(seen, says);
    assert.match(mend ?? '', /^add http:\/\/localhost:3000 to CORS_ORIGINS of the target/);
  });
}

test('an API on http behind pages on https is mixed content, unless it is this machine', async () => {
  const never = () => assert.fail('nothing is asked');
  const check = await crossOriginCheck(never, {
    url: 'https://scheduler.example',
    apiUrl: 'http://api.scheduler.example/api/v1',
  });
  assert.match(check.seen, /browsers block it as mixed content/);
});
